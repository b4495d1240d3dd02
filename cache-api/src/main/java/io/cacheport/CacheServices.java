package io.cacheport;

import io.cacheport.config.CacheSettings;
import io.cacheport.config.NearSettings;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes caches from a URI, from settings or from the environment; what only code can say, the adapters' own builders take.
 *
 * <table>
 *   <caption>URIs</caption>
 *   <tr><th>URI</th><th>cache</th><th>artifact</th></tr>
 *   <tr><td>{@code memory:}</td><td>in this process</td><td>{@code cache-inmemory}</td></tr>
 *   <tr><td>{@code redis://[user:password@]host[:port][/database][?prefix=shop:]}</td><td>Redis</td>
 *       <td>{@code cache-redis}</td></tr>
 *   <tr><td>{@code rediss://...}</td><td>Redis over TLS</td><td>{@code cache-redis}</td></tr>
 *   <tr><td>{@code redis-cluster://host:port,host:port}, {@code rediss-cluster://...}</td><td>Redis Cluster</td>
 *       <td>{@code cache-redis}</td></tr>
 *   <tr><td>{@code redis-sentinel://host:port,host:port/master[/database]}, {@code rediss-sentinel://...}</td>
 *       <td>the Redis that the sentinels call the master</td><td>{@code cache-redis}</td></tr>
 * </table>
 *
 * @since 0.1
 */
public final class CacheServices {

    private static final Logger log = LoggerFactory.getLogger(CacheServices.class);

    private CacheServices() {}

    /**
     * A cache for the URI. Returns at once when a Redis cannot be reached: the cache misses until it can.
     *
     * @throws IllegalArgumentException if no adapter knows the scheme or the URI is malformed; no password is quoted
     * @throws IllegalStateException if the adapter's artifact is not on the class path, naming it
     */
    public static CacheServicePort connect(String uri) {
        if (uri == null) {
            throw new IllegalArgumentException("uri is null: pass memory: or redis://host:port");
        }
        return Adapters.of(uri).connect(uri);
    }

    /** {@link #fromEnvironment(Map)} with this process's environment variables. */
    public static CacheServicePort fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * {@link #connect(CacheSettings)} with {@link CacheSettings#fromEnvironment(Map)}.
     *
     * @throws IllegalArgumentException if variables have values that are not allowed, naming each and its rule
     * @throws IllegalStateException if the adapter's artifact is not on the class path, naming it
     */
    public static CacheServicePort fromEnvironment(Map<String, String> environment) {
        return connect(CacheSettings.fromEnvironment(environment));
    }

    /**
     * The cache that the settings ask for, by the first line that applies. The choice and its reason are logged.
     *
     * <ol>
     *   <li>preset {@code mock} ({@code ADAPTERS_PRESET}): in memory, whatever else is set
     *   <li>{@code REDIS_CLUSTER_ENABLED}: the cluster at {@code REDIS_CLUSTER_NODES} (host:port, comma-separated) with {@code
     *       REDIS_PASSWORD} if set
     *   <li>{@code REDIS_URL}: that Redis
     *   <li>{@code REDIS_HOST}: that Redis, with {@code REDIS_PORT} (6379) and {@code REDIS_PASSWORD} if set
     *   <li>nothing of these: in memory, with a WARN if the preset {@code real} asked for more
     * </ol>
     *
     * <p>The adapter gets the settings that it has. With {@link NearSettings#ENABLED} a Redis gets a near cache in front of it,
     * a {@link io.cacheport.tiered.TieredCache}, for which {@code cache-inmemory} has to be on the class path too.
     *
     * @throws IllegalArgumentException if the settings contradict each other or the URI, never quoting a password
     * @throws IllegalStateException if the artifact of an adapter is not on the class path, naming it
     */
    public static CacheServicePort connect(CacheSettings settings) {
        if (settings == null) {
            throw new IllegalArgumentException("settings is null");
        }
        StoreChoice choice = StoreChoice.of(settings);
        CacheServicePort cache = choice.isRedis() && settings.get(NearSettings.ENABLED)
                ? NearFront.connect(choice.uri(), settings)
                : Adapters.of(choice.uri()).connect(choice.uri(), settings);
        log.atInfo()
                .addKeyValue("adapter", choice.adapter())
                .addKeyValue("because", choice.reason())
                .log("cache adapter chosen");
        log.atDebug().addKeyValue("settings", settings).log("cache settings");
        return cache;
    }
}
