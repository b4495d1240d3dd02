package io.cacheport.simulation;

import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What one thread of a process does: reads by any entry, and invalidates after it has written. */
final class Client implements Runnable {

    private final World world;
    private final Scheduler scheduler;
    private final History history;
    private final SplittableRandom random;

    Client(World world) {
        this.world = world;
        this.scheduler = world.scheduler;
        this.history = world.history;
        this.random = world.scheduler.random();
    }

    @Override
    public void run() {
        Actor me = scheduler.me();
        for (int left = world.plan.callsPerClient(); left > 0; left--) {
            try {
                scheduler.step();
                Thread.interrupted();
                me.wasInterrupted = false;
                if (me.node == null || scheduler.chance(world.plan.invalidates())) {
                    invalidate(me.node);
                } else {
                    new Call(world, me).read(me.node);
                }
            } catch (Scheduler.Killed killed) {
                Thread.interrupted();
                me.leasedAt.clear();
                me.node = world.node(me.node == null ? 0 : me.node.number);
            }
        }
    }

    private void invalidate(@Nullable Node node) {
        String key = world.anyKey();
        if (random.nextInt(4) != 0) {
            history.update(key);
            scheduler.step();
        }
        boolean all = random.nextInt(3) == 0;
        CacheServicePort cache = node == null ? world.store : node.strict();
        try {
            if (all) {
                cache.flush("row:*");
            } else {
                cache.del(key);
            }
        } catch (CacheException notAcknowledged) {
            return;
        }
        long executedAt = node == null ? history.tick() : scheduler.me().executedAt;
        for (String each : all ? world.keys : List.of(key)) {
            history.removed(each, executedAt);
            history.acknowledged(each, executedAt);
        }
        scheduler.note("acknowledged: removal of", all ? "all" : key, "at", executedAt);
    }
}
