package io.cacheport.health;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.RateWindow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a cache before it is called healthy. Immutable and thread-safe; each method gives a changed copy.
 *
 * <pre>{@code
 * HealthCheck check = HealthCheck.of(cache).hitRateFloor(0.6, 10_000);
 * CacheHealth health = check.now();
 * }</pre>
 *
 * @since 0.1
 */
public final class HealthCheck {

    private static final Duration RECENT = Duration.ofMinutes(5);

    private final CacheServicePort cache;
    private final double hitRate;
    private final long afterRequests;

    private HealthCheck(CacheServicePort cache, double hitRate, long afterRequests) {
        this.cache = cache;
        this.hitRate = hitRate;
        this.afterRequests = afterRequests;
    }

    /** That its store answers and all of it is served. No I/O. */
    public static HealthCheck of(CacheServicePort cache) {
        if (cache == null) {
            throw new IllegalArgumentException("cache is null");
        }
        return new HealthCheck(cache, 0, 0);
    }

    /**
     * And that so many reads hit, of those in the last five minutes; where the cache keeps no count of these, since it was made.
     *
     * @param rate above 0, at most 1
     * @param requests as long as there were fewer nothing is said of them, 1 or more
     */
    public HealthCheck hitRateFloor(double rate, long requests) {
        if (!(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException("hit rate floor " + rate + " is not above 0 and at most 1");
        }
        if (requests < 1) {
            throw new IllegalArgumentException("requests " + requests + " is less than 1");
        }
        return new HealthCheck(cache, rate, requests);
    }

    /** The health now: as {@link CacheHealth#of}. */
    public CacheHealth now() {
        boolean connected = isConnected();
        CacheStats stats = stats(connected);
        return CacheHealth.of(connected, stats, why(connected, stats));
    }

    // a cache may not throw (P22); if one does, that is no reason for a health endpoint to fail

    private boolean isConnected() {
        try {
            return cache.isConnected();
        } catch (RuntimeException failure) {
            return false;
        }
    }

    /** A store that did not answer is not waited for a second time. */
    private CacheStats stats(boolean connected) {
        try {
            return connected ? cache.getStats() : Diagnosed.statsOf(cache);
        } catch (RuntimeException failure) {
            return new CacheStats(0, 0, 0, 0, 0, -1);
        }
    }

    private @Nullable Degradation why(boolean connected, CacheStats stats) {
        Degradation known = Diagnosed.degradationOf(cache);
        if (!connected && known != Degradation.CIRCUIT_FORCED_OPEN) {
            return Degradation.NOT_CONNECTED;
        }
        if (known != null) {
            return known;
        }
        return isHitRateLow(stats) ? Degradation.HIT_RATE_LOW : null;
    }

    private boolean isHitRateLow(CacheStats stats) {
        for (RateWindow recent : stats.recent()) {
            if (recent.window().equals(RECENT)) {
                return recent.requests() >= afterRequests && recent.hitRate() < hitRate;
            }
        }
        return stats.totalRequests() >= afterRequests && stats.hitRate() < hitRate;
    }

    @Override
    public String toString() {
        return "HealthCheck[" + cache + (hitRate == 0 ? "]" : ", hit rate " + hitRate + " at least]");
    }
}
