package io.cacheport.config;

import io.cacheport.CacheServicePort;
import java.time.Duration;

/**
 * TTLs by the kind of value, for the service to use. Each setting's {@link Setting#description} says what it does.
 *
 * @since 0.1
 */
public final class TtlSettings {

    static final Group GROUP = new Group("How long values are kept");

    private static final Rule<Duration> TTL =
            Rules.duration(TimeText.Unit.S, Duration.ofMillis(1), CacheServicePort.MAX_TTL);

    public static final Setting<Duration> PROFILE =
            GROUP.add("ttl.profile", "CACHE_PROFILE_TTL", TTL, Duration.ofHours(24), "How long a profile is kept.");

    public static final Setting<Duration> PRESENCE = GROUP.add(
            "ttl.presence", "CACHE_PRESENCE_TTL", TTL, Duration.ofSeconds(30), "How long a presence is kept.");

    public static final Setting<Duration> TYPING = GROUP.add(
            "ttl.typing", "CACHE_TYPING_TTL", TTL, Duration.ofSeconds(5), "How long it shows that somebody types.");

    public static final Setting<Duration> SESSION =
            GROUP.add("ttl.session", "CACHE_SESSION_TTL", TTL, Duration.ofHours(1), "How long a session is kept.");

    public static final Setting<Duration> RATE_LIMIT = GROUP.add(
            "ttl.rate-limit", "CACHE_RATE_LIMIT_TTL", TTL, Duration.ofMinutes(1), "Over which time calls are counted.");

    public static final Setting<Duration> STALE_MARKER = GROUP.add(
            "ttl.stale-marker",
            "CACHE_STALE_MARKER_TTL",
            TTL,
            Duration.ofMinutes(5),
            "How long an old value may be served while it is loaded anew.");

    private TtlSettings() {}
}
