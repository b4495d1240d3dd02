package io.cacheport.config;

import io.cacheport.CacheServicePort;
import java.time.Duration;

/**
 * The near cache in front of Redis. Each setting's {@link Setting#description} says what it does.
 *
 * @since 0.1
 */
public final class NearSettings {

    static final Group GROUP = new Group("The near cache");

    public static final Setting<Boolean> ENABLED = GROUP.add(
            "near.enabled",
            "CACHE_NEAR_ENABLED",
            Rules.truth(),
            false,
            "Whether copies of what was read from Redis are kept in this process.");

    public static final Setting<Long> ENTRIES = GROUP.add(
            "near.entries",
            "CACHE_NEAR_ENTRIES",
            Rules.longFrom(1, 1_000_000_000_000L),
            10_000L,
            "Copies that are kept.");

    public static final Setting<Duration> TTL = GROUP.add(
            "near.ttl",
            "CACHE_NEAR_TTL",
            Rules.duration(TimeText.Unit.S, Duration.ofMillis(1), CacheServicePort.MAX_TTL),
            Duration.ofSeconds(30),
            "How long a copy lives at most.");

    public static final Setting<Duration> STALENESS_BOUND = GROUP.add(
            "near.staleness-bound",
            "CACHE_NEAR_STALENESS_BOUND_MS",
            Rules.duration(TimeText.Unit.MS, Duration.ofMillis(100), Duration.ofMinutes(1)),
            Duration.ofSeconds(1),
            "How long after a change its old value may still be read near.");

    public static final Setting<Boolean> OR_PUBSUB = GROUP.add(
            "near.or-pubsub",
            "CACHE_NEAR_OR_PUBSUB",
            Rules.truth(),
            false,
            "Whether Pub/Sub will do where the server cannot track what is read; then others' changes are seen when the copy ends.");

    public static final Setting<Duration> SHORT_TTL = GROUP.add(
            "near.short-ttl",
            "CACHE_NEAR_SHORT_TTL_MS",
            Rules.duration(TimeText.Unit.MS, Duration.ofMillis(1), CacheServicePort.MAX_TTL),
            "How long copies live where nothing tells of changes; without it there is no near cache then.");

    public static final Setting<Boolean> SERVE_WHILE_DOWN = GROUP.add(
            "near.serve-while-down",
            "CACHE_NEAR_SERVE_WHILE_DOWN",
            Rules.truth(),
            false,
            "Whether copies are served until the bound has passed after the connection was lost.");

    private NearSettings() {}
}
