package io.cacheport.lock;

/**
 * What became of an attempt to get a lock: {@link Acquired}, or one of the reasons in {@link NotAcquired}.
 *
 * @since 0.1
 */
public sealed interface LockAttempt permits LockAttempt.Acquired, NotAcquired {

    /**
     * Got it: to be let go by {@link HeldLock#close}.
     *
     * @param lock the lock
     */
    record Acquired(HeldLock lock) implements LockAttempt {}

    /** Whether it was got. */
    default boolean isAcquired() {
        return this instanceof Acquired;
    }
}
