package io.cacheport.benchmarks.growth;

import io.cacheport.TypeRef;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.redis.RedisCacheBuilder;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredCache;
import java.util.Arrays;
import java.util.List;

/**
 * A near cache of ever more keys: a hit, the memory here and in Redis, which remembers who has read what, and how soon a
 * change is heard of.
 */
final class Near {

    private static final TypeRef<String> TYPE = TypeRef.of(String.class);
    private static final String MISSING = "nothing is near";
    private static final String CHANGED = "\"changed\"";
    private static final int AT_ONCE = 1_000;
    private static final int CHANGES = 300;

    private Near() {}

    /** For 1,000 keys and ten times as many, up to the argument. */
    public static void main(String... arguments) {
        int most = Integer.parseInt(arguments[0]);
        for (int keys = 1_000; keys <= most; keys *= 10) {
            measure(Figures.keys(keys));
        }
    }

    /** Redis forgets who has read what beyond a million keys, unless it is told not to. */
    private static void measure(String[] keys) {
        try (RedisServer server = RedisServer.start("--tracking-table-max-keys", "0");
                RespClient admin = server.client()) {
            Stored.byHand(admin, 0, keys.length, id -> keys[id], Stored.VALUE);
            try (TieredCache cache = Tiered.near(InMemoryCacheAdapter.builder()
                            .maximumEntries(keys.length)
                            .build())
                    .nearTtl(Stored.TTL)
                    .far(Stored.connect(server.uri()))) {
                bringNear(cache, keys[0]);
                long heapBefore = Figures.usedHeap();
                long memoryBefore = Stored.usedMemory(admin);
                bringNear(cache, keys);
                long tracked = Stored.info(admin, "stats", "tracking_total_keys");
                if (tracked != keys.length) {
                    throw new IllegalStateException("Redis tracks " + tracked + " keys, not " + keys.length);
                }
                long memory = Stored.usedMemory(admin) - memoryBefore;
                long heap = Figures.usedHeap() - heapBefore;
                double hit = HitTimes.nanosPerHit(Figures.picks(keys), key -> cache.get(key, TYPE))[0];
                double[] changes = changes(cache, admin, keys);
                Forked.print(
                        keys.length,
                        hit,
                        (double) heap / keys.length,
                        (double) memory / keys.length,
                        Figures.quantile(0.5, changes),
                        Figures.quantile(0.99, changes));
            }
        }
    }

    /** A copy is made only while changes are heard of, which may take a moment to begin. */
    private static void bringNear(TieredCache cache, String key) {
        long until = System.nanoTime() + Stored.PATIENCE.toNanos();
        while (!isNear(cache, key)) {
            if (cache.get(key, TYPE) == null || System.nanoTime() - until > 0) {
                throw new IllegalStateException(key + " cannot be read near, " + cache.feedState());
            }
        }
    }

    private static boolean isNear(TieredCache cache, String key) {
        return !MISSING.equals(cache.getIfLocal(key, TYPE, MISSING));
    }

    private static void bringNear(TieredCache cache, String[] keys) {
        List<String> all = Arrays.asList(keys);
        for (int from = 0; from < keys.length; from += AT_ONCE) {
            int found = cache.getAll(all.subList(from, Math.min(keys.length, from + AT_ONCE)), TYPE)
                    .size();
            if (found < Math.min(AT_ONCE, keys.length - from)) {
                throw new IllegalStateException("only " + found + " values could be read");
            }
        }
        for (String key : keys) {
            bringNear(cache, key); // those whose copy was not made, if any
        }
    }

    /** In milliseconds; each key once, since Redis tells only of what was read since it told last. */
    private static double[] changes(TieredCache cache, RespClient admin, String[] keys) {
        double[] millis = new double[CHANGES];
        int apart = keys.length / CHANGES;
        for (int i = 0; i < CHANGES; i++) {
            String key = keys[i * apart];
            if (!isNear(cache, key)) {
                throw new IllegalStateException(key + " is not near, " + cache.feedState());
            }
            long start = System.nanoTime();
            Object unused = admin.call("SET", RedisCacheBuilder.DEFAULT_PREFIX + key, CHANGED);
            while (isNear(cache, key)) {
                if (System.nanoTime() - start > Stored.PATIENCE.toNanos()) {
                    throw new IllegalStateException("the change of " + key + " was not heard of");
                }
                Thread.onSpinWait();
            }
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        return millis;
    }
}
