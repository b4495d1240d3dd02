package io.cacheport.behind;

import io.cacheport.TypeRef;
import io.cacheport.spi.CacheKeys;
import java.util.List;
import java.util.Optional;

/**
 * Values of which the last reaches the database, in batches. Thread-safe.
 *
 * <p>A value that is written at once because the store is away may be followed by an older one that waits there: a database
 * in which that must not be compares a version.
 *
 * @since 0.1
 */
public final class BufferedValues<T> implements AutoCloseable {

    private final String name;
    private final int limit;
    private final TypeRef<T> type;
    private final Drain<T> drain;

    BufferedValues(String name, int limit, TypeRef<T> type, Drain<T> drain) {
        this.name = name;
        this.limit = limit;
        this.type = type;
        this.drain = drain;
    }

    /**
     * Leaves the value to be written. One round trip to the cache's store; if it cannot wait there, one write of the target.
     *
     * @throws IllegalArgumentException if the key breaks the rule (P24) or the value is null
     * @throws io.cacheport.ValueEncodingException if the adapter encodes and this value cannot be
     * @throws io.cacheport.CacheDataException if it is above the size limit
     * @throws WriteFailedException if it can neither wait nor be written
     * @throws IllegalStateException if closed
     */
    public Accepted put(String key, T value) {
        CacheKeys.require(key);
        if (value == null) {
            throw new IllegalArgumentException("the value for \"" + key + "\" is null");
        }
        return drain.accept(key, value, buffers -> buffers.put(name, key, value, limit));
    }

    /**
     * The last value that waits; empty if the database has the last one. One round trip.
     *
     * @throws io.cacheport.CacheException if the store does not say
     */
    public Optional<T> pending(String key) {
        CacheKeys.require(key);
        List<T> waiting = drain.buffers().waiting(name, key, type);
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.get(waiting.size() - 1));
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
        return "BufferedValues[" + name + "]";
    }
}
