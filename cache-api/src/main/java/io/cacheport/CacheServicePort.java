package io.cacheport;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cache a service can depend on: values under text keys, each with a TTL, in Redis or in memory.
 *
 * <p>Most code never calls these methods but {@link io.cacheport.aside.CacheAside#withCache withCache} or a {@link
 * io.cacheport.aside.Cache}, which stand on them. The rules P1 to P27 that every implementation keeps are in {@link
 * io.cacheport}; the numbers below refer to them.
 *
 * <p><b>Arguments</b> (P24). A key has 1 to {@value io.cacheport.spi.CacheKeys#MAX_BYTES} bytes of UTF-8, is not blank
 * and has no control characters. A TTL is positive. Nothing but values and {@code missing} may be null. Anything else
 * is an {@link IllegalArgumentException} before any I/O.
 *
 * <p><b>Failure</b> (P22, P23). When the store is down, slow or answers nonsense, reads miss, writes are lost, removals
 * report nothing removed; the error is counted and logged, never thrown. {@link #strict()} throws.
 *
 * <p><b>Threads</b> (P26). All methods may be called by any thread at any time.
 *
 * <p>Round trips are those of an adapter over a network; in memory there are none.
 *
 * @since 0.1
 */
public interface CacheServicePort extends AutoCloseable {

    /** The longest TTL an entry is stored with, about ten years: a longer one is stored as this (P7). */
    Duration MAX_TTL = Duration.ofDays(3_650);

    /** What {@link #ttl} answers for an entry that another program stored without an expiry. */
    Duration NO_EXPIRY = ChronoUnit.FOREVER.getDuration();

    /**
     * The value under {@code key}, or null for a miss or a cached null (P1, P2). One round trip.
     *
     * @param type what to read the value as; for generics use {@link #get(String, TypeRef)}
     */
    default <T> @Nullable T get(String key, Class<T> type) {
        return get(key, TypeRef.of(type));
    }

    /** The value under {@code key}, or null for a miss or a cached null (P1, P2). One round trip. */
    default <T> @Nullable T get(String key, TypeRef<T> type) {
        return getOrDefault(key, type, null);
    }

    /**
     * The value under {@code key}, which may be a cached null, or {@code missing} when there is none: the way to tell
     * the two apart (P2). One round trip.
     */
    <T> @Nullable T getOrDefault(String key, TypeRef<T> type, @Nullable T missing);

    /**
     * Stores a value, replacing what was there and its TTL (P6, P7). One round trip.
     *
     * @throws ValueEncodingException if the adapter encodes and this value cannot be encoded (P9)
     */
    void set(String key, @Nullable Object value, Duration ttl);

    /** Removes an entry; true if there was one (P11). One round trip. */
    boolean del(String key);

    /** Removes entries; how many there were (P11). One round trip per node and 500 keys. */
    long del(Collection<String> keys);

    /** Whether a read would find an entry (P12). One round trip; not a request in the statistics. */
    boolean exists(String key);

    /** What remains of an entry's TTL, empty if there is no entry (P13). One round trip. */
    Optional<Duration> ttl(String key);

    /** Starts a new TTL from now; false if there is no entry (P14). One round trip. */
    boolean expire(String key, Duration ttl);

    /** The values found, in the order asked; see {@link #getAll(Collection, TypeRef)}. */
    default <T> Map<String, @Nullable T> getAll(Collection<String> keys, Class<T> type) {
        return getAll(keys, TypeRef.of(type));
    }

    /**
     * The values found, in the order asked; keys without an entry are not in the map (P15). One round trip per node and
     * 500 keys. The map is the caller's.
     */
    <T> Map<String, @Nullable T> getAll(Collection<String> keys, TypeRef<T> type);

    /**
     * Stores each value under its key with one TTL (P16). One round trip per node and 500 keys.
     *
     * @throws ValueEncodingException if one cannot be encoded; none is stored then (P9)
     */
    void setAll(Map<String, ?> values, Duration ttl);

    /**
     * Removes the entries whose key matches a glob in Redis' grammar, and tells how many (P17). Text that did not come
     * from the program belongs through {@link Glob#escape}. Walks all keys of the store in small
     * steps; on 1,000,000 keys that is about a second, during which others are served.
     *
     * <p>Entries stored while it runs may stay; see {@code docs/guarantees.md} for what that means for loads.
     */
    long flush(String glob);

    /** Removes every entry of this cache and nothing else (P18); how many there were. Walks all keys like flush. */
    long clear();

    /** Whether the store answers now (P27). One round trip. */
    boolean isConnected();

    /** A consistent snapshot of the counters (P19 to P21). One round trip per node, for {@code keys}. */
    CacheStats getStats();

    /**
     * The same cache, with the same entries and statistics, whose methods throw a {@link CacheException} where these
     * would answer a miss (P23). Closing either closes both. An adapter that cannot fail may return itself.
     */
    default CacheServicePort strict() {
        return this;
    }

    /** Frees what this cache opened, within two seconds; may be called twice (P25). */
    @Override
    void close();
}
