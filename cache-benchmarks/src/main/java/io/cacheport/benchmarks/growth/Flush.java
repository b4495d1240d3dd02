package io.cacheport.benchmarks.growth;

import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.redis.RedisCacheBuilder;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How long it takes to remove 1,000 of the keys: by a walk over all, ours and by hand, and without one. */
final class Flush {

    private static final int REMOVED = 1_000;
    private static final int ROUNDS = 5;
    private static final String PATTERN = "old:*";
    private static final Map<String, String> VALUES = IntStream.range(0, REMOVED)
            .mapToObj(String::valueOf)
            .collect(Collectors.toMap(Function.identity(), id -> "v"));

    private final RespClient admin;
    private final RedisCacheAdapter cache;
    private final StatefulRedisConnection<String, String> plain;
    private final Cache<String, String> tagged;
    private final Cache<String, String> generation;

    private Flush(RespClient admin, RedisCacheAdapter cache, StatefulRedisConnection<String, String> plain) {
        this.admin = admin;
        this.cache = cache;
        this.plain = plain;
        this.tagged = Cache.named("tagged", String.class)
                .policy(CachePolicy.ttl(Stored.TTL).tags("old"))
                .over(cache);
        this.generation = Cache.named("generation", String.class)
                .ttl(Stored.TTL)
                .generation()
                .over(cache);
    }

    /** For 1,000 keys and ten times as many, up to the argument, the 1,000 among them. */
    public static void main(String... arguments) {
        int most = Integer.parseInt(arguments[0]);
        try (RedisServer server = RedisServer.start();
                RespClient admin = server.client();
                RedisCacheAdapter cache = Stored.connect(server.uri())) {
            RedisClient client = RedisClient.create(server.uri());
            try (StatefulRedisConnection<String, String> plain = client.connect()) {
                Flush flush = new Flush(admin, cache, plain);
                flush.measure(0, 3 * ROUNDS); // to be compiled
                int others = 0;
                for (int keys = 1_000; keys <= most; keys *= 10) {
                    Stored.byHand(admin, others, keys - REMOVED, Figures::key, "v");
                    others = keys - REMOVED;
                    flush.measure(keys, ROUNDS);
                }
            } finally {
                client.shutdown(0, 1, TimeUnit.SECONDS);
            }
        }
    }

    /** Prints nothing for no keys. What has a tag is loaded before and removed after, so that it is among no other's keys. */
    private void measure(int keys, int rounds) {
        double[] flush = new double[rounds];
        double[] byHand = new double[rounds];
        double[] tag = new double[rounds];
        double[] all = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            flush[round] = walk(() -> cache.flush(PATTERN));
            byHand[round] = walk(this::scanAndUnlink);
            tag[round] = invalidation(tagged, () -> tagged.invalidateTag("old"));
            all[round] = invalidation(generation, generation::invalidateAll);
        }
        if (keys > 0) {
            Forked.print(keys, Figures.median(flush), Figures.median(byHand), Figures.median(tag), Figures.median(all));
        }
    }

    private double walk(Runnable removal) {
        Stored.byHand(admin, 0, REMOVED, id -> "old:" + id, "v");
        long before = Stored.size(admin);
        double millis = millisOf(removal);
        long removed = before - Stored.size(admin);
        if (removed != REMOVED) {
            throw new IllegalStateException(removed + " keys were removed, not " + REMOVED);
        }
        return millis;
    }

    private double invalidation(Cache<String, String> view, Runnable invalidation) {
        view.getAll(VALUES.keySet(), missing -> VALUES); // a value with a tag is loaded with it
        if (view.getIfPresent("0") == null) {
            throw new IllegalStateException("nothing to be invalidated");
        }
        double millis = millisOf(invalidation);
        if (view.getIfPresent("0") != null) {
            throw new IllegalStateException("nothing was invalidated");
        }
        admin.pipeline(VALUES.keySet().stream()
                .map(key -> new String[] {"UNLINK", RedisCacheBuilder.DEFAULT_PREFIX + view.keyOf(key)})
                .toList());
        return millis;
    }

    private static double millisOf(Runnable action) {
        long start = System.nanoTime();
        action.run();
        return (System.nanoTime() - start) / 1e6;
    }

    /** As one would write it: what a step found is removed while the next one runs. */
    private void scanAndUnlink() {
        ScanArgs args = ScanArgs.Builder.limit(1_000).match(RedisCacheBuilder.DEFAULT_PREFIX + PATTERN);
        List<RedisFuture<?>> unlinks = new ArrayList<>();
        KeyScanCursor<String> cursor = plain.sync().scan(ScanCursor.INITIAL, args);
        while (true) {
            if (!cursor.getKeys().isEmpty()) {
                unlinks.add(plain.async().unlink(cursor.getKeys().toArray(String[]::new)));
            }
            if (cursor.isFinished()) {
                break;
            }
            cursor = plain.sync().scan(cursor, args);
        }
        if (!LettuceFutures.awaitAll(Stored.PATIENCE, unlinks.toArray(RedisFuture[]::new))) {
            throw new IllegalStateException("UNLINK was not answered");
        }
    }
}
