package io.cacheport.simulation;

import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.lease.LeasedCache;
import io.cacheport.lease.Leases;
import io.cacheport.spi.ForwardingCacheService;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A process's cache: the shared store at the other end of a wire. To the engine it is a cache of its own. */
final class Node extends ForwardingCacheService implements LeasedCache {

    final int number;
    private final World world;
    final Timers timers;
    private final Strict strict;
    private final WiredLeases leases;

    /** The whole process does nothing until then. */
    long standsStillUntil;

    private boolean dead;

    Node(World world, int number) {
        super(world.store);
        Wire wire = new Wire(world);
        this.world = world;
        this.number = number;
        this.timers = new Timers(world.scheduler);
        this.strict = new Strict(world, wire);
        this.leases = new WiredLeases(world, wire, new Sharing(world));
    }

    void callEnds(String key, Actor caller) {
        leases.sharing.callEnds(key, caller);
    }

    /** On a thread of this process; now and then there are too many. */
    boolean inBackground(Runnable task) {
        return world.inBackground(this, task);
    }

    void kill() {
        dead = true;
    }

    boolean isDead() {
        return dead;
    }

    @Override
    public CacheServicePort strict() {
        return strict;
    }

    @Override
    public Leases leases() {
        return leases;
    }

    @Override
    public <T> @Nullable T getOrDefault(String key, TypeRef<T> type, @Nullable T missing) {
        try {
            return strict.getOrDefault(key, type, missing);
        } catch (CacheException ill) {
            return missing;
        }
    }

    @Override
    public boolean del(String key) {
        try {
            return strict.del(key);
        } catch (CacheException ill) {
            world.scheduler.me().hasNotRemoved = true;
            return false;
        }
    }

    @Override
    public void set(String key, @Nullable Object value, Duration ttl) {
        try {
            strict.set(key, value, ttl);
        } catch (CacheException ill) {
            world.scheduler.me().hasNotRemoved = true;
        }
    }

    /** As it goes over the wire; throws what may happen there. */
    private static final class Strict extends ForwardingCacheService {

        private final World world;
        private final Wire wire;

        Strict(World world, Wire wire) {
            super(world.store.strict());
            this.world = world;
            this.wire = wire;
        }

        @Override
        public <T> @Nullable T getOrDefault(String key, TypeRef<T> type, @Nullable T missing) {
            Actor me = world.scheduler.me();
            long start = world.scheduler.now();
            Supplier<@Nullable T> command = () -> super.getOrDefault(key, type, missing);
            T found = wire.send("get", key, command);
            me.hasLookedFor = Math.max(me.hasLookedFor, world.scheduler.now() - start);
            me.takesSince = -1;
            return found;
        }

        @Override
        public boolean del(String key) {
            return wire.send("del", key, () -> {
                world.history.disturbed(key, world.history.tick());
                return super.del(key);
            });
        }

        @Override
        public void set(String key, @Nullable Object value, Duration ttl) {
            if (!world.scheduler.me().puts) {
                throw world.scheduler.violated(key + " is stored without a lease");
            }
            wire.send("set", key, () -> {
                super.set(key, value, ttl);
                int version = value instanceof Row row ? row.version : world.history.version(key);
                world.history.put(key, value, version, ttl.toNanos(), false);
                return true;
            });
        }

        @Override
        public long flush(String glob) {
            return wire.send("flush", glob, () -> {
                world.keys.forEach(key -> world.history.disturbed(key, world.history.tick()));
                return super.flush(glob);
            });
        }

        @Override
        public CacheServicePort strict() {
            return this;
        }
    }
}
