package io.cacheport.aside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EarlyRefreshTest {

    private static final int DRAWS = 100_000;
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final Duration LOAD = Duration.ofSeconds(1);

    /** The 0.999 quantile of the chi-square distribution with ten degrees of freedom. */
    private static final double BOUND = 29.59;

    /**
     * By the formula a value whose TTL has x left is due with probability {@code exp(-x / (beta * delta))}. The seed is fixed,
     * so that the test gives the same answer each time.
     */
    @Test
    void theDrawFollowsTheFormula() {
        for (double beta : new double[] {0.5, 1, 2}) {
            EarlyRefresh early = new EarlyRefresh.Probabilistic(beta);
            SplittableRandom random = new SplittableRandom(42);
            double chiSquare = 0;
            StringBuilder line = new StringBuilder();
            for (int tenths = 2; tenths <= 20; tenths += 2) {
                Duration left = Duration.ofMillis(tenths * 100L);
                int due = 0;
                for (int i = 0; i < DRAWS; i++) {
                    due += early.isDue(left, TTL.minus(left), LOAD, random.nextDouble()) ? 1 : 0;
                }
                double expected = DRAWS * Math.exp(-left.toMillis() / (beta * LOAD.toMillis()));
                chiSquare += Math.pow(due - expected, 2) / expected + Math.pow(due - expected, 2) / (DRAWS - expected);
                line.append(String.format(" %.1f s: %.4f/%.4f", tenths / 10.0, due / (double) DRAWS, expected / DRAWS));
            }
            System.out.printf("XFetch beta %.1f, drawn/formula:%s; chi-square %.1f%n", beta, line, chiSquare);
            assertThat(chiSquare).as("beta %s", beta).isLessThan(BOUND);
        }
    }

    @Test
    void aLoadTakesAMillisecondAtLeastAndThreeTenthsOfTheTtlAtMost() {
        EarlyRefresh early = new EarlyRefresh.Probabilistic(1);
        double unlikely = Math.exp(-1); // -ln of it is 1, so the bound is delta itself

        assertThat(early.isDue(Duration.ofMillis(1), TTL, Duration.ZERO, unlikely))
                .isTrue();
        assertThat(early.isDue(Duration.ofMillis(2), TTL, Duration.ZERO, unlikely))
                .isFalse();
        Duration day = Duration.ofDays(1);
        assertThat(early.isDue(Duration.ofSeconds(18), Duration.ofSeconds(42), day, unlikely))
                .isTrue();
        assertThat(early.isDue(Duration.ofSeconds(19), Duration.ofSeconds(41), day, unlikely))
                .isFalse();
        assertThat(early.isDue(Duration.ofSeconds(19), Duration.ofSeconds(41), day, 0))
                .as("a draw of zero is due whatever remains")
                .isTrue();
    }

    @Test
    void orOnceAPartIsOver() {
        EarlyRefresh early = new EarlyRefresh.At(0.8);

        assertThat(early.isDue(Duration.ofSeconds(13), Duration.ofSeconds(47), LOAD, 0.5))
                .isFalse();
        assertThat(early.isDue(Duration.ofSeconds(12), Duration.ofSeconds(48), LOAD, 0.5))
                .isTrue();
    }

    @Test
    void badSettings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CachePolicy.ttl(TTL).earlyRefresh(0))
                .withMessageContaining("beta 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CachePolicy.ttl(TTL).earlyRefresh(Double.NaN))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CachePolicy.ttl(TTL).earlyRefreshAt(1))
                .withMessageContaining("part 1.0");
    }
}
