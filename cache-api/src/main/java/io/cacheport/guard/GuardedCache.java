package io.cacheport.guard;

/**
 * Capability of a cache that has a {@link Guard}.
 *
 * @since 0.1
 */
public interface GuardedCache {

    /** Its guard, the same each time. */
    Guard guard();
}
