package io.cacheport.benchmarks.growth;

import java.util.List;

/** The pictures. What measures a series prints its values in the order of the lines here, whose names are without commas. */
final class Charts {

    private static final String ENTRIES = "entries";
    private static final String KEYS_IN_REDIS = "keys in Redis";
    private static final String NEAR_KEYS = "keys in the near cache";

    static final Chart MEMORY_HIT = new Chart(
            "memory-hit",
            "A hit in memory",
            ENTRIES,
            "ns of processor time",
            false,
            List.of(
                    "InMemoryCacheAdapter (full)",
                    "InMemoryCacheAdapter (a quarter full)",
                    "Caffeine expireAfterWrite (full)",
                    "Caffeine expireAfterWrite (a quarter full)"));

    static final Chart FLUSH = new Chart(
            "flush",
            "Removing 1,000 of the keys in Redis",
            KEYS_IN_REDIS,
            "ms",
            true,
            List.of("flush(old:*)", "SCAN and UNLINK by hand", "invalidateTag", "invalidateAll of a generation"));

    static final Chart HEAP = new Chart(
            "heap",
            "Heap of an entry in memory, beyond its key and value",
            ENTRIES,
            "bytes of an entry",
            false,
            List.of("InMemoryCacheAdapter", "Caffeine expireAfterWrite"));

    static final Chart REDIS_MEMORY = new Chart(
            "redis-memory",
            "Memory of Redis for a value of 300 characters",
            KEYS_IN_REDIS,
            "bytes of an entry",
            false,
            List.of("RedisCacheAdapter", "SET with PX by hand"));

    static final Chart NEAR_HIT = new Chart(
            "near-hit", "A hit near", NEAR_KEYS, "ns of processor time", false, List.of("TieredCache over Redis"));

    static final Chart NEAR_MEMORY = new Chart(
            "near-memory",
            "Memory of a near copy of 300 characters",
            NEAR_KEYS,
            "bytes of a key",
            false,
            List.of("heap (with the value)", "Redis (to know who has read it)"));

    static final Chart NEAR_CHANGE = new Chart(
            "near-change",
            "From another client's SET until the near copy is gone",
            NEAR_KEYS,
            "ms",
            true,
            List.of("p50", "p99"));

    static final Chart START = new Chart(
            "start",
            "From the start of a JVM to its first hit",
            "",
            "ms",
            false,
            List.of("the JVM alone", "in memory", "GET by plain Lettuce", "Redis", "near before Redis"));

    private Charts() {}

    static List<Chart> all() {
        return List.of(MEMORY_HIT, FLUSH, HEAP, REDIS_MEMORY, NEAR_HIT, NEAR_MEMORY, NEAR_CHANGE, START);
    }
}
