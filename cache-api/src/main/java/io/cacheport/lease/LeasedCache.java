package io.cacheport.lease;

import org.jspecify.annotations.Nullable;

/**
 * A cache whose keys can be leased.
 *
 * @since 0.1
 */
public interface LeasedCache {

    /**
     * The leases of its keys, always the same and shared by the plain and the strict view; null for a decorator of a cache
     * that gives none.
     */
    @Nullable
    Leases leases();
}
