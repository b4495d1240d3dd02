package io.cacheport.lock;

/**
 * What became of an attempt to get several locks: {@link AllAcquired}, or the reason why none is held, in {@link
 * NotAcquired}.
 *
 * @since 0.1
 */
public sealed interface LockAllAttempt permits LockAllAttempt.AllAcquired, NotAcquired {

    /**
     * Got all: to be let go by {@link HeldLocks#close}.
     *
     * @param locks the locks
     */
    record AllAcquired(HeldLocks locks) implements LockAllAttempt {}
}
