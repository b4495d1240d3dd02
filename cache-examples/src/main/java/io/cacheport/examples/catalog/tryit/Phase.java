package io.cacheport.examples.catalog.tryit;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.examples.catalog.Catalog;
import io.cacheport.examples.catalog.CatalogDatabase;
import io.cacheport.examples.catalog.CatalogHttp;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One catalogue under load for a while. */
final class Phase {

    private static final int VISITORS = 8;

    private final String name;
    private final CatalogDatabase database;
    private final Catalog catalog;
    private final CacheServicePort cache;

    Phase(String name, CatalogDatabase database, Catalog catalog, CacheServicePort cache) {
        this.name = name;
        this.database = database;
        this.catalog = catalog;
        this.cache = cache;
    }

    /** Something that happens when a share of the measured time, between 0 and 1, has passed. */
    record Event(double at, String what, Runnable action) {}

    /** What was measured. */
    record Result(
            String name,
            double seconds,
            long requests,
            long errors,
            long queries,
            CacheStats before,
            CacheStats after,
            Map<Endpoint, Latencies> latencies) {

        double queriesPerThousand() {
            return requests == 0 ? 0 : queries * 1_000.0 / requests;
        }

        /** As text, or a dash if the cache was never asked. */
        String hitRate() {
            long asked = after.totalRequests() - before.totalRequests();
            return asked == 0
                    ? "-"
                    : String.format(Locale.ROOT, "%.1f%%", 100.0 * (after.hits() - before.hits()) / asked);
        }
    }

    /** Serves the catalogue and measures it, after a while under load that does not count, for compilers and pools. */
    Result run(Visitors visitors, Duration rampUp, Duration duration, List<Event> events) throws InterruptedException {
        try (CatalogHttp http = CatalogHttp.start(catalog, cache, 0)) {
            Load load = Load.start(visitors, http.port(), VISITORS);
            long start;
            long end;
            long queriesBefore;
            long queriesAfter;
            CacheStats before;
            try {
                TimeUnit.NANOSECONDS.sleep(rampUp.toNanos());
                before = cache.getStats();
                queriesBefore = database.queries();
                load.measure();
                start = System.nanoTime();
                watch(load, start, duration, events);
                end = System.nanoTime();
                queriesAfter = database.queries();
            } finally {
                load.stop();
            }
            return new Result(
                    name,
                    (end - start) / 1e9,
                    load.requests(),
                    load.errors(),
                    queriesAfter - queriesBefore,
                    before,
                    cache.getStats(),
                    load.latencies());
        }
    }

    private void watch(Load load, long start, Duration duration, List<Event> events) throws InterruptedException {
        long second = TimeUnit.SECONDS.toNanos(1);
        long queriesBefore = database.queries();
        long requestsBefore = 0;
        int next = 0;
        for (long at = 0; at < duration.toNanos(); ) {
            long until = Math.min(at + second, duration.toNanos());
            while (next < events.size() && events.get(next).at() * duration.toNanos() < until) {
                Event event = events.get(next++);
                sleepUntil(start + (long) (event.at() * duration.toNanos()));
                event.action().run();
                System.out.printf("  %-14s %s%n", name, event.what());
            }
            sleepUntil(start + until);
            long requests = load.requests();
            System.out.printf(
                    Locale.ROOT,
                    "  %-14s %2d s  %,7d requests/s  %,9d database queries%n",
                    name,
                    Math.round(until / 1e9),
                    Math.round((requests - requestsBefore) * 1e9 / (until - at)),
                    database.queries() - queriesBefore);
            requestsBefore = requests;
            at = until;
        }
    }

    private static void sleepUntil(long nanoTime) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
    }
}
