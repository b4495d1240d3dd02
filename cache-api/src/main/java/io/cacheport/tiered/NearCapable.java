package io.cacheport.tiered;

/**
 * Capability of a cache in memory that can serve as near cache.
 *
 * @since 0.1
 */
public interface NearCapable {

    /**
     * Its place for copies. What was stored in the cache itself is not read through it.
     *
     * @throws IllegalStateException if it was given before: copies of two stores would be under one key
     */
    NearStore nearStore();
}
