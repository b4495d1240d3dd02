package io.cacheport.redis;

import io.cacheport.CacheServicePort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One method of the port that can fail.
 *
 * @param whenIll what it answers then
 */
record RedisTestCall(
        String name,
        Function<CacheServicePort, @Nullable Object> method,
        @Nullable Object whenIll) {

    private static final Duration TTL = Duration.ofMinutes(1);

    static final List<RedisTestCall> ALL = List.of(
            new RedisTestCall("get", cache -> cache.get("k", String.class), null),
            new RedisTestCall("set", cache -> nothing(() -> cache.set("k", "v", TTL)), null),
            new RedisTestCall("setAll", cache -> nothing(() -> cache.setAll(Map.of("k", "v"), TTL)), null),
            new RedisTestCall("getAll", cache -> cache.getAll(List.of("k", "l"), String.class), Map.of()),
            new RedisTestCall("exists", cache -> cache.exists("k"), false),
            new RedisTestCall("ttl", cache -> cache.ttl("k"), Optional.empty()),
            new RedisTestCall("expire", cache -> cache.expire("k", TTL), false),
            new RedisTestCall("del", cache -> cache.del("k"), false),
            new RedisTestCall("del of several", cache -> cache.del(List.of("k", "l")), 0L),
            new RedisTestCall("flush", cache -> cache.flush("k*"), 0L),
            new RedisTestCall("clear", CacheServicePort::clear, 0L));

    private static @Nullable Object nothing(Runnable call) {
        call.run();
        return null;
    }

    @Nullable
    Object on(CacheServicePort cache) {
        return method.apply(cache);
    }

    @Override
    public String toString() {
        return name;
    }
}
