package io.cacheport.lock;

import org.jspecify.annotations.Nullable;

/**
 * What is done while a lock is held.
 *
 * @param <T> of what it returns
 * @param <E> of what it throws; {@code RuntimeException} for a lambda that throws nothing checked
 * @since 0.1
 */
@FunctionalInterface
public interface LockedAction<T extends @Nullable Object, E extends Exception> {

    /**
     * Does it, on the caller's thread.
     *
     * @param lock for its fencing number, to look whether it is still held, or to extend it
     */
    T run(HeldLock lock) throws E;
}
