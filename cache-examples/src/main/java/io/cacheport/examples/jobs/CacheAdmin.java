package io.cacheport.examples.jobs;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.guard.CircuitState;
import io.cacheport.guard.GuardedCache;
import java.util.Map;

/** What an administrator may ask of the cache, and do to it. Thread-safe. */
public final class CacheAdmin {

    private final CacheServicePort cache;

    /** Administration of a cache. */
    public CacheAdmin(CacheServicePort cache) {
        this.cache = cache;
    }

    /** Hits, misses, sets, deletes, errors and the hit rate. */
    public CacheStats statistics() {
        return cache.getStats();
    }

    /** The circuit breaker of each Redis node; none in memory. */
    public Map<String, CircuitState> circuits() {
        return cache instanceof GuardedCache guarded ? guarded.guard().circuits() : Map.of();
    }

    /** Removes everything; how many entries that were. */
    public long clear() {
        return cache.clear();
    }

    /** Removes what a pattern names, such as {@code user:*} or {@code user-jobs:123:*}; how many entries that were. */
    public long clear(String pattern) {
        return cache.flush(pattern);
    }
}
