package io.cacheport.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How Redis is spoken to. Each setting's {@link Setting#description} says what it does.
 *
 * @since 0.1
 */
public final class ClientSettings {

    static final Group GROUP = new Group("How Redis is spoken to");

    /** Versions of the protocol. */
    public enum Protocol {
        /** Of all servers. */
        RESP2,
        /** Of servers since 6, needed for a near cache that hears of changes. */
        RESP3
    }

    public static final Setting<String> KEY_PREFIX = GROUP.add(
            "redis.key-prefix",
            "CACHE_REDIS_KEY_PREFIX",
            Rules.text("up to 64 letters, digits, dots, underscores, colons and hyphens", "[A-Za-z0-9._:-]{0,64}"),
            "cache:",
            "What every key in Redis begins with; where it is set, that of the URL does not count.");

    public static final Setting<Duration> COMMAND_TIMEOUT = GROUP.add(
            "redis.command-timeout",
            "CACHE_COMMAND_TIMEOUT_MS",
            Rules.duration(TimeText.Unit.MS, Duration.ofMillis(1), Duration.ofHours(1)),
            Duration.ofMillis(250),
            "The longest a call takes, retries included.");

    public static final Setting<Duration> CONNECT_TIMEOUT = GROUP.add(
            "redis.connect-timeout",
            "CACHE_CONNECT_TIMEOUT_MS",
            Rules.duration(TimeText.Unit.MS, Duration.ofMillis(1), Duration.ofHours(1)),
            Duration.ofSeconds(1),
            "The longest an attempt to connect takes, and the start waits for the first.");

    public static final Setting<Integer> RETRIES = GROUP.add(
            "redis.retries",
            "CACHE_RETRIES",
            Rules.intFrom(0, 10),
            3,
            "How often a read or removal that was lost with its connection is sent again.");

    public static final Setting<Integer> MAX_VALUE_BYTES = GROUP.add(
            "max-value-bytes",
            "CACHE_MAX_VALUE_BYTES",
            Rules.intFrom(1, Integer.MAX_VALUE),
            1 << 20,
            "The largest encoded value that is stored or read; in memory only where values are copied.");

    public static final Setting<Boolean> REQUIRED_AT_STARTUP = GROUP.add(
            "redis.required-at-startup",
            "CACHE_REQUIRED_AT_STARTUP",
            Rules.truth(),
            false,
            "Whether to fail at the start if Redis cannot be used, rather than to miss until it can.");

    public static final Setting<Boolean> REPLICA_READS = GROUP.add(
            "redis.replica-reads",
            "CACHE_REPLICA_READS",
            Rules.truth(),
            false,
            "Whether a cluster's replicas answer reads, with data that may be old.");

    public static final Setting<Boolean> SHARED_FLUSHES = GROUP.add(
            "redis.shared-flushes",
            "CACHE_SHARED_FLUSHES",
            Rules.truth(),
            true,
            "Whether commands sent at the same time share a system call, and single reads an MGET.");

    public static final Setting<Protocol> PROTOCOL = GROUP.add(
            "redis.protocol",
            "CACHE_REDIS_PROTOCOL",
            Rules.oneOf(List.of(Protocol.values())),
            "The protocol; found out at each connect where it is not set.");

    public static final Setting<Path> TRUSTED_CERTIFICATES = GROUP.add(
            "redis.trusted-certificates",
            "CACHE_TRUSTED_CERTIFICATES",
            Rules.file(),
            "A PEM file of certificates to trust for TLS, instead of the JVM's.");

    public static final Setting<String> SENTINEL_PASSWORD = GROUP.add(
            "redis.sentinel-password",
            "CACHE_SENTINEL_PASSWORD",
            Rules.secret(),
            "The sentinels' own password, where they want one.");

    private ClientSettings() {}
}
