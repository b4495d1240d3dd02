package io.cacheport.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Who asks for leases in one process, while nothing fails: one caller for each key (A2), and not for ever (A13). One whose
 * look took longer than others have patience is left out: they ask beside it.
 */
final class Sharing {

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A pause, and two commands that are answered slowly. */
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final World world;
    private final Map<String, Actor> leaders = new HashMap<>();

    Sharing(World world) {
        this.world = world;
    }

    void takes(String key, Actor caller) {
        if (!world.plan.calm() || world.manner.timed) {
            return;
        }
        long now = world.scheduler.now();
        caller.takesSince = caller.takesSince < 0 ? now : caller.takesSince;
        if (now - caller.takesSince > World.LONGEST_WAIT_NANOS + ROUND_NANOS) {
            throw world.scheduler.violated("the lease of " + key + " is waited for without end");
        }
        if (caller.asksForOne && caller.hasLookedFor < PATIENCE_NANOS) {
            Actor leader = leaders.putIfAbsent(key, caller);
            if (leader != null && leader != caller) {
                throw world.scheduler.violated("two callers of one process ask for the lease of " + key);
            }
        }
    }

    void callEnds(String key, Actor caller) {
        leaders.remove(key, caller);
    }
}
