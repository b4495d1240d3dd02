package io.cacheport.examples.catalog.tryit;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheServices;
import io.cacheport.examples.catalog.CachedCatalog;
import io.cacheport.examples.catalog.CatalogDatabase;
import io.cacheport.examples.catalog.CatalogPackage;
import io.cacheport.examples.catalog.CatalogRepository;
import io.cacheport.examples.catalog.CatalogSize;
import io.cacheport.examples.catalog.tryit.Phase.Event;
import io.cacheport.examples.catalog.tryit.Phase.Result;
import io.cacheport.testkit.server.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The booking catalogue without a cache, with one in memory, with Redis, and with a Redis that dies and comes back. */
public final class TryIt {

    /** Long enough for the compiler of a JVM that has just started, so that the first phase does not look worse for it. */
    private static final Duration MAX_FIRST_RAMP_UP = Duration.ofSeconds(6);

    private static final Duration MAX_RAMP_UP = Duration.ofSeconds(2);

    private final CatalogSize size;
    private final Duration phase;
    private final Duration firstRampUp;
    private final Duration rampUp;

    TryIt(CatalogSize size, Duration phase) {
        this.size = size;
        this.phase = phase;
        this.firstRampUp = atMost(MAX_FIRST_RAMP_UP, phase);
        this.rampUp = atMost(MAX_RAMP_UP, phase);
    }

    /** Exits with 0 if no request failed, 1 if one did, 2 if the arguments are wrong. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        System.exit(run(arguments));
    }

    private static int run(String... arguments) throws IOException, InterruptedException {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Options.USAGE);
            return 2;
        }
        if (options.help()) {
            System.out.print(Options.USAGE);
            return 0;
        }
        if (options.serve()) {
            return Serve.run(CatalogSize.SMALL_BUSINESS);
        }
        return new TryIt(CatalogSize.SMALL_BUSINESS, options.phase()).measure() ? 0 : 1;
    }

    /** Runs the four phases and prints what they gave; whether nothing failed. */
    boolean measure() throws IOException, InterruptedException {
        System.out.println("Starting PostgreSQL and making up " + size.bookings() + " bookings ...");
        try (CatalogDatabase database = CatalogDatabase.start(size);
                RedisServer server = RedisServer.start()) {
            CatalogRepository repository = new CatalogRepository(database);
            Visitors visitors = visitors(repository);
            List<Event> crash = List.of(
                    new Event(1.0 / 3, "-- Redis killed (SIGKILL)", server::kill),
                    new Event(2.0 / 3, "-- Redis started again", server::restart));
            List<Result> results = new ArrayList<>();
            HitComparison comparison = new HitComparison(visitors, repository);
            StringBuilder hits = new StringBuilder(HitComparison.heading());
            boolean fresh;
            try (CacheServicePort unused = CacheServices.connect("memory:")) {
                Phase plain = new Phase("no cache", database, repository, unused);
                results.add(plain.run(visitors, firstRampUp, phase, List.of()));
            }
            try (CacheServicePort memory = CacheServices.connect("memory:")) {
                CachedCatalog catalog = warm(repository, memory);
                results.add(new Phase("in memory", database, catalog, memory).run(visitors, rampUp, phase, List.of()));
                hits.append(comparison.with("in memory", catalog, memory));
            }
            try (CacheServicePort redis = CacheServices.connect(server.uri())) {
                CachedCatalog catalog = warm(repository, redis);
                results.add(new Phase("Redis", database, catalog, redis).run(visitors, rampUp, phase, List.of()));
                hits.append(comparison.with("Redis", catalog, redis));
                results.add(new Phase("Redis killed", database, catalog, redis).run(visitors, rampUp, phase, crash));
                fresh = UpdateCheck.passes(catalog, redis);
            }
            return report(results, hits.toString(), fresh);
        }
    }

    /** Visitors of all tenants. */
    static Visitors visitors(CatalogRepository repository) {
        List<String> tenants = repository.tenants();
        List<String> slugs = repository.packages(tenants.get(0)).stream()
                .map(CatalogPackage::slug)
                .toList();
        return new Visitors(tenants, slugs);
    }

    private static CachedCatalog warm(CatalogRepository repository, CacheServicePort cache) {
        CachedCatalog catalog = new CachedCatalog(repository, cache);
        catalog.warm();
        return catalog;
    }

    private static boolean report(List<Result> results, String hits, boolean fresh) {
        long errors = results.stream().mapToLong(Result::errors).sum();
        System.out.print(Report.of(results));
        System.out.println(hits);
        System.out.println(
                fresh
                        ? "After the restart an update was seen by the very next read, of the package and of the list."
                        : "STALE: after the restart a read did not see the update before it.");
        System.out.println(errors == 0 ? "No request failed." : errors + " requests FAILED.");
        return fresh && errors == 0;
    }

    private static Duration atMost(Duration max, Duration duration) {
        return duration.compareTo(max) < 0 ? duration : max;
    }
}
