package io.cacheport.tiered;

/**
 * Capability of a cache in memory that can serve as near cache.
 *
 * @since 0.1
 */
public interface NearCapable {

    /** Its place for copies, always the same. What was in the cache before is not to be read through it. */
    NearStore nearStore();
}
