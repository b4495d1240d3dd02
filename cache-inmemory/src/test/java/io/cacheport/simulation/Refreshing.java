package io.cacheport.simulation;

import io.cacheport.lease.Stamp;
import java.util.HashMap;
import java.util.Map;

/** Who refreshes which value: one at a time, while nothing fails, and nobody for a while after that failed. */
final class Refreshing {

    private final World world;
    private final Map<Stamp, Value> values = new HashMap<>();

    private static final class Value {
        private boolean isRefreshed;
        private long restsUntil;
    }

    Refreshing(World world) {
        this.world = world;
    }

    void begins(String key, Stamp stamp) {
        Value value = of(stamp);
        if (value.restsUntil > world.scheduler.now()) {
            throw world.scheduler.violated(key + " is refreshed though it rests");
        }
        if (value.isRefreshed && world.plan.calm()) {
            throw world.scheduler.violated(key + " is refreshed twice at once, though nothing fails");
        }
        value.isRefreshed = true;
    }

    void ends(Stamp stamp) {
        of(stamp).isRefreshed = false;
    }

    /** From then on it rests, if nothing keeps the store from knowing. */
    void fails(Stamp stamp) {
        if (world.plan.calm()) {
            of(stamp).restsUntil = world.scheduler.now() + world.manner.restNanos();
        }
    }

    /** The store knows. */
    void rests(Stamp stamp, long until) {
        of(stamp).restsUntil = until;
    }

    private Value of(Stamp stamp) {
        return values.computeIfAbsent(stamp, unknown -> new Value());
    }
}
