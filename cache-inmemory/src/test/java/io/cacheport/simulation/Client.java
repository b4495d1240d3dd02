package io.cacheport.simulation;

import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CacheAside;
import io.cacheport.aside.CachePolicy;
import io.cacheport.aside.CacheWrite;
import java.util.List;
import java.util.SplittableRandom;

/** What one thread of a process does: reads by any entry, and writes the database and tells the cache in any way. */
final class Client implements Runnable {

    private final World world;
    private final Scheduler scheduler;
    private final Manner manner;
    private final History history;
    private final SplittableRandom random;
    private final Actor me;

    Client(World world) {
        this.world = world;
        this.scheduler = world.scheduler;
        this.manner = world.manner;
        this.history = world.history;
        this.random = world.scheduler.random();
        this.me = world.scheduler.me();
    }

    @Override
    public void run() {
        for (int left = world.plan.callsPerClient() * (manner.rests ? 3 : 1); left > 0; left--) {
            try {
                scheduler.step();
                Thread.interrupted();
                me.wasInterrupted = false;
                me.leasedAt.clear();
                me.puts = false;
                if (manner.rests && random.nextInt(2) == 0) {
                    scheduler.sleep(random.nextLong(world.plan.ttlNanos() * 2 / (1 + random.nextInt(8))));
                }
                if (me.node == null) {
                    invalidate(world.store);
                } else if (scheduler.chance(world.plan.invalidates() / (manner.rests ? 2 : 1))) {
                    write(me.node);
                } else {
                    new Call(world, me).read(me.node);
                }
            } catch (Scheduler.Killed killed) {
                Thread.interrupted();
                Write write = me.write;
                if (write != null && write.committedAt() > 0 && write.begunAt() > 0) {
                    history.writes.writerDied(write, me.heldUntil);
                }
                me.write = null;
                me.node = world.node(me.node == null ? 0 : me.node.number);
            }
        }
    }

    private void write(Node node) {
        CachePolicy policy = manner.any(random);
        Cache<Integer, Row> view = manner.view(node, policy);
        if (manner.writesInTwoPhases && manner.writesOnlySo) {
            writeInTwoPhases(node, view);
        } else if (!manner.tags().isEmpty() && random.nextInt(2) == 0) {
            invalidateTag(node, view, policy);
        } else if (manner.putsByVersion && random.nextInt(2) == 0) {
            put(view, policy, true);
        } else if (manner.puts && random.nextInt(2) == 0) {
            put(view, policy, false);
        } else if (manner.writesInTwoPhases && random.nextInt(4) != 0) {
            writeInTwoPhases(node, view);
        } else {
            invalidate(node.strict());
        }
    }

    private void invalidate(CacheServicePort cache) {
        String key = world.anyKey();
        if (random.nextInt(4) != 0) {
            history.update(key);
            scheduler.step();
        }
        boolean all = random.nextInt(3) == 0;
        try {
            if (all) {
                cache.flush("row:*");
            } else {
                cache.del(key);
            }
        } catch (CacheException notAcknowledged) {
            return;
        }
        long executedAt = cache == world.store ? history.tick() : me.executedAt;
        for (String each : all ? world.keys : List.of(key)) {
            history.disturbed(each, executedAt);
            history.acknowledged(each, executedAt);
        }
        scheduler.note("acknowledged: removal of", all ? "all" : key, "at", executedAt);
    }

    private void invalidateTag(Node node, Cache<Integer, Row> view, CachePolicy policy) {
        if (random.nextInt(4) != 0) {
            history.update(world.anyKey());
            scheduler.step();
        }
        List<String> tags = manner.tags();
        String tag = tags.get(random.nextInt(tags.size()));
        me.hasNotRemoved = false;
        switch (random.nextInt(3)) {
            case 0 -> CacheAside.invalidateTag(node, tag);
            case 1 -> view.invalidateTag(tag);
            default -> {
                if (manner.isGenerationOf(policy)) {
                    view.invalidateAll();
                } else {
                    view.invalidateTag(tag);
                }
            }
        }
        if (!me.hasNotRemoved) {
            // one that only a loader knows is invalidated at the first of two steps: who reads after that reads what
            // was
            // written before the call
            long when = tag.startsWith("kind:") ? me.executedBefore : me.executedAt;
            history.tagInvalidated(tag, when);
            scheduler.note("acknowledged: invalidation of tag", tag, "at", when);
        }
    }

    private void put(Cache<Integer, Row> view, CachePolicy policy, boolean byVersion) {
        String key = world.anyKey();
        int number = Call.numberOf(key);
        Row row = history.update(key);
        int version = history.version(key);
        if (row != null) {
            row.tags = policy.tags();
        }
        scheduler.step();
        me.hasNotRemoved = false;
        me.hasPut = false;
        boolean done = true;
        if (byVersion) {
            done = view.put(number, row, version);
        } else {
            me.puts = true;
            view.put(number, row);
            me.puts = false;
        }
        if (me.hasNotRemoved) {
            return;
        }
        if (done) {
            history.acknowledged(key, me.executedAt - 2); // what was put was read after that
        }
        if (me.hasPut) {
            history.putAcknowledged(key, version, me.executedAt);
        }
        scheduler.note("acknowledged:", done ? "put of" : "refused put of", key, "v" + version, "at", me.executedAt);
    }

    private void writeInTwoPhases(Node node, Cache<Integer, Row> view) {
        String key = world.anyKey();
        CacheWrite write = view.beginWrite(Call.numberOf(key), manner.hold);
        long begunAt = write.isFenced() ? me.executedAt : 0;
        me.write = new Write(key, begunAt, 0);
        scheduler.note("writes", key, write.isFenced() ? "" : "without a fence");
        takeTime();
        history.update(key);
        boolean held = scheduler.now() < me.heldUntil;
        me.write = new Write(key, begunAt, held ? history.tick() : 0);
        takeTime();
        if (!world.plan.calm() && random.nextInt(3) == 0) {
            world.kill(node.number);
            scheduler.step();
        }
        me.hasNotRemoved = false;
        write.close();
        me.write = null;
        if (!me.hasNotRemoved) {
            history.acknowledged(key, me.executedAt);
            scheduler.note("acknowledged: write of", key, "at", me.executedAt);
        }
    }

    private void takeTime() {
        scheduler.sleep(random.nextLong(
                switch (random.nextInt(4)) {
                    case 0 -> 2 * manner.hold.toNanos();
                    case 1 -> 20_000_000;
                    default -> 1_000_000;
                }));
    }
}
