package io.cacheport.examples.dashboard;

import io.cacheport.CacheStats;
import io.cacheport.examples.dashboard.RequestTimes.Latency;
import org.jspecify.annotations.Nullable;

/** All counters at one moment, of which two make a sample. */
record Reading(long nanoTime, CacheStats stats, long requests, long reads, long asked, long queries) {

    private static final double NANOS = 1e9;

    /** Share of the cache's reads since then that hit, between 0 and 1; null if there were none. */
    @Nullable
    Double hitRateSince(Reading then) {
        long hits = stats.hits() - then.stats.hits();
        long all = stats.totalRequests() - then.stats.totalRequests();
        return all == 0 ? null : (double) hits / all;
    }

    /** Reads, values stored and entries removed. */
    double operationsPerSecondSince(Reading then) {
        return perSecond(operations() - then.operations(), then);
    }

    private long operations() {
        return stats.totalRequests() + stats.sets() + stats.deletes();
    }

    private double perSecond(long count, Reading then) {
        return count * NANOS / Math.max(1, nanoTime - then.nanoTime);
    }

    /** What was between the two. */
    Sample sampleSince(Reading then, long at, Latency latency, Condition condition) {
        long newReads = reads - then.reads;
        long newAsked = asked - then.asked;
        return new Sample(
                at,
                hitRateSince(then),
                perSecond(requests - then.requests, then),
                operationsPerSecondSince(then),
                perSecond(queries - then.queries, then),
                perSecond(newReads - newAsked, then),
                latency.p50(),
                latency.p95(),
                latency.p99(),
                condition.journal(),
                condition.stalenessMillis(),
                condition.isDegraded());
    }
}
