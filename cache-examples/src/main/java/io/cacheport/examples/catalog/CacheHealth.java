package io.cacheport.examples.catalog;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;

/** The cache's part of a health check, in the JSON that its monitoring expects. */
record CacheHealth(boolean connected, long hits, long misses, long keys, long totalRequests, String hitRate) {

    static CacheHealth of(CacheServicePort cache) {
        CacheStats stats = cache.getStats();
        return new CacheHealth(
                cache.isConnected(),
                stats.hits(),
                stats.misses(),
                stats.keys(),
                stats.totalRequests(),
                stats.hitRatePercent());
    }

    /** {@code GET /health}. The service works without its cache, so an ill cache is no more than degraded. */
    record Service(String status, CacheHealth cache) {

        static Service of(CacheServicePort cache) {
            CacheHealth health = CacheHealth.of(cache);
            return new Service(health.connected ? "healthy" : "degraded", health);
        }
    }

    /** {@code GET /health/cache}. */
    record Detail(@JsonUnwrapped CacheHealth cache, String efficiency) {

        static Detail of(CacheServicePort cache) {
            CacheHealth health = CacheHealth.of(cache);
            return new Detail(health, health.connected ? "optimal" : "degraded");
        }
    }
}
