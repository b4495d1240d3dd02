package io.cacheport.aside;

import java.util.Map;
import java.util.Set;

/**
 * Finds the values of several keys at their source, in one query. Runs on the caller's thread, under no lock.
 *
 * @param <K> the key
 * @param <V> the value
 * @param <X> what it may throw; with a lambda the compiler finds it
 * @since 0.1
 */
@FunctionalInterface
public interface BulkLoader<K, V, X extends Exception> {

    /**
     * The values that the source has; a key that is left out, or null, has none. Values of keys that were not asked for are
     * ignored.
     *
     * @param keys at least one, in the order in which the caller asked
     */
    Map<K, V> loadAll(Set<K> keys) throws X;
}
