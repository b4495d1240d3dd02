package io.cacheport.health;

import java.util.Locale;

/**
 * Why a cache serves less than it could: a closed set, so that it can be a key to a runbook. In order: where several are
 * true, the first is told, since it explains those after it.
 *
 * @since 0.1
 */
public enum Degradation {
    /** Somebody has opened a circuit: {@link io.cacheport.guard.Guard#forceOpen}. Calls are answered without the store. */
    CIRCUIT_FORCED_OPEN,
    /** The store does not answer. */
    NOT_CONNECTED,
    /** The store answers, but a node of it did not a moment ago, and is not asked until a probe finds it well. */
    CIRCUIT_OPEN,
    /** Invalidations wait to be made; what they name is read as a miss until then. */
    INVALIDATIONS_PENDING,
    /** The near cache does not know what changes in the store, or in a part of it: its keys are read from the store. */
    NEAR_NOT_SERVED,
    /** Fewer reads hit than {@link HealthCheck#hitRateFloor} asks for. */
    HIT_RATE_LOW;

    /** As it is called in JSON, logs and meters: lower case. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
