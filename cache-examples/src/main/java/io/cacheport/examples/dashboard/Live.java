package io.cacheport.examples.dashboard;

import io.cacheport.examples.dashboard.Happenings.Happening;
import io.cacheport.examples.dashboard.RequestTimes.Latency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the page is told each second, as JSON. Times are in milliseconds, shares between 0 and 1. */
record Live(
        String service,
        Health health,
        Store store,
        Rates rates,
        Latency latency,
        Saved saved,
        Journal journal,
        @Nullable Near near,
        Totals totals,
        boolean visitors,
        List<Happening> happenings,
        List<Sample> samples) {

    /**
     * Whether the cache does its work.
     *
     * @param reason a tag of a closed set; null if healthy
     * @param since when it became so, since the epoch
     */
    record Health(String status, @Nullable String reason, long since) {}

    /**
     * What stands behind the cache.
     *
     * @param alive whether its process is there, as far as that is known
     * @param notKillable why the page cannot kill it; null if it can
     */
    record Store(boolean connected, boolean alive, @Nullable String notKillable, Map<String, String> circuits) {}

    /** Of the last ten seconds, and hit rates of the last minutes; null where nothing was read. */
    record Rates(
            @Nullable Double hitRate,
            double operationsPerSecond,
            double requestsPerSecond,
            Map<String, Double> hitRateByMinutes) {}

    /** Reads of the service, and those that asked the database, since the start. */
    record Saved(long reads, long asked, double share) {}

    /** Invalidations made while the store was away. */
    record Journal(long pending, long replayed, long overflows, long lost) {}

    /** The near tier. */
    record Near(String coherence, @Nullable Double stalenessMillis, long boundMillis, long copies, double hitShare) {}

    /** Since the start. */
    record Totals(long requests, long failures, long hits, long misses, long errors, long keys, long queries) {}
}
