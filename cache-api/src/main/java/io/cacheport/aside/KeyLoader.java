package io.cacheport.aside;

import org.jspecify.annotations.Nullable;

/**
 * Finds the value for a key at its source; captures nothing, so a method reference costs nothing on a hit. Runs on the
 * caller's thread, under no lock.
 *
 * @param <K> the key
 * @param <V> the value
 * @param <X> what it may throw; with a lambda the compiler finds it
 * @since 0.1
 */
@FunctionalInterface
public interface KeyLoader<K, V extends @Nullable Object, X extends Exception> {

    /** The value, or null if the source has none. */
    @Nullable
    V load(K key) throws X;
}
