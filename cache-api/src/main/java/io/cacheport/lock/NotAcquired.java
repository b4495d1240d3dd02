package io.cacheport.lock;

import io.cacheport.ErrorCause;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no lock. Nothing is held then, but where the store gave no answer: what it may have taken is let go when it
 * answers again, and ends with its lease at the latest.
 *
 * @since 0.1
 */
public sealed interface NotAcquired extends LockAttempt, LockAllAttempt, Serializable {

    /** The lock that was not to be had, of several the first. */
    String name();

    /**
     * Somebody else had it until the wait limit.
     *
     * @param remaining of the other's lease when last asked, which may be renewed; null if not known
     */
    record Busy(String name, @Nullable Duration remaining) implements NotAcquired {}

    /**
     * The store could not be asked until the wait limit.
     *
     * @param cause why, when last tried
     */
    record Unavailable(String name, ErrorCause cause) implements NotAcquired {}

    /** The thread was interrupted before or while it waited; its flag is set. */
    record Interrupted(String name) implements NotAcquired {}
}
