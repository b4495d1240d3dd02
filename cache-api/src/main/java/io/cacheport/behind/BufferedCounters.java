package io.cacheport.behind;

import io.cacheport.TypeRef;
import io.cacheport.spi.CacheKeys;

/**
 * Counters whose sums reach the database in batches. Thread-safe.
 *
 * @since 0.1
 */
public final class BufferedCounters implements AutoCloseable {

    private static final TypeRef<Long> NUMBER = TypeRef.of(Long.class);

    private final String name;
    private final int limit;
    private final Drain<Long> drain;

    BufferedCounters(String name, int limit, Drain<Long> drain) {
        this.name = name;
        this.limit = limit;
        this.drain = drain;
    }

    /**
     * Adds to the counter. One round trip to the cache's store; if it cannot wait there, one write of the target.
     *
     * @throws IllegalArgumentException if the key breaks the rule (P24)
     * @throws WriteFailedException if it can neither wait nor be written
     * @throws IllegalStateException if closed
     */
    public Accepted add(String key, long by) {
        CacheKeys.require(key);
        return drain.accept(key, by, buffers -> buffers.add(name, key, by, limit));
    }

    /**
     * What is still to be added to the number in the database: read that one too and add them up. For the moment between the
     * end of the target's transaction and the store's hearing of it a change is in both. One round trip.
     *
     * @throws io.cacheport.CacheException if the store does not say
     */
    public long pending(String key) {
        CacheKeys.require(key);
        return drain.buffers().waiting(name, key, NUMBER).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /**
     * Writes what waits now, unless another process does; how many keys were written. Tried again at the next round if the
     * target fails.
     */
    public long drain() {
        return drain.now();
    }

    /**
     * How many keys wait, those of all processes and of the batch under way included. One round trip.
     *
     * @throws io.cacheport.CacheException if the store does not say
     */
    public long waiting() {
        return drain.buffers().size(name);
    }

    /** What happened here. */
    public WriteBehindStats stats() {
        return drain.stats();
    }

    /** Writes what waits, as far as time allows; the rest keeps waiting for the next process. May be called twice. */
    @Override
    public void close() {
        drain.close();
    }

    @Override
    public String toString() {
        return "BufferedCounters[" + name + "]";
    }
}
