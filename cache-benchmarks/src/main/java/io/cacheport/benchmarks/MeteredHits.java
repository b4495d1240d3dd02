package io.cacheport.benchmarks;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.aside.Cache;
import io.cacheport.benchmarks.value.Product;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.metrics.CacheServiceMetrics;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What it costs a hit to be seen: without a registry, with meters for Prometheus, and with spans as well. */
public final class MeteredHits {

    private static final String REFERENCE = "no-registry";
    private static final int KEYS = 1_000;
    private static final Duration TTL = Duration.ofHours(1);
    private static final TypeRef<Product> TYPE = TypeRef.of(Product.class);

    private MeteredHits() {}

    /** Prints a table for each store and number of threads; exits with 2 if the arguments are wrong. */
    public static void main(String... arguments) throws Exception {
        Options options = Options.orExit(
                "Compares hits of a cache that nobody watches with those of one that has meters, and spans.",
                List.of(1, 8),
                arguments);
        inMemory(options);
        inRedis(options);
    }

    private static void inMemory(Options options) throws Exception {
        try (CacheServicePort plain = InMemoryCacheAdapter.create();
                CacheServicePort metered = metered(InMemoryCacheAdapter.create());
                CacheServicePort observed = observed(metered(InMemoryCacheAdapter.create()))) {
            List<Candidate> candidates = candidates(options, plain, metered, observed);
            TightLoop loop = new TightLoop(keys());
            loop.meet(candidates);
            System.out.printf("%n## In memory%n");
            for (int threads : options.threads()) {
                List<List<Turn>> results = comparison(options).run(candidates, loop, threads);
                System.out.print(HitReport.of(threads, candidates, results, List.of(0)));
            }
        }
    }

    private static void inRedis(Options options) throws InterruptedException {
        try (RedisServer server = RedisServer.start();
                CacheServicePort plain = RedisCacheAdapter.connect(server.uri());
                CacheServicePort metered = metered(RedisCacheAdapter.connect(server.uri()));
                CacheServicePort observed = observed(metered(RedisCacheAdapter.connect(server.uri())))) {
            List<Candidate> candidates = candidates(options, plain, metered, observed);
            System.out.printf("%n## Redis%n");
            for (int threads : options.threads()) {
                List<List<Round>> results = comparison(options).run(candidates, new ClosedLoop(keys()), threads);
                System.out.print(Report.of(threads, candidates, results, 0));
            }
        }
    }

    private static Comparison comparison(Options options) {
        return new Comparison(options.rounds(), options.turn(), options.warmUp());
    }

    /** The reference is the first, and once more at the end: what it differs from itself is noise. */
    private static List<Candidate> candidates(
            Options options, CacheServicePort plain, CacheServicePort metered, CacheServicePort observed) {
        return options.chosen(
                REFERENCE,
                List.of(
                        new Candidate(REFERENCE, reading(plain)),
                        new Candidate("meters", reading(metered)),
                        new Candidate("meters-and-spans", reading(observed)),
                        new Candidate(REFERENCE + "-again", reading(plain))));
    }

    private static Read reading(CacheServicePort cache) {
        Cache<String, Product> view = Cache.named("product", TYPE).ttl(TTL).over(cache);
        keys().forEach(key -> view.put(key, Product.of(1)));
        return key -> view.get(key, MeteredHits::none);
    }

    private static @Nullable Product none(String key) {
        return null; // what is measured are hits; a load would be reported as no hit
    }

    private static List<String> keys() {
        return IntStream.range(0, KEYS).mapToObj(Product::keyOf).toList();
    }

    private static CacheServicePort metered(CacheServicePort cache) {
        MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        return CacheServiceMetrics.monitor(registry, cache, "product");
    }

    /** With a handler that does nothing: what a tracer adds is the tracer's. */
    private static CacheServicePort observed(CacheServicePort cache) {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
        return CacheServiceMetrics.observe(registry, cache, "product");
    }
}
