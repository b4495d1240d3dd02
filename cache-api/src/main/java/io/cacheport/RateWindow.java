package io.cacheport;

import java.time.Duration;
import java.util.Locale;

/**
 * What a cache was asked and did in the time just past: counters as in {@link CacheStats}, of one window.
 *
 * @param window how far back it reaches
 * @param covered how far back it really reaches: less while the cache is younger than the window, and up to a few seconds
 *     more, since the counters are looked at every five seconds
 * @param hits keys read that were found
 * @param misses keys read that were not found
 * @param sets values stored
 * @param deletes entries removed
 * @param errors operations that went wrong
 * @since 0.1
 */
public record RateWindow(
        Duration window, Duration covered, long hits, long misses, long sets, long deletes, long errors) {

    private static final double NANOS = 1e9;

    /** Reads of values: hits plus misses. */
    public long requests() {
        return hits + misses;
    }

    /** Reads, values stored and entries removed. */
    public long operations() {
        return hits + misses + sets + deletes;
    }

    /** Share of reads that hit, between 0 and 1; 0 if nothing was read. */
    public double hitRate() {
        return requests() == 0 ? 0 : (double) hits / requests();
    }

    /** Operations in a second, on average. */
    public double operationsPerSecond() {
        return covered.isZero() ? 0 : operations() / (covered.toNanos() / NANOS);
    }

    /** Share of operations that went wrong, between 0 and 1; 0 if there were none. */
    public double errorRate() {
        long all = Math.max(operations(), errors); // a write that fails is an error and nothing else
        return all == 0 ? 0 : (double) errors / all;
    }

    /** Such as {@code 5m: 93.33% of 120.0/s}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: %.2f%% of %.1f/s", text(window), hitRate() * 100, operationsPerSecond());
    }

    private static String text(Duration window) {
        return window.toSecondsPart() == 0 ? window.toMinutes() + "m" : window.toSeconds() + "s";
    }
}
