package io.cacheport.spi;

import org.jspecify.annotations.Nullable;

/**
 * Capability of a cache of which more is known than {@code getStats} says.
 *
 * @since 0.1
 */
public interface ObservedCache {

    /** The same each time; null if the cache it stands for has none. */
    @Nullable
    CacheTelemetry telemetry();
}
