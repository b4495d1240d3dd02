package io.cacheport.health;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import org.jspecify.annotations.Nullable;

/**
 * How a cache is, for a health endpoint. The components are the fields of its JSON, so a JSON library writes it as it is;
 * {@link #toJson} writes the same without one.
 *
 * <pre>{@code
 * {"connected":true,"hits":14,"misses":1,"keys":156,"totalRequests":15,"hitRate":"93.33%","efficiency":"optimal",
 *  "status":"healthy","reason":null}
 * }</pre>
 *
 * <p>A service works without its cache, so a cache is degraded at worst, never down, and no reason to take a process out of
 * service. There is neither key nor address in it.
 *
 * @param connected whether the store answers now
 * @param hits as in {@link CacheStats}, of this process, since the cache was made
 * @param misses likewise
 * @param keys entries in the store, as in {@link CacheStats}; -1 if it could not be asked
 * @param totalRequests hits and misses
 * @param hitRate their share, with two decimals, such as {@code 93.33%}
 * @param efficiency {@code optimal}, or {@code degraded} for a cache that serves less than it could
 * @param status {@code healthy} or {@code degraded}, as the efficiency says
 * @param reason the {@link Degradation#tag} of why it is degraded; null if it is not
 * @since 0.1
 */
public record CacheHealth(
        boolean connected,
        long hits,
        long misses,
        long keys,
        long totalRequests,
        String hitRate,
        String efficiency,
        String status,
        @Nullable String reason) {

    /**
     * The health of a cache now. Two round trips, or one if the first is not answered: over a store that hangs it takes as long
     * as one call may. Never throws because of the store.
     *
     * @param cache any: with or without a near tier, a part of one, or somebody's own
     */
    public static CacheHealth of(CacheServicePort cache) {
        return HealthCheck.of(cache).now();
    }

    static CacheHealth of(boolean connected, CacheStats stats, @Nullable Degradation why) {
        return new CacheHealth(
                connected,
                stats.hits(),
                stats.misses(),
                stats.keys(),
                stats.totalRequests(),
                stats.hitRatePercent(),
                why == null ? "optimal" : "degraded",
                why == null ? "healthy" : "degraded",
                why == null ? null : why.tag());
    }

    /** One JSON object with the components as they are named. */
    public String toJson() {
        return "{\"connected\":" + connected + ",\"hits\":" + hits + ",\"misses\":" + misses + ",\"keys\":" + keys
                + ",\"totalRequests\":" + totalRequests + ",\"hitRate\":" + quoted(hitRate) + ",\"efficiency\":"
                + quoted(efficiency) + ",\"status\":" + quoted(status) + ",\"reason\":"
                + (reason == null ? "null" : quoted(reason)) + "}";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
