package io.cacheport.benchmarks;

import static io.cacheport.aside.CacheAside.withCache;

import io.cacheport.TypeRef;
import io.cacheport.benchmarks.value.Product;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A hit in Redis, about 300 bytes of JSON decoded, by our adapter and by hand, on one connection each. */
public final class RedisHits {

    private static final String REFERENCE = "lettuce-jackson";
    private static final int KEYS = 1_000;
    private static final Duration TTL = Duration.ofHours(1);
    private static final TypeRef<Product> TYPE = TypeRef.of(Product.class);

    private RedisHits() {}

    /** Prints a table for each number of threads; exits with 2 if the arguments are wrong. */
    public static void main(String... arguments) throws InterruptedException {
        Options options = Options.orExit(
                "Compares a hit of CachePort's Redis adapter with plain Lettuce, one connection each.",
                List.of(1, 8, 64),
                arguments);
        try (RedisServer server = RedisServer.start();
                PlainLettuce lettuce = new PlainLettuce(server.uri());
                RedisCacheAdapter cache = RedisCacheAdapter.connect(server.uri());
                RedisCacheAdapter ownFlushes = RedisCacheAdapter.builder(server.uri())
                        .sharedFlushes(false)
                        .build()) {
            compare(options, candidates(lettuce, cache, ownFlushes), fill(lettuce, cache));
        }
    }

    private static void compare(Options options, List<Candidate> all, List<String> keys) throws InterruptedException {
        List<Candidate> candidates = options.chosen(REFERENCE, all);
        int reference = candidates.stream().map(Candidate::name).toList().indexOf(REFERENCE);
        Comparison comparison = new Comparison(options.rounds(), options.turn(), options.warmUp());
        for (int threads : options.threads()) {
            List<List<Round>> results = comparison.run(candidates, new ClosedLoop(keys), threads);
            System.out.print(Report.of(threads, candidates, results, reference));
        }
    }

    /** The reference once more at the end: what it differs from itself is noise. */
    private static List<Candidate> candidates(
            PlainLettuce lettuce, RedisCacheAdapter cache, RedisCacheAdapter ownFlushes) {
        return List.of(
                new Candidate("lettuce-bytes", lettuce::bytesOf),
                new Candidate(REFERENCE, lettuce::productOf),
                new Candidate("cacheport", key -> cache.get(key, TYPE)),
                new Candidate("cacheport-own-flushes", key -> ownFlushes.get(key, TYPE)),
                new Candidate("withCache", key -> throughWithCache(cache, key)),
                new Candidate(REFERENCE + "-again", lettuce::productOf));
    }

    private static @Nullable Product throughWithCache(RedisCacheAdapter cache, String key) {
        try {
            return withCache(cache, key, TTL, TYPE, () -> {
                throw new NoHitException();
            });
        } catch (NoHitException miss) {
            return null;
        }
    }

    private static List<String> fill(PlainLettuce lettuce, RedisCacheAdapter cache) {
        return IntStream.range(0, KEYS)
                .mapToObj(id -> {
                    String key = Product.keyOf(id);
                    lettuce.put(key, Product.of(id), TTL);
                    cache.set(key, Product.of(id), TTL);
                    return key;
                })
                .toList();
    }

    /** Instead of a load: what is measured are hits. */
    private static final class NoHitException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
