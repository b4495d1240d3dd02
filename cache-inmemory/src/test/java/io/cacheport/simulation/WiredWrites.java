package io.cacheport.simulation;

import io.cacheport.TypeRef;
import io.cacheport.lease.Leases;
import io.cacheport.lease.OrderedWrites;
import io.cacheport.lease.Sighting;
import io.cacheport.lease.Stamp;
import io.cacheport.lease.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What of the store's leases is for writers, at the other end of a wire. */
abstract class WiredWrites implements OrderedWrites {

    final World world;
    final Wire wire;
    final History history;
    final Leases store;

    WiredWrites(World world, Wire wire) {
        this.world = world;
        this.wire = wire;
        this.history = world.history;
        this.store = world.store.leases();
    }

    @Override
    public boolean setIfNewer(String key, @Nullable Object value, Terms terms) {
        int version = Math.toIntExact(Objects.requireNonNull(terms.version()));
        boolean put = wire.send("put", key, () -> {
            Sighting<Row> there = store.look(key, TypeRef.of(Row.class), true, List.of());
            boolean stored = store.setIfNewer(key, value, terms);
            if (stored) {
                Row older = there == null ? null : there.value();
                if (older != null && older.isVersioned && older.version >= version) {
                    throw world.scheduler.violated("v" + version + " was put in the place of " + older);
                }
                history.put(key, value, version, terms.fresh().toNanos(), true);
            }
            history.compared(key, version);
            return stored;
        });
        world.scheduler.me().hasPut = true;
        return put;
    }

    @Override
    public Stamp beginWrite(String key, Duration time) {
        return wire.send("begin", key, () -> {
            Stamp write = store.beginWrite(key, time);
            history.removed(key, history.tick());
            history.writes.begins(key, write, time.toNanos());
            world.scheduler.me().heldUntil = world.scheduler.now() + time.toNanos();
            return write;
        });
    }

    @Override
    public void endWrite(String key, Stamp write) {
        wire.send("end", key, () -> {
            store.endWrite(key, write);
            history.writes.ends(write);
            history.removed(key, history.tick());
            return true;
        });
    }
}
