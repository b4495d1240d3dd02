package io.cacheport;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a cache's counters since it was made (P19 to P21). {@code hits + misses == totalRequests} holds in every
 * snapshot. Each process counts for itself; only {@code keys} is the store's.
 *
 * <p>Two are equal if their counters are: {@code recent} depends on the moment and is not compared.
 *
 * @param hits keys read that were found
 * @param misses keys read that were not found, expired, unreadable or out of reach
 * @param sets values stored
 * @param deletes entries removed by {@code del}, {@code flush} and {@code clear}
 * @param errors operations that went wrong: store down or slow, unreadable or oversized values
 * @param keys entries there now: exact in memory; on Redis the size of the database number, foreign keys included, and
 *     -1 when it cannot be asked
 * @param evictions entries that left a bounded memory before their time; 0 for a store that evicts by itself
 * @param recent the last minute, the last 5 and the last 15; empty if the cache does not keep count of them
 * @since 0.1
 */
public record CacheStats(
        long hits,
        long misses,
        long sets,
        long deletes,
        long errors,
        long keys,
        long evictions,
        List<RateWindow> recent) {

    /** Keeps a copy of the list. */
    public CacheStats {
        recent = List.copyOf(recent);
    }

    /** Counters alone: nothing evicted, nothing known of the time just past. */
    public CacheStats(long hits, long misses, long sets, long deletes, long errors, long keys) {
        this(hits, misses, sets, deletes, errors, keys, 0, List.of());
    }

    /** Reads of values: hits plus misses. */
    public long totalRequests() {
        return hits + misses;
    }

    /** Share of reads that hit, between 0 and 1; 0 before the first read. */
    public double hitRate() {
        long total = totalRequests();
        return total == 0 ? 0 : (double) hits / total;
    }

    /** The hit rate as text with two decimals, such as {@code 93.33%}. */
    public String hitRatePercent() {
        return String.format(Locale.ROOT, "%.2f%%", hitRate() * 100);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CacheStats that
                && hits == that.hits
                && misses == that.misses
                && sets == that.sets
                && deletes == that.deletes
                && errors == that.errors
                && keys == that.keys
                && evictions == that.evictions;
    }

    @Override
    public int hashCode() {
        return Objects.hash(hits, misses, sets, deletes, errors, keys, evictions);
    }

    @Override
    public String toString() {
        return "CacheStats[hits=" + hits + ", misses=" + misses + ", totalRequests=" + totalRequests() + ", hitRate="
                + hitRatePercent() + ", sets=" + sets + ", deletes=" + deletes + ", errors=" + errors + ", keys=" + keys
                + ", evictions=" + evictions + (recent.isEmpty() ? "" : ", recent=" + recent) + "]";
    }
}
