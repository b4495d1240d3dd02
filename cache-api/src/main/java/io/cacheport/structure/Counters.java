package io.cacheport.structure;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Whole numbers that are added to in one step (S3): views, unread messages, requests in this minute.
 *
 * @since 0.1
 */
public interface Counters {

    /** Adds to a counter, which is made without an expiry; what it is now, or empty if that could not be done. */
    OptionalLong increment(String key, long by);

    /** As {@link #increment(String, long)}; the TTL begins when the counter is made (S2). */
    OptionalLong increment(String key, long by, Duration ttl);

    /** What the counter is, 0 if there is none, or empty if that is not to be known now. */
    OptionalLong count(String key);
}
