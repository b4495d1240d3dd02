package io.cacheport.config;

/**
 * The cache in memory, where there is no Redis. Each setting's {@link Setting#description} says what it does.
 *
 * @since 0.1
 */
public final class MemorySettings {

    static final Group GROUP = new Group("The cache in memory");

    public static final Setting<Long> ENTRIES = GROUP.add(
            "memory.entries",
            "CACHE_MEMORY_ENTRIES",
            Rules.longFrom(1, 1_000_000_000_000L),
            100_000L,
            "Entries that a cache in memory holds.");

    public static final Setting<Long> BYTES = GROUP.add(
            "memory.bytes",
            "CACHE_MEMORY_BYTES",
            Rules.longFrom(1, 1_000_000_000_000_000L),
            "Bytes that it holds, instead of a number of entries; needs copying.");

    public static final Setting<Boolean> COPYING = GROUP.add(
            "memory.copying",
            "CACHE_MEMORY_COPYING",
            Rules.truth(),
            false,
            "Whether it encodes values as Redis would, with the codec of cache-redis, rather than keeping references.");

    private MemorySettings() {}
}
