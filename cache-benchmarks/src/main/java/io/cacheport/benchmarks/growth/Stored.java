package io.cacheport.benchmarks.growth;

import io.cacheport.CacheServicePort;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.redis.RedisCacheBuilder;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;

/** Fills a Redis, and asks it how it is. */
final class Stored {

    static final String VALUE = "v".repeat(300);
    static final Duration TTL = Duration.ofHours(1);
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PIPELINE = 5_000;

    private Stored() {}

    /** With patience, so that a busy machine makes it slow and does not end it. */
    static RedisCacheAdapter connect(String uri) {
        return RedisCacheAdapter.builder(uri)
                .commandTimeout(PATIENCE)
                .connectTimeout(PATIENCE)
                .requireAtStartup()
                .build();
    }

    /** As a program would without a library: the JSON of {@link #VALUE}, with a TTL. */
    static void byHand(RespClient redis, int from, int to, IntFunction<String> key, String value) {
        String millis = String.valueOf(TTL.toMillis());
        List<String[]> commands = new ArrayList<>(PIPELINE);
        for (int id = from; id < to; id++) {
            commands.add(new String[] {
                "SET", RedisCacheBuilder.DEFAULT_PREFIX + key.apply(id), "\"" + value + "\"", "PX", millis
            });
            if (commands.size() == PIPELINE || id == to - 1) {
                redis.pipeline(commands).forEach(Stored::requireOk);
                commands.clear();
            }
        }
    }

    private static void requireOk(Object answer) {
        if (!"OK".equals(answer)) {
            throw new IllegalStateException("SET answered " + answer);
        }
    }

    static void byCache(CacheServicePort cache, int from, int to, IntFunction<String> key, String value) {
        Map<String, String> values = new HashMap<>();
        for (int id = from; id < to; id++) {
            values.put(key.apply(id), value);
            if (values.size() == PIPELINE || id == to - 1) {
                cache.setAll(values, TTL);
                values.clear();
            }
        }
    }

    static long size(RespClient redis) {
        return (Long) Objects.requireNonNull(redis.call("DBSIZE"));
    }

    static long usedMemory(RespClient redis) {
        return info(redis, "memory", "used_memory");
    }

    static long info(RespClient redis, String section, String field) {
        String info = String.valueOf(Objects.requireNonNull(redis.call("INFO", section)));
        return info.lines()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.substring(field.length() + 1)))
                .findFirst()
                .orElseThrow();
    }
}
