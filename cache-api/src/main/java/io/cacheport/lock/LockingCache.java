package io.cacheport.lock;

import org.jspecify.annotations.Nullable;

/**
 * Capability of a cache whose store can keep locks. Callers go through {@link Locks#of}.
 *
 * @since 0.1
 */
public interface LockingCache {

    /**
     * Where its locks are, always the same and shared by the plain and the strict view; null for a decorator of a cache that
     * has none.
     */
    @Nullable
    LockStore lockStore();
}
