package io.cacheport.aside;

import org.jspecify.annotations.Nullable;

/**
 * Finds a value at its source when the cache does not have it. Runs on the caller's thread, under no lock.
 *
 * @param <T> the value
 * @param <X> what it may throw; with a lambda the compiler finds it
 * @since 0.1
 */
@FunctionalInterface
public interface CacheLoader<T extends @Nullable Object, X extends Exception> {

    /** The value, or null if the source has none. */
    T load() throws X;
}
