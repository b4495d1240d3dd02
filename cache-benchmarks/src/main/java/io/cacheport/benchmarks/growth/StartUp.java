package io.cacheport.benchmarks.growth;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.benchmarks.growth.Chart.Row;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.redis.RedisCacheBuilder;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredCache;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The program that is started again and again, and ends with its first hit. The clock is that of whoever starts it. */
final class StartUp {

    private static final String HIT = "hit";
    private static final String KEY = "k";
    private static final TypeRef<String> TYPE = TypeRef.of(String.class);

    /** What it does; the order is that of {@link Charts#START}. */
    private enum Kind {
        NOTHING,
        MEMORY,
        PLAIN,
        REDIS,
        NEAR
    }

    private StartUp() {}

    /** Prints a line when it has had a hit. */
    public static void main(String... arguments) {
        String uri = arguments[1];
        String hit = switch (Kind.valueOf(arguments[0])) {
            case NOTHING -> "v";
            case MEMORY -> memory();
            case PLAIN -> plain(uri);
            case REDIS -> hit(Stored.connect(uri));
            case NEAR -> near(uri);
        };
        System.out.println(hit.contains("v") ? HIT : "no hit");
        System.exit(0); // without the time that closing takes
    }

    private static String memory() {
        InMemoryCacheAdapter cache = InMemoryCacheAdapter.create();
        cache.set(KEY, "v", Duration.ofHours(1));
        return hit(cache);
    }

    private static String plain(String uri) {
        StatefulRedisConnection<String, String> connection =
                RedisClient.create(uri).connect();
        return String.valueOf(connection.sync().get(RedisCacheBuilder.DEFAULT_PREFIX + KEY));
    }

    private static String hit(CacheServicePort cache) {
        return String.valueOf(cache.get(KEY, TYPE));
    }

    /** Not from Redis: the first that is answered here. */
    private static String near(String uri) {
        TieredCache cache = Tiered.near(InMemoryCacheAdapter.create()).far(Stored.connect(uri));
        String local = null;
        while (local == null) {
            String unused = hit(cache);
            local = cache.getIfLocal(KEY, TYPE, null);
        }
        return local;
    }

    /** The median of so many processes for each kind, in turn. */
    static List<Row> measure(int rounds) throws IOException, InterruptedException {
        Kind[] kinds = Kind.values();
        double[][] millis = new double[kinds.length][rounds];
        try (RedisServer server = RedisServer.start();
                RespClient admin = server.client()) {
            Object unused = admin.call("SET", RedisCacheBuilder.DEFAULT_PREFIX + KEY, "\"v\"");
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < kinds.length; i++) {
                    millis[i][round] = millisOf(kinds[i], server.uri());
                }
            }
        }
        return List.of(
                new Row(rounds, Arrays.stream(millis).map(Figures::median).toList()));
    }

    private static double millisOf(Kind kind, String uri) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process =
                Forked.java(List.of(), StartUp.class, kind.name(), uri).start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            double millis = (System.nanoTime() - start) / 1e6;
            if (!HIT.equals(line)) {
                throw new IOException("a process printed " + line + " for " + kind);
            }
            return millis;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
