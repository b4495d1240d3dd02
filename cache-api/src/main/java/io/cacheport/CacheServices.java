package io.cacheport;

import io.cacheport.spi.CacheAdapterProvider;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes caches from a URI or from the environment; the adapters' own builders give the rest.
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

    private static final Map<String, String> ARTIFACTS = Map.of(
            "memory", "cache-inmemory",
            "redis", "cache-redis",
            "rediss", "cache-redis",
            "redis-cluster", "cache-redis",
            "rediss-cluster", "cache-redis",
            "redis-sentinel", "cache-redis",
            "rediss-sentinel", "cache-redis");

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
        return connect(uri, Map.of());
    }

    private static CacheServicePort connect(String uri, Map<String, String> environment) {
        String scheme = schemeOf(uri);
        Set<String> known = new TreeSet<>(ARTIFACTS.keySet());
        for (CacheAdapterProvider provider :
                ServiceLoader.load(CacheAdapterProvider.class, CacheServices.class.getClassLoader())) {
            if (provider.schemes().contains(scheme)) {
                return provider.connect(uri, environment);
            }
            known.addAll(provider.schemes());
        }
        String artifact = ARTIFACTS.get(scheme);
        if (artifact != null) {
            throw new IllegalStateException(
                    "no adapter for " + scheme + ": on the class path; add the artifact io.cacheport:" + artifact);
        }
        throw new IllegalArgumentException("unknown scheme \"" + scheme + "\" in the cache URI; known are " + known);
    }

    /** {@link #fromEnvironment(Map)} with this process's environment variables. */
    public static CacheServicePort fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * The cache the environment asks for, by the first line that applies. The choice and its reason are logged.
     *
     * <ol>
     *   <li>{@code ADAPTERS_PRESET=mock}: in memory, whatever else is set
     *   <li>{@code REDIS_CLUSTER_ENABLED=true}: the cluster at {@code REDIS_CLUSTER_NODES} (host:port, comma-separated)
     *       with {@code REDIS_PASSWORD} if set
     *   <li>{@code REDIS_URL}: that Redis
     *   <li>{@code REDIS_HOST}: that Redis, with {@code REDIS_PORT} (6379) and {@code REDIS_PASSWORD} if set
     *   <li>nothing of these: in memory, with a WARN if {@code ADAPTERS_PRESET=real} asked for more
     * </ol>
     *
     * <p>A Redis is given the circuit breaker that {@code CACHE_CB_FAILURE_THRESHOLD}, {@code CACHE_CB_RECOVERY_TIMEOUT},
     * {@code CACHE_CB_MONITORING_PERIOD} and {@code CACHE_CB_HALF_OPEN_MAX_CALLS} ask for, see {@link
     * io.cacheport.guard.CircuitBreakerPolicy#fromEnvironment}.
     *
     * @throws IllegalArgumentException if a variable has a value that is not allowed, naming both
     * @throws IllegalStateException if the adapter's artifact is not on the class path, naming it
     */
    public static CacheServicePort fromEnvironment(Map<String, String> environment) {
        String preset = environment.get("ADAPTERS_PRESET");
        if (preset != null && !Set.of("mock", "real", "").contains(preset)) {
            throw new IllegalArgumentException("ADAPTERS_PRESET is \"" + preset + "\"; allowed are mock and real");
        }
        if ("mock".equals(preset)) {
            return chosen(environment, "memory:", "in-memory", "ADAPTERS_PRESET=mock");
        }
        String url = set(environment, "REDIS_URL");
        if (isClusterEnabled(environment.get("REDIS_CLUSTER_ENABLED"))) {
            if (url != null && schemeOf(url).endsWith("-sentinel")) {
                throw new IllegalArgumentException("REDIS_CLUSTER_ENABLED is true but REDIS_URL names sentinels ("
                        + schemeOf(url) + "://): a Redis has the one or the other");
            }
            String nodes = set(environment, "REDIS_CLUSTER_NODES");
            if (nodes == null) {
                throw new IllegalArgumentException(
                        "REDIS_CLUSTER_ENABLED is true but REDIS_CLUSTER_NODES is not set: list host:port,host:port");
            }
            return chosen(
                    environment,
                    "redis-cluster://" + credentials(environment) + nodes,
                    "Redis Cluster",
                    "REDIS_CLUSTER_ENABLED");
        }
        if (url != null) {
            return chosen(environment, url, "Redis", "REDIS_URL");
        }
        String host = set(environment, "REDIS_HOST");
        if (host != null) {
            String port = set(environment, "REDIS_PORT");
            return chosen(
                    environment,
                    "redis://" + credentials(environment) + host + ":" + (port == null ? "6379" : port),
                    "Redis",
                    "REDIS_HOST");
        }
        if ("real".equals(preset)) {
            log.warn("ADAPTERS_PRESET=real, but none of REDIS_URL, REDIS_HOST and REDIS_CLUSTER_ENABLED is set");
        }
        return chosen(environment, "memory:", "in-memory", "no Redis in the environment");
    }

    private static CacheServicePort chosen(Map<String, String> environment, String uri, String adapter, String reason) {
        CacheServicePort cache = connect(uri, environment);
        log.atInfo()
                .addKeyValue("adapter", adapter)
                .addKeyValue("because", reason)
                .log("cache adapter chosen");
        return cache;
    }

    private static String schemeOf(String uri) {
        int colon = uri.indexOf(':');
        String scheme = colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.matches("[a-z][a-z0-9+.-]*")) {
            throw new IllegalArgumentException(
                    "the cache URI has no scheme; write memory: or redis://host:port or redis-cluster://host:port,host:port");
        }
        return scheme;
    }

    private static boolean isClusterEnabled(@Nullable String value) {
        if (value == null || value.isBlank() || value.equalsIgnoreCase("false")) {
            return false;
        }
        if (value.equalsIgnoreCase("true")) {
            return true;
        }
        throw new IllegalArgumentException("REDIS_CLUSTER_ENABLED is \"" + value + "\"; allowed are true and false");
    }

    private static String credentials(Map<String, String> environment) {
        String password = set(environment, "REDIS_PASSWORD");
        return password == null
                ? ""
                : ":" + URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20") + "@";
    }

    /** A variable that is there but blank counts as not set, which is how compose files leave one out. */
    private static @Nullable String set(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
