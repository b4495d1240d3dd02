package io.cacheport.warm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WarmerTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final MovedTime time = new MovedTime();
    private final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch ran = new CountDownLatch(3);

    private void run() {
        runs.incrementAndGet();
        ran.countDown();
        if (ran.getCount() == 0) {
            stopHere();
        }
    }

    /** Until it is closed, so that what was noted stays. */
    private static void stopHere() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void atOnceAndThenEveryHourLessARandomPart() throws Exception {
        time.random(0.5);
        try (Warmer warmer = Warmer.every(HOUR, this::run).time(time).start()) {
            assertThat(warmer).isNotNull();
            ran.await();
        }

        assertThat(time.waits()).startsWith(Duration.ZERO, Duration.ofMinutes(57), Duration.ofMinutes(57));
        assertThat(runs).hasValue(3);
    }

    @Test
    void aRunThatTakesLongIsFollowedByTheNextAtOnceAndNeverMet() throws Exception {
        Warmer.Builder schedule = Warmer.every(HOUR, () -> {
                    time.pass(Duration.ofMinutes(runs.get() == 0 ? 90 : 20));
                    run();
                })
                .jitter(0)
                .firstAfter(Duration.ofSeconds(5))
                .time(time);
        try (Warmer warmer = schedule.start()) {
            assertThat(warmer).isNotNull();
            ran.await();
        }

        assertThat(time.waits()).startsWith(Duration.ofSeconds(5), Duration.ZERO, Duration.ofMinutes(40));
    }

    @Test
    void aRunThatFailsOrIsInterruptedIsNotTheEnd() throws Exception {
        try (Lines lines = Lines.open();
                Warmer warmer = Warmer.every(HOUR, () -> {
                            if (runs.get() == 0) {
                                Thread.currentThread().interrupt();
                            }
                            run();
                            throw new IllegalStateException("secret");
                        })
                        .named("popular events")
                        .time(time)
                        .start()) {
            assertThat(warmer).isNotNull();
            ran.await();

            assertThat(lines.all()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(lines.all().get(0)).contains("popular events").doesNotContain("secret");
        }
    }

    @Test
    void closesWithinTwoSecondsWhileItWaitsOrRuns() throws Exception {
        Warmer waiting = Warmer.every(HOUR, this::run).firstAfter(HOUR).start();
        long start = System.nanoTime();
        waiting.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
        assertThat(runs).hasValue(0);

        CountDownLatch running = new CountDownLatch(1);
        Warmer hanging = Warmer.every(HOUR, () -> {
                    running.countDown();
                    stopHere();
                })
                .start();
        running.await();
        start = System.nanoTime();
        hanging.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void badArguments() {
        assertThatIllegalArgumentException().isThrownBy(() -> Warmer.every(Duration.ZERO, this::run));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Warmer.every(HOUR, this::run).jitter(1.5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Warmer.every(HOUR, this::run).firstAfter(HOUR.negated()));
    }
}
