package io.cacheport.simulation;

import io.cacheport.lease.Stamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The writes in two phases that are under way, and those whose process died in between. */
final class Writes {

    private final World world;
    private final Map<Stamp, Held> held = new LinkedHashMap<>();
    private final List<Unfinished> unfinished = new ArrayList<>();

    private record Held(String key, long begunAt, long untilNanos) {}

    private record Unfinished(Write write, long untilNanos) {}

    Writes(World world) {
        this.world = world;
    }

    void begins(String key, Stamp write, long nanos) {
        held.put(write, new Held(key, world.history.tick(), world.scheduler.now() + nanos));
    }

    void ends(Stamp write) {
        held.remove(write);
    }

    /** Somebody was given the key's lease, or a value. */
    void given(String key) {
        for (Held one : held.values()) {
            if (one.key().equals(key)
                    && one.untilNanos() > world.scheduler.now()
                    && world.history.isUndisturbed(key, one.begunAt())) {
                throw world.scheduler.violated(key + " is leased, or there, while it is written");
            }
        }
    }

    /** It was committed and not ended. */
    void writerDied(Write write, long untilNanos) {
        unfinished.add(new Unfinished(write, untilNanos));
    }

    /** Those whose time is over now count as ended; unless something else removed or put what keeps others from storing. */
    void timePasses() {
        unfinished.removeIf(one -> {
            Write write = one.write();
            boolean over = one.untilNanos() <= world.scheduler.now();
            if (over && world.history.isUndisturbed(write.key(), write.begunAt())) {
                world.history.acknowledged(write.key(), write.committedAt());
            }
            return over;
        });
    }
}
