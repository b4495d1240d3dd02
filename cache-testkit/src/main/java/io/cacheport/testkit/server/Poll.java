package io.cacheport.testkit.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for what only asking again can tell. */
final class Poll {

    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private Poll() {}

    /**
     * Asks until there is no problem left.
     *
     * @param problem what is still wrong, or null; what it throws ends the waiting
     * @throws IllegalStateException naming the last problem, when the deadline passes or the thread is interrupted
     */
    static void until(String goal, Duration deadline, Supplier<@Nullable String> problem) {
        long end = System.nanoTime() + deadline.toNanos();
        String last;
        while ((last = problem.get()) != null) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(goal + ": not within " + deadline.toSeconds() + " s: " + last);
            }
            LockSupport.parkNanos(INTERVAL_NANOS);
            if (Thread.currentThread().isInterrupted()) { // left set for the caller
                throw new IllegalStateException(goal + ": interrupted: " + last);
            }
        }
    }
}
