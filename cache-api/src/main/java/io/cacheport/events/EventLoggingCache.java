package io.cacheport.events;

import org.jspecify.annotations.Nullable;

/**
 * A cache whose store keeps events.
 *
 * @since 0.1
 */
public interface EventLoggingCache {

    /** The logs there, shared by all who use the same store and key prefix; null if the store behind keeps none. */
    @Nullable
    EventLog eventLog();
}
