package io.cacheport.aside;

import java.time.Duration;

/** When a value is loaded anew though it is fresh. */
sealed interface EarlyRefresh {

    /**
     * Whether now.
     *
     * @param freshFor what remains of the TTL, positive
     * @param age how much of it is over
     * @param loadTime how long a load takes
     * @param random from 0 to 1, both excluded but for 0, evenly
     */
    boolean isDue(Duration freshFor, Duration age, Duration loadTime, double random);

    /**
     * XFetch: once what remains is no more than {@code -beta * delta * ln(random)}, where delta is what a load takes, at
     * least a millisecond and at most three tenths of the TTL.
     */
    record Probabilistic(double beta) implements EarlyRefresh {

        private static final double LARGEST_PART = 0.3;

        public Probabilistic {
            if (!(beta > 0 && beta <= 1_000)) {
                throw new IllegalArgumentException("beta " + beta + " of earlyRefresh is not above 0 and at most 1000");
            }
        }

        @Override
        public boolean isDue(Duration freshFor, Duration age, Duration loadTime, double random) {
            double full = freshFor.toNanos() + (double) age.toNanos();
            double delta = Math.max(1e6, Math.min((double) loadTime.toNanos(), LARGEST_PART * full));
            return freshFor.toNanos() <= -beta * delta * Math.log(random);
        }

        @Override
        public String toString() {
            return "with beta " + beta;
        }
    }

    /** Once so much of the TTL is over. */
    record At(double part) implements EarlyRefresh {

        public At {
            if (!(part > 0 && part < 1)) {
                throw new IllegalArgumentException("part " + part + " of earlyRefreshAt is not between 0 and 1");
            }
        }

        @Override
        public boolean isDue(Duration freshFor, Duration age, Duration loadTime, double random) {
            return age.toNanos() >= part * (age.toNanos() + (double) freshFor.toNanos());
        }

        @Override
        public String toString() {
            return "at " + part;
        }
    }
}
