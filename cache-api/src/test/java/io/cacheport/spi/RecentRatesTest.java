package io.cacheport.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cacheport.CacheStats;
import io.cacheport.ErrorCause;
import io.cacheport.RateWindow;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentRatesTest {

    private final AtomicLong now = new AtomicLong(-5_000_000_000L); // a monotonic clock may begin anywhere
    private final StatsCounter counter = new StatsCounter(new RecentRates(now::get));

    @Test
    void aYoungCacheKnowsItsWholeLife() {
        pass(Duration.ofSeconds(2));
        counter.hit();
        counter.hit();
        counter.hit();
        counter.miss();

        for (RateWindow window : counter.snapshot(0).recent()) {
            assertThat(window.covered()).isEqualTo(Duration.ofSeconds(2));
            assertThat(window.hitRate()).isEqualTo(0.75);
            assertThat(window.operationsPerSecond()).isEqualTo(2);
        }
    }

    @Test
    void nothingAskedIsNoDivisionByNothing() {
        for (RateWindow window : counter.snapshot(0).recent()) {
            assertThat(window.hitRate()).isZero();
            assertThat(window.operationsPerSecond()).isZero();
            assertThat(window.errorRate()).isZero();
        }
    }

    /** An hour of steady hits, then ten minutes in which every read misses. */
    @Test
    void eachWindowForgetsInItsTime() {
        steady(Duration.ofHours(1), counter::hit);
        assertThat(counter.snapshot(0).recent()).extracting(RateWindow::hitRate).containsOnly(1.0);

        steady(Duration.ofMinutes(10), counter::miss);

        CacheStats stats = counter.snapshot(0);
        assertThat(stats.recent())
                .extracting(RateWindow::window)
                .containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15));
        assertThat(stats.recent().get(0).hitRate()).isZero();
        assertThat(stats.recent().get(1).hitRate()).isZero();
        assertThat(stats.recent().get(2).hitRate()).isEqualTo(1 / 3.0, within(0.01));
        for (RateWindow window : stats.recent()) {
            assertThat(window.covered())
                    .isBetween(window.window(), window.window().plus(RecentRates.PERIOD));
            assertThat(window.operationsPerSecond()).isEqualTo(1, within(0.05));
        }
        assertThat(stats.hits() + stats.misses()).isEqualTo(4_200);
    }

    /** While nobody looked, the window reaches back to the last look before it, and says so. */
    @Test
    void aWindowSaysHowFarBackItReallyReaches() {
        counter.hit();
        counter.sample();
        pass(Duration.ofMinutes(3)); // the process stood still
        counter.miss();

        RateWindow minute = counter.snapshot(0).recent().get(0);

        assertThat(minute.covered()).isEqualTo(Duration.ofMinutes(3));
        assertThat(minute.requests()).isEqualTo(1);
    }

    @Test
    void errorsAreAShareOfOperations() {
        pass(Duration.ofSeconds(1));
        counter.miss();
        counter.error(ErrorCause.TIMEOUT);
        counter.sets(3);

        assertThat(counter.snapshot(0).recent().get(0).errorRate()).isEqualTo(0.25);
        assertThat(counter.snapshot(0).errors()).isEqualTo(1);
        assertThat(counter.errors(ErrorCause.TIMEOUT)).isEqualTo(1);
    }

    @Test
    void textHasTheRates() {
        pass(Duration.ofSeconds(10));
        counter.hit();
        counter.miss();

        assertThat(counter.snapshot(0).recent())
                .hasToString("[1m: 50.00% of 0.2/s, 5m: 50.00% of 0.2/s, 15m: 50.00% of 0.2/s]");
    }

    @Test
    void whoKeepsNoCountHasNoWindows() {
        assertThat(StatsCounter.withoutRates().snapshot(0).recent()).isEmpty();
    }

    private void steady(Duration time, Runnable oneASecond) {
        for (long second = 0; second < time.toSeconds(); second++) {
            pass(Duration.ofSeconds(1));
            oneASecond.run();
            if (second % RecentRates.PERIOD.toSeconds() == 0) {
                counter.sample();
            }
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
