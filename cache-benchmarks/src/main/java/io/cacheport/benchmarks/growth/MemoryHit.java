package io.cacheport.benchmarks.growth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cacheport.TypeRef;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import java.time.Duration;

/**
 * A hit in memory, of CachePort and of Caffeine in turn, both with the same keys and one value; in caches that are full, and
 * in such as have so much room that Caffeine, which is inside both, does not yet record what is read.
 */
final class MemoryHit {

    private static final Duration TTL = Duration.ofHours(1);
    private static final long ROOM = 4;
    private static final TypeRef<String> TYPE = TypeRef.of(String.class);

    private MemoryHit() {}

    /** For 1,000 entries and ten times as many, up to the argument. */
    public static void main(String... arguments) {
        int most = Integer.parseInt(arguments[0]);
        for (int entries = 1_000; entries <= most; entries *= 10) {
            String[] keys = Figures.keys(entries);
            String[] picks = Figures.picks(keys);
            double[] full = nanosPerHit(keys, picks, entries);
            double[] room = nanosPerHit(keys, picks, ROOM * entries);
            Forked.print(entries, full[0], room[0], full[1], room[1]);
        }
    }

    private static double[] nanosPerHit(String[] keys, String[] picks, long maximum) {
        Cache<String, String> caffeine = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(maximum)
                .expireAfterWrite(TTL)
                .build();
        try (InMemoryCacheAdapter cache =
                InMemoryCacheAdapter.builder().maximumEntries(maximum).build()) {
            for (String key : keys) {
                cache.set(key, "v", TTL);
                caffeine.put(key, "v");
            }
            return HitTimes.nanosPerHit(picks, key -> cache.get(key, TYPE), caffeine::getIfPresent);
        }
    }
}
