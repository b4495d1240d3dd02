package io.cacheport.structure;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/**
 * Members under one key, each once (S6): who is online, which devices a user has.
 *
 * @since 0.1
 */
public interface Sets {

    /** Adds members to a set, which is made without an expiry; how many are new. */
    long sadd(String key, Collection<String> members);

    /** As {@link #sadd(String, Collection)}; the TTL begins when the set is made (S2). */
    long sadd(String key, Collection<String> members, Duration ttl);

    /** Removes members; how many there were. */
    long srem(String key, Collection<String> members);

    /** All members; the set is the caller's. Takes as long as the set is large. */
    Set<String> smembers(String key);

    /** Whether it is a member. */
    boolean sismember(String key, String member);

    /** How many members there are. */
    long scard(String key);
}
