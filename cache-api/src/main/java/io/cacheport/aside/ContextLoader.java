package io.cacheport.aside;

import org.jspecify.annotations.Nullable;

/**
 * Finds the value for a key at its source, and says how it is to be cached. Runs under no lock; on the caller's thread unless
 * the policy has timeouts or the value is refreshed.
 *
 * @param <K> the key
 * @param <V> the value
 * @param <X> what it may throw; with a lambda the compiler finds it
 * @since 0.1
 */
@FunctionalInterface
public interface ContextLoader<K, V extends @Nullable Object, X extends Exception> {

    /** The value, or null if the source has none. */
    @Nullable
    V load(K key, LoadContext<V> context) throws X;
}
