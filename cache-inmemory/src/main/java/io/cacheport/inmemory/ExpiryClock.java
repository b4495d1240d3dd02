package io.cacheport.inmemory;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells whether a deadline has passed. Reading the system's clock is most of the cost of a hit, so the usual clock looks
 * at a coarse time that the {@link Housekeeper} writes down every {@value Housekeeper#TICK_MILLIS} ms, and reads the real
 * one only where that cannot decide: within a second of the deadline. The answer is exact unless the housekeeper's thread
 * has not run for most of a second.
 */
sealed interface ExpiryClock {

    /** Now, on a monotonic clock. */
    long nanoTime();

    /** Whether the deadline lies ahead. */
    boolean isAhead(long deadline);

    record Coarse(Housekeeper housekeeper) implements ExpiryClock {

        private static final long SURE_NANOS = TimeUnit.SECONDS.toNanos(1);

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public boolean isAhead(long deadline) {
            return deadline - housekeeper.coarseNanoTime() > SURE_NANOS || deadline - System.nanoTime() > 0;
        }
    }

    /** A clock that a test moves. */
    record Given(LongSupplier source) implements ExpiryClock {

        @Override
        public long nanoTime() {
            return source.getAsLong();
        }

        @Override
        public boolean isAhead(long deadline) {
            return deadline - source.getAsLong() > 0;
        }
    }
}
