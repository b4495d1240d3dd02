package io.cacheport.benchmarks.growth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What an entry in memory takes of the heap, with one value for all and keys that are there before. */
final class Heap {

    private static final Duration TTL = Duration.ofHours(1);
    /** Of all caches together, so that what else the heap holds is little against it. */
    private static final int LEAST_ENTRIES = 200_000;

    private Heap() {}

    /** For 1,000 entries and ten times as many, up to the argument. */
    public static void main(String... arguments) throws Exception {
        int most = Integer.parseInt(arguments[0]);
        double unused = bytesPerEntry(Figures.keys(1_000), Heap::cachePort)
                + bytesPerEntry(Figures.keys(1_000), Heap::caffeine);
        for (int entries = 1_000; entries <= most; entries *= 10) {
            String[] keys = Figures.keys(entries);
            Forked.print(entries, bytesPerEntry(keys, Heap::cachePort), bytesPerEntry(keys, Heap::caffeine));
        }
    }

    private static double bytesPerEntry(String[] keys, Function<String[], AutoCloseable> filled) throws Exception {
        int count = Math.max(1, LEAST_ENTRIES / keys.length);
        List<AutoCloseable> caches = new ArrayList<>(count);
        long before = Figures.usedHeap();
        for (int i = 0; i < count; i++) {
            caches.add(filled.apply(keys));
        }
        long used = Figures.usedHeap() - before;
        for (AutoCloseable cache : caches) {
            cache.close();
        }
        return (double) used / count / keys.length;
    }

    private static AutoCloseable cachePort(String[] keys) {
        InMemoryCacheAdapter cache =
                InMemoryCacheAdapter.builder().maximumEntries(keys.length).build();
        for (String key : keys) {
            cache.set(key, "v", TTL);
        }
        return cache;
    }

    private static AutoCloseable caffeine(String[] keys) {
        Cache<String, String> cache = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(keys.length)
                .expireAfterWrite(TTL)
                .build();
        for (String key : keys) {
            cache.put(key, "v");
        }
        return cache::invalidateAll;
    }
}
