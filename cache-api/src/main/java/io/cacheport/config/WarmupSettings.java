package io.cacheport.config;

import io.cacheport.warm.Warming;

/**
 * The warming that {@link CacheSettings#warming} gives. Each setting's {@link Setting#description} says what it does.
 *
 * @since 0.1
 */
public final class WarmupSettings {

    static final Group GROUP = new Group("Warming");

    public static final Setting<Boolean> ENABLED = GROUP.add(
            "warmup.enabled",
            "CACHE_WARMUP_ENABLED",
            Rules.truth(),
            true,
            "Whether the service should warm its cache at the start; for it to ask.");

    public static final Setting<Integer> BATCH_SIZE = GROUP.add(
            "warmup.batch-size",
            "CACHE_BATCH_SIZE",
            Rules.intFrom(1, Warming.MAX_BATCH),
            Warming.DEFAULT_BATCH,
            "Keys that are loaded with one call.");

    public static final Setting<Integer> PER_SECOND = GROUP.add(
            "warmup.per-second",
            "CACHE_WARMUP_PER_SECOND",
            Rules.intFrom(1, Integer.MAX_VALUE),
            Warming.DEFAULT_PER_SECOND,
            "Keys asked of the source in a second.");

    private WarmupSettings() {}
}
