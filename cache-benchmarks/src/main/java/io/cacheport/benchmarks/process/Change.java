package io.cacheport.benchmarks.process;

import static io.cacheport.aside.CacheAside.invalidateTag;
import static io.cacheport.aside.CacheAside.withCache;

import io.cacheport.TypeRef;
import io.cacheport.aside.CachePolicy;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.redis.RedisCacheBuilder;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A way in which a value ceases to be what it was.
 *
 * @param store puts the value under a key
 * @param change replaces or removes it
 * @param expiry if it is this that ends it, after so long, and nobody changes it; else null
 */
record Change(
        String name,
        Consumer<String> store,
        Consumer<String> change,
        @Nullable Duration expiry) {

    /** Long enough to be read near in, and not longer. */
    private static final Duration SHORT = Duration.ofMillis(5);

    private static final Duration LONG = Duration.ofHours(1);
    private static final String OLD = "\"old\"";
    private static final String NEW = "\"new\"";

    /** By other programs, and by another process that caches there. */
    static List<Change> all(RespClient redis, RedisCacheAdapter cache) {
        Consumer<String> raw = key -> redis.call("SET", redisKey(key), OLD);
        return List.of(
                new Change("raw SET", raw, key -> redis.call("SET", redisKey(key), NEW), null),
                new Change("raw DEL", raw, key -> redis.call("DEL", redisKey(key)), null),
                new Change("raw FLUSHALL", raw, key -> redis.call("FLUSHALL"), null),
                new Change("adapter del", raw, cache::del, null),
                new Change("adapter flush(\"k*\")", raw, key -> cache.flush("k*"), null),
                new Change(
                        "adapter invalidateTag",
                        key -> storeTagged(cache, key),
                        key -> invalidateTag(cache, tagOf(key)),
                        null),
                new Change(
                        "expiry of " + SHORT.toMillis() + " ms",
                        key -> redis.call("SET", redisKey(key), OLD, "PX", String.valueOf(SHORT.toMillis())),
                        key -> {},
                        SHORT));
    }

    private static String redisKey(String key) {
        return RedisCacheBuilder.DEFAULT_PREFIX + key;
    }

    /** Each its own tag, of which nothing is known yet. */
    private static String tagOf(String key) {
        return "tag-of-" + key;
    }

    private static void storeTagged(RedisCacheAdapter cache, String key) {
        CachePolicy policy = CachePolicy.ttl(LONG).tags(tagOf(key));
        String loaded = withCache(cache, key, policy, TypeRef.of(String.class), () -> "old");
        if (!loaded.equals("old")) {
            throw new IllegalStateException(key + " was there before");
        }
    }
}
