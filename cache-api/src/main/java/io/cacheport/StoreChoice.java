package io.cacheport;

import io.cacheport.config.CacheSettings;
import io.cacheport.config.Origin;
import io.cacheport.config.Setting;
import io.cacheport.config.StoreSettings;
import io.cacheport.config.StoreSettings.Preset;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which cache the settings ask for; the order is that of {@link CacheServices#connect(CacheSettings)}.
 *
 * @param uri with the password
 * @param adapter what it is, for the log
 * @param reason which setting decided, for the log
 */
record StoreChoice(String uri, String adapter, String reason) {

    private static final Logger log = LoggerFactory.getLogger(CacheServices.class);
    private static final String MEMORY = "memory:";

    static StoreChoice of(CacheSettings settings) {
        Preset preset = settings.find(StoreSettings.PRESET).orElse(null);
        if (preset == Preset.MOCK) {
            return new StoreChoice(MEMORY, "in-memory", named(settings, StoreSettings.PRESET) + "=mock");
        }
        String url = settings.find(StoreSettings.REDIS_URL).orElse(null);
        if (settings.get(StoreSettings.CLUSTER_ENABLED)) {
            if (url != null && Adapters.schemeOf(url).endsWith("-sentinel")) {
                throw new IllegalArgumentException(named(settings, StoreSettings.CLUSTER_ENABLED) + " is true but "
                        + named(settings, StoreSettings.REDIS_URL) + " names sentinels (" + Adapters.schemeOf(url)
                        + "://): a Redis has the one or the other");
            }
            String nodes = settings.find(StoreSettings.CLUSTER_NODES)
                    .orElseThrow(() -> new IllegalArgumentException(named(settings, StoreSettings.CLUSTER_ENABLED)
                            + " is true but REDIS_CLUSTER_NODES is not set: list host:port,host:port"));
            return new StoreChoice(
                    "redis-cluster://" + credentials(settings) + nodes,
                    "Redis Cluster",
                    named(settings, StoreSettings.CLUSTER_ENABLED));
        }
        if (url != null) {
            boolean inMemory = Adapters.schemeOf(url).equals("memory");
            return new StoreChoice(url, inMemory ? "in-memory" : "Redis", named(settings, StoreSettings.REDIS_URL));
        }
        String host = settings.find(StoreSettings.REDIS_HOST).orElse(null);
        if (host != null) {
            return new StoreChoice(
                    "redis://" + credentials(settings) + host + ":" + settings.get(StoreSettings.REDIS_PORT),
                    "Redis",
                    named(settings, StoreSettings.REDIS_HOST));
        }
        if (preset == Preset.REAL) {
            log.atWarn()
                    .log("ADAPTERS_PRESET=real, but none of REDIS_URL, REDIS_HOST and REDIS_CLUSTER_ENABLED is set");
        }
        return new StoreChoice(MEMORY, "in-memory", "no Redis in the settings");
    }

    boolean isRedis() {
        return !adapter.equals("in-memory");
    }

    private static String credentials(CacheSettings settings) {
        return settings.find(StoreSettings.REDIS_PASSWORD)
                .map(password -> ":"
                        + URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20") + "@")
                .orElse("");
    }

    /** The variable where that is what set it. */
    private static String named(CacheSettings settings, Setting<?> setting) {
        Origin origin = settings.originOf(setting);
        return origin instanceof Origin.Environment variable
                ? variable.variable()
                : setting.property() + " (" + origin + ")";
    }

    /** Without what may be a password. */
    @Override
    public String toString() {
        return adapter + " because of " + reason;
    }
}
