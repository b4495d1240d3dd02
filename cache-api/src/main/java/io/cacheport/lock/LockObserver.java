package io.cacheport.lock;

import java.time.Duration;

/**
 * Is told how each attempt to get a lock ended: {@link Locks#observe}. Of names and tokens it hears nothing.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface LockObserver {

    /**
     * Called by whoever tried, before it goes on: it must be quick and thread-safe. What it throws is logged and goes no
     * further.
     *
     * @param waited from the first try to the end of the attempt
     */
    void attempted(LockOutcome outcome, Duration waited);
}
