package io.cacheport.structure;

import io.cacheport.CacheServicePort;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/**
 * What a cache keeps beside values: counters, hashes, lists and sets, by the rules S1 to S12 in {@link
 * io.cacheport.structure}.
 *
 * <p>Thread-safe. Each operation is one round trip, for each 500 elements.
 *
 * @since 0.1
 */
public interface Structures extends Counters, Hashes, Lists, Sets {

    /**
     * The structures of a cache.
     *
     * @throws IllegalArgumentException if it has none
     */
    static Structures of(CacheServicePort cache) {
        if (cache instanceof StructuredCache structured) {
            return structured.structures();
        }
        throw new IllegalArgumentException(cache + " has no counters, hashes, lists and sets");
    }

    /**
     * A heartbeat: starts a new TTL from now for each of these entries, of whatever kind, and tells which of them there are
     * (P14). One that is gone stays gone: its owner has to store it anew. One round trip for each key, or less.
     */
    Set<String> touch(Collection<String> keys, Duration ttl);

    /** The same structures, whose operations throw a {@link io.cacheport.CacheException} where these say that nothing was. */
    Structures strict();
}
