package io.cacheport.benchmarks;

import static io.cacheport.aside.CacheAside.withCache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cacheport.TypeRef;
import io.cacheport.benchmarks.value.Product;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.inmemory.InMemoryCacheBuilder;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredCache;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A hit in a near cache in front of a Redis, against the bare lookup in Caffeine, with expiry and without. The near hit looks
 * at two times that a bare lookup does not: until when the copy lives, and until when it is proven. What Redis is asked for
 * meanwhile is counted: nothing but the proof.
 */
public final class NearHits {

    private static final String REFERENCE = "caffeine";
    private static final int KEYS = 1_000;
    private static final Duration TTL = Duration.ofHours(1);
    private static final TypeRef<Product> TYPE = TypeRef.of(Product.class);
    private static final Product MISSING = Product.of(-1);

    private NearHits() {}

    /** Prints a table for each number of threads; exits with 2 if the arguments are wrong. */
    public static void main(String... arguments) throws Exception {
        Options options = Options.orExit(
                "Compares a hit in a near cache in front of Redis with bare Caffeine.", List.of(1, 2), arguments);
        try (RedisServer server = RedisServer.start();
                CommandCounts counts = new CommandCounts(server);
                InMemoryCacheAdapter memory = InMemoryCacheAdapter.create();
                TieredCache near = near(server, InMemoryCacheAdapter.builder());
                TieredCache copying =
                        near(server, InMemoryCacheAdapter.builder().copying())) {
            Cache<String, Product> expiring = caffeine().expireAfterWrite(TTL).build();
            Cache<String, Product> lasting = caffeine().build();
            List<String> keys =
                    IntStream.range(0, KEYS).mapToObj(Product::keyOf).toList();
            for (int id = 0; id < KEYS; id++) {
                expiring.put(keys.get(id), Product.of(id));
                lasting.put(keys.get(id), Product.of(id));
                memory.set(keys.get(id), Product.of(id), TTL);
                near.far().set(keys.get(id), Product.of(id), TTL);
            }
            bringNear(near, keys);
            bringNear(copying, keys);
            List<Candidate> candidates =
                    options.chosen(REFERENCE, candidates(expiring, lasting, memory, near, copying));
            TightLoop loop = new TightLoop(keys);
            loop.meet(candidates);
            Comparison comparison = new Comparison(options.rounds(), options.turn(), options.warmUp());
            for (int threads : options.threads()) {
                counts.begin();
                List<List<Turn>> results = comparison.run(candidates, loop, threads);
                Map<String, Long> calls = counts.calls();
                System.out.print(HitReport.of(threads, candidates, results, List.of(0, 1)));
                System.out.print(commands(calls));
            }
        }
    }

    /** The references are first, and once more at the end: what they differ from themselves is noise. */
    private static List<Candidate> candidates(
            Cache<String, Product> expiring,
            Cache<String, Product> lasting,
            InMemoryCacheAdapter memory,
            TieredCache near,
            TieredCache copying) {
        return List.of(
                new Candidate(REFERENCE + "-expireAfterWrite", expiring::getIfPresent),
                new Candidate(REFERENCE, lasting::getIfPresent),
                new Candidate("InMemoryCacheAdapter.get", key -> memory.get(key, TYPE)),
                new Candidate("near.get", key -> near.get(key, TYPE)),
                new Candidate("near-withCache", key -> throughWithCache(near, key)),
                new Candidate("near-copying.get", key -> copying.get(key, TYPE)),
                new Candidate("near-copying-withCache", key -> throughWithCache(copying, key)),
                new Candidate(REFERENCE + "-expireAfterWrite-again", expiring::getIfPresent),
                new Candidate(REFERENCE + "-again", lasting::getIfPresent));
    }

    private static Caffeine<Object, Object> caffeine() {
        return Caffeine.newBuilder().executor(Runnable::run).maximumSize(InMemoryCacheBuilder.DEFAULT_ENTRIES);
    }

    /** What is near stays so for the whole run. */
    private static TieredCache near(RedisServer server, InMemoryCacheBuilder memory) {
        return Tiered.near(memory.build()).nearTtl(TTL).far(RedisCacheAdapter.connect(server.uri()));
    }

    /** Reads each until it is there, for a copy is made only while changes are heard of, which may take a moment to begin. */
    private static void bringNear(TieredCache cache, List<String> keys) {
        long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        for (String key : keys) {
            while (MISSING.equals(cache.getIfLocal(key, TYPE, MISSING))) {
                if (cache.get(key, TYPE) == null || System.nanoTime() - until > 0) {
                    throw new IllegalStateException("a value cannot be read near, " + cache.feedState());
                }
            }
        }
    }

    /** As one writes it: the loader captures the key. */
    private static @Nullable Product throughWithCache(TieredCache cache, String key) {
        try {
            return withCache(cache, key, TTL, TYPE, () -> {
                throw new NoHitException(key);
            });
        } catch (NoHitException miss) {
            return null;
        }
    }

    /** The proof is asked for by PING. */
    private static String commands(Map<String, Long> calls) {
        Long pings = calls.remove("ping");
        long others = calls.values().stream().mapToLong(Long::longValue).sum();
        return String.format(
                "%nCommands that Redis got meanwhile: %d PING, %d others%s%n",
                pings == null ? 0 : pings, others, others == 0 ? "" : " " + calls);
    }

    /** Instead of a load: what is measured are hits. */
    private static final class NoHitException extends Exception {
        private static final long serialVersionUID = 1L;

        NoHitException(String key) {
            super(key);
        }
    }
}
