package io.cacheport.config;

import java.time.Duration;

/**
 * The options that {@link CacheSettings#lockOptions} gives. Each setting's {@link Setting#description} says what it does.
 *
 * @since 0.1
 */
public final class LockSettings {

    static final Group GROUP = new Group("Locks");

    public static final Setting<Duration> TTL = GROUP.add(
            "lock.ttl",
            "CACHE_LOCK_DEFAULT_TTL",
            Rules.duration(TimeText.Unit.S, Duration.ofMillis(10), Duration.ofDays(1)),
            Duration.ofSeconds(30),
            "How long a lock stays when its holder dies.");

    public static final Setting<Duration> RETRY_DELAY = GROUP.add(
            "lock.retry-delay",
            "CACHE_LOCK_RETRY_DELAY",
            Rules.duration(TimeText.Unit.MS, Duration.ofMillis(1), Duration.ofMinutes(1)),
            Duration.ofMillis(100),
            "The longest pause between two tries; a random half to all of it is waited.");

    public static final Setting<Integer> MAX_RETRIES = GROUP.add(
            "lock.max-retries",
            "CACHE_LOCK_MAX_RETRIES",
            Rules.intFrom(0, 1_000),
            3,
            "How often to try again: for so many of the pauses is waited at most.");

    private LockSettings() {}
}
