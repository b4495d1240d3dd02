package io.cacheport.examples.dashboard;

import io.cacheport.CacheServicePort;
import io.cacheport.guard.GuardStats;
import io.cacheport.guard.GuardedCache;
import io.cacheport.health.CacheHealth;
import io.cacheport.tiered.FeedState;
import io.cacheport.tiered.TieredCache;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How the cache and what stands behind it are at a moment: what is a state rather than a counter. */
record Condition(
        boolean connected,
        @Nullable String reason,
        Map<String, String> circuits,
        @Nullable GuardStats guard,
        @Nullable FeedState feed) {

    private static final double NANOS_IN_MILLI = 1e6;

    /** Round trips as for {@link CacheHealth#of}. */
    static Condition of(CacheServicePort cache) {
        CacheServicePort store = TieredCache.storeOf(cache);
        Map<String, String> circuits = new TreeMap<>();
        GuardStats guard = null;
        if (store instanceof GuardedCache guarded) {
            guarded.guard().circuits().forEach((node, state) -> circuits.put(node, state.tag()));
            guard = guarded.guard().stats();
        }
        FeedState feed = cache instanceof TieredCache tiered ? tiered.feedState() : null;
        CacheHealth health = CacheHealth.of(cache);
        return new Condition(health.connected(), health.reason(), circuits, guard, feed);
    }

    boolean isDegraded() {
        return reason != null;
    }

    /** Invalidations that wait for the store. */
    long journal() {
        return guard == null ? 0 : guard.pending();
    }

    /** How stale a near copy can be; null while nothing is served near. */
    @Nullable
    Double stalenessMillis() {
        Duration age = feed == null ? null : feed.staleness();
        return age == null ? null : age.toNanos() / NANOS_IN_MILLI;
    }
}
