package io.cacheport.benchmarks;

import static io.cacheport.aside.CacheAside.withCache;
import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.cacheport.aside.Cache;
import io.cacheport.aside.KeyLoader;
import io.cacheport.benchmarks.value.Product;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.inmemory.InMemoryCacheBuilder;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A hit in this process's memory, of a reference, against the bare lookup in Caffeine that is inside it. */
public final class MemoryHits {

    private static final String REFERENCE = "caffeine";
    private static final int KEYS = 1_000;
    private static final Duration TTL = Duration.ofHours(1);
    private static final KeyLoader<String, Product, NoHitException> NO_HIT = key -> {
        throw new NoHitException();
    };

    private MemoryHits() {}

    /** Prints a table for each number of threads; exits with 2 if the arguments are wrong. */
    public static void main(String... arguments) throws Exception {
        Options options = Options.orExit(
                "Compares a hit of CachePort's in-memory adapter with bare Caffeine.", List.of(1, 2), arguments);
        com.github.benmanes.caffeine.cache.Cache<String, Product> caffeine = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(InMemoryCacheBuilder.DEFAULT_ENTRIES)
                .build();
        try (InMemoryCacheAdapter cache = InMemoryCacheAdapter.create()) {
            Cache<String, Product> typed =
                    Cache.named("product", Product.class).ttl(TTL).over(cache);
            List<String> keys = fill(caffeine, cache, typed);
            List<Candidate> candidates = options.chosen(REFERENCE, candidates(caffeine, cache, typed));
            TightLoop loop = new TightLoop(keys);
            loop.meet(candidates);
            Comparison comparison = new Comparison(options.rounds(), options.turn(), options.warmUp());
            for (int threads : options.threads()) {
                List<List<Turn>> results = comparison.run(candidates, loop, threads);
                System.out.print(HitReport.of(threads, candidates, results, List.of(0)));
            }
        }
    }

    /** The reference is the first, and once more at the end: what it differs from itself is noise. */
    private static List<Candidate> candidates(
            com.github.benmanes.caffeine.cache.Cache<String, Product> caffeine,
            InMemoryCacheAdapter cache,
            Cache<String, Product> typed) {
        return List.of(
                new Candidate(REFERENCE, caffeine::getIfPresent),
                new Candidate("InMemoryCacheAdapter.get", key -> cache.get(key, Product.class)),
                new Candidate("withCache", key -> throughWithCache(cache, key)),
                new Candidate("Cache.getIfPresent", typed::getIfPresent),
                new Candidate("Cache.get", key -> throughTyped(typed, key)),
                new Candidate(REFERENCE + "-key-concatenated", key -> caffeine.getIfPresent("product:" + key)),
                new Candidate(REFERENCE + "-again", caffeine::getIfPresent));
    }

    /** As one writes it: the loader captures the key. */
    private static @Nullable Product throughWithCache(InMemoryCacheAdapter cache, String key) {
        try {
            return withCache(cache, key, TTL, Product.class, () -> requireNonNull(NO_HIT.load(key)));
        } catch (NoHitException miss) {
            return null;
        }
    }

    private static @Nullable Product throughTyped(Cache<String, Product> typed, String key) {
        try {
            return typed.get(key, NO_HIT);
        } catch (NoHitException miss) {
            return null;
        }
    }

    private static List<String> fill(
            com.github.benmanes.caffeine.cache.Cache<String, Product> caffeine,
            InMemoryCacheAdapter cache,
            Cache<String, Product> typed) {
        return IntStream.range(0, KEYS)
                .mapToObj(id -> {
                    String key = Product.keyOf(id);
                    Product product = Product.of(id);
                    caffeine.put(key, product);
                    caffeine.put("product:" + key, product);
                    cache.set(key, product, TTL);
                    typed.put(key, product);
                    return key;
                })
                .toList();
    }

    /** Instead of a load: what is measured are hits. */
    private static final class NoHitException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
