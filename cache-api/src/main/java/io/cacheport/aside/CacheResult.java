package io.cacheport.aside;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A value, and why it is the one.
 *
 * @param value the value; null for a null
 * @param origin where it is from
 * @param age how long ago it was stored; null if that is not known, zero for one that was just loaded
 * @since 0.1
 */
public record CacheResult<V extends @Nullable Object>(
        V value, Origin origin, @Nullable Duration age) {

    /** Where a value is from. */
    public enum Origin {
        /** The memory of this process. */
        NEAR,
        /** The store. */
        FAR,
        /** The loader, called now, by this caller or one with whom it shared the load. */
        LOADER,
        /** The cache, after its TTL: the loader failed, takes its time, or runs in the background. */
        STALE,
        /** The cache, which knows that there is none. */
        NEGATIVE
    }
}
