package io.cacheport.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Which cache there is, and where. Each setting's {@link Setting#description} says what it does.
 *
 * @since 0.1
 */
public final class StoreSettings {

    static final Group GROUP = new Group("Which cache");

    /** Which kind of cache is meant. */
    public enum Preset {
        /** In memory, whatever else is set. */
        MOCK,
        /** A Redis, if one is named. */
        REAL
    }

    /** Which defaults hold. */
    public enum Defaults {
        /** Those of this library. */
        CACHEPORT,
        /** {@link Setting#referenceDefault}, where there is one. */
        REFERENCE
    }

    public static final Setting<Preset> PRESET = GROUP.add(
            "preset",
            "ADAPTERS_PRESET",
            Rules.oneOf(List.of(Preset.values())),
            "mock: in memory, whatever else is set. real: a WARN if no Redis is named.");

    public static final Setting<String> REDIS_URL = GROUP.add(
            "redis.url", "REDIS_URL", Rules.url(), "The Redis, cluster or sentinels to use, and how to log in there.");

    public static final Setting<String> REDIS_HOST = GROUP.add(
            "redis.host",
            "REDIS_HOST",
            Rules.hosts("host names and addresses", "[^\\s/@?,]{1,255}"),
            null,
            "localhost",
            "The Redis to use where there is no URL.");

    public static final Setting<Integer> REDIS_PORT =
            GROUP.add("redis.port", "REDIS_PORT", Rules.port(), 6_379, "Its port.");

    public static final Setting<String> REDIS_PASSWORD = GROUP.add(
            "redis.password",
            "REDIS_PASSWORD",
            Rules.secret(),
            "The password at the host or the cluster's nodes; that of a URL stands in the URL.");

    public static final Setting<Boolean> CLUSTER_ENABLED = GROUP.add(
            "redis.cluster-enabled",
            "REDIS_CLUSTER_ENABLED",
            Rules.truth(),
            false,
            "Whether to use the cluster of these nodes, rather than URL and host.");

    public static final Setting<String> CLUSTER_NODES = GROUP.add(
            "redis.cluster-nodes",
            "REDIS_CLUSTER_NODES",
            Rules.hosts("host:port,host:port", "[^\\s,/@?]+(?:,\\s*[^\\s,/@?]+)*"),
            "Nodes of the cluster to begin with, as host:port,host:port.");

    public static final Setting<Path> SETTINGS_FILE = GROUP.add(
            "settings-file",
            "CACHE_SETTINGS_FILE",
            Rules.file(),
            "A properties file with settings; in the environment, and read unless code names another.");

    public static final Setting<Defaults> DEFAULTS = GROUP.add(
            "defaults",
            "CACHE_DEFAULTS",
            Rules.oneOf(List.of(Defaults.values())),
            Defaults.CACHEPORT,
            "reference: the defaults in the column of that name hold where there are such.");

    private StoreSettings() {}
}
