package io.cacheport.health;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.guard.CircuitState;
import io.cacheport.guard.Guard;
import io.cacheport.guard.GuardedCache;
import org.jspecify.annotations.Nullable;

/**
 * Capability of a cache that knows something of its own health without asking its store. {@link
 * io.cacheport.health.HealthCheck} asks here.
 *
 * @since 0.1
 */
public interface Diagnosed {

    /** Why it serves less than it could, as far as is known here; null for nothing known. No I/O, no exception. */
    @Nullable
    Degradation degradation();

    /** The counters, with {@code keys} -1 where the store would have to be asked. No I/O, no exception. */
    CacheStats knownStats();

    /** What any cache knows: by this capability, or by its circuits and journal. */
    static @Nullable Degradation degradationOf(CacheServicePort cache) {
        if (cache instanceof Diagnosed diagnosed) {
            return diagnosed.degradation();
        }
        return cache instanceof GuardedCache guarded ? degradationOf(guarded.guard()) : null;
    }

    /** What circuits and journal tell. */
    static @Nullable Degradation degradationOf(Guard guard) {
        boolean open = false;
        for (CircuitState state : guard.circuits().values()) {
            if (state == CircuitState.FORCED_OPEN) {
                return Degradation.CIRCUIT_FORCED_OPEN;
            }
            open |= state == CircuitState.OPEN || state == CircuitState.HALF_OPEN;
        }
        if (open) {
            return Degradation.CIRCUIT_OPEN;
        }
        return guard.stats().pending() > 0 ? Degradation.INVALIDATIONS_PENDING : null;
    }

    /** The counters of any cache; without this capability its store may be asked. */
    static CacheStats statsOf(CacheServicePort cache) {
        return cache instanceof Diagnosed diagnosed ? diagnosed.knownStats() : cache.getStats();
    }
}
