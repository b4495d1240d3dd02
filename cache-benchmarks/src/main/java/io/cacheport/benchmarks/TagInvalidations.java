package io.cacheport.benchmarks;

import static io.cacheport.aside.CacheAside.invalidateTag;

import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How long it takes to invalidate a tag of one value, a thousand and a million, and what removing them would take. */
public final class TagInvalidations {

    private static final int[] SIZES = {1, 1_000, 1_000_000};
    private static final int AT_ONCE = 500;
    private static final int TURNS = 200;
    private static final Duration TTL = Duration.ofHours(1);

    private TagInvalidations() {}

    /** Prints a table. */
    public static void main(String... arguments) {
        System.out.printf("| values of the tag | invalidateTag, median of %d | p99 | flush of them, once |%n", TURNS);
        System.out.println("|---:|---:|---:|---:|");
        try (RedisServer server = RedisServer.start();
                RedisCacheAdapter cache = RedisCacheAdapter.builder(server.uri())
                        .commandTimeout(Duration.ofSeconds(5))
                        .build()) {
            for (int i = 0; i < TURNS * 10; i++) {
                invalidateTag(cache, "warm-up");
            }
            for (int size : SIZES) {
                System.out.println(line(cache, size));
            }
        }
    }

    private static String line(RedisCacheAdapter cache, int size) {
        String name = "n" + size;
        Cache<Integer, String> view = Cache.named(name, String.class)
                .policy(CachePolicy.ttl(TTL).tags(name))
                .over(cache);
        for (int from = 0; from < size; from += AT_ONCE) {
            view.getAll(
                    IntStream.range(from, Math.min(size, from + AT_ONCE))
                            .boxed()
                            .toList(),
                    TagInvalidations::load);
        }
        require(view.getIfPresent(size - 1) != null, "the last value was not stored");
        long[] nanos = new long[TURNS];
        for (int i = 0; i < TURNS; i++) {
            long start = System.nanoTime();
            view.invalidateTag(name);
            nanos[i] = System.nanoTime() - start;
            cache.leases().stamps(List.of(name), TTL); // or the next would find nothing to remove
        }
        Arrays.sort(nanos);
        require(view.getIfPresent(size - 1) == null, "the last value is still there");
        long start = System.nanoTime();
        cache.flush(name + ":*");
        return String.format(
                "| %,d | %.2f ms | %.2f ms | %,.1f ms |",
                size, nanos[TURNS / 2] / 1e6, nanos[TURNS * 99 / 100] / 1e6, (System.nanoTime() - start) / 1e6);
    }

    private static Map<Integer, String> load(Set<Integer> keys) {
        return keys.stream().collect(Collectors.toMap(Function.identity(), key -> "value " + key));
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
