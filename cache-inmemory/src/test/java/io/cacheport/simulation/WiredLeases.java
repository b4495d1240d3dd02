package io.cacheport.simulation;

import io.cacheport.CacheException;
import io.cacheport.TypeRef;
import io.cacheport.lease.Fill;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.LeaseAnswer.Granted;
import io.cacheport.lease.Leases;
import io.cacheport.lease.Sighting;
import io.cacheport.lease.Stamp;
import io.cacheport.lease.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The store's leases at the other end of a wire. */
final class WiredLeases implements Leases {

    private final World world;
    private final Wire wire;
    private final Leases store;
    final Sharing sharing;

    /** Those that the engine has ended. */
    private final Set<Lease> ended = new HashSet<>();

    /** Until when the store keeps those that it gave or renewed. */
    private final Map<Lease, Long> liveUntil = new HashMap<>();

    WiredLeases(World world, Wire wire, Sharing sharing) {
        this.world = world;
        this.wire = wire;
        this.sharing = sharing;
        this.store = world.store.leases();
    }

    @Override
    public <T> LeaseAnswer<T> take(String key, TypeRef<T> type, Duration time) {
        Actor me = world.scheduler.me();
        sharing.takes(key, me);
        LeaseAnswer<T> answer = wire.send("lease", key, () -> live(store.take(key, type, time)));
        granted(me, key, answer);
        return answer;
    }

    private <T> LeaseAnswer<T> live(LeaseAnswer<T> answer) {
        if (answer instanceof Granted<T> granted) {
            lives(granted.lease());
        }
        return answer;
    }

    private void lives(Lease lease) {
        liveUntil.put(lease, world.scheduler.now() + lease.time().toNanos());
    }

    private static void granted(Actor me, String key, LeaseAnswer<?> answer) {
        if (answer instanceof Granted) {
            me.leasedAt.put(key, me.executedAt);
        }
    }

    @Override
    public boolean fill(Lease lease, @Nullable Object value, Terms terms) {
        ended.add(lease);
        return wire.send("fill", lease.key(), () -> filled(lease, value, terms));
    }

    private boolean filled(Lease lease, @Nullable Object value, Terms terms) {
        boolean filled = store.fill(lease, value, terms);
        if (filled) {
            stored(lease, value);
        }
        return filled;
    }

    @Override
    public <T> Map<String, LeaseAnswer<T>> takeAll(Collection<String> keys, TypeRef<T> type, Duration time) {
        Actor me = world.scheduler.me();
        Map<String, LeaseAnswer<T>> answers = new LinkedHashMap<>();
        for (List<String> part : parts(keys)) {
            try {
                Map<String, LeaseAnswer<T>> some = wire.send("leases", part, () -> {
                    Map<String, LeaseAnswer<T>> given = store.takeAll(part, type, time);
                    given.values().forEach(this::live);
                    return given;
                });
                some.forEach((key, answer) -> granted(me, key, answer));
                answers.putAll(some);
            } catch (CacheException ill) {
                // those are not answered
            }
        }
        return answers;
    }

    @Override
    public Set<Lease> fillAll(Collection<Fill> fills) {
        Set<Lease> live = new HashSet<>();
        fills.forEach(fill -> ended.add(fill.lease()));
        for (List<Fill> part : parts(fills)) {
            try {
                live.addAll(wire.send("fills", keysOf(part), () -> filled(part)));
            } catch (CacheException ill) {
                // those are not known to be
            }
        }
        return live;
    }

    private Set<Lease> filled(List<Fill> fills) {
        Set<Lease> live = store.fillAll(fills);
        for (Fill fill : fills) {
            if (fill.terms() != null && live.contains(fill.lease())) {
                stored(fill.lease(), fill.value());
            }
        }
        return live;
    }

    private void stored(Lease lease, @Nullable Object value) {
        long now = world.scheduler.now();
        if (!lease.ofValue() && now >= Objects.requireNonNull(liveUntil.get(lease))) {
            throw world.scheduler.violated("a lease of " + lease.key() + " whose time was over has filled");
        }
        if (value instanceof Row row) {
            row.storedAt = now;
        }
    }

    private static List<String> keysOf(List<Fill> fills) {
        return fills.stream().map(fill -> fill.lease().key()).toList();
    }

    /** As they go to the nodes of a cluster, each of which may fail alone. */
    private static <E> List<List<E>> parts(Collection<E> all) {
        List<E> list = new ArrayList<>(all);
        int half = (list.size() + 1) / 2;
        return list.size() < 2
                ? (list.isEmpty() ? List.of() : List.of(list))
                : List.of(list.subList(0, half), list.subList(half, list.size()));
    }

    @Override
    public boolean renew(Lease lease) {
        if (ended.contains(lease)) {
            throw world.scheduler.violated("a lease of " + lease.key() + " is renewed after its load has ended");
        }
        return wire.send("renew", lease.key(), () -> renewed(lease));
    }

    private boolean renewed(Lease lease) {
        boolean live = store.renew(lease);
        if (live) {
            lives(lease);
        }
        return live;
    }

    @Override
    public boolean release(Lease lease) {
        ended.add(lease);
        return wire.send("release", lease.key(), () -> store.release(lease));
    }

    @Override
    public boolean fail(Lease lease, String failure, Duration time) {
        ended.add(lease);
        return wire.send("fail", lease.key(), () -> store.fail(lease, failure, time));
    }

    @Override
    public <T> @Nullable Sighting<T> look(String key, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        Actor me = world.scheduler.me();
        long start = world.scheduler.now();
        Sighting<T> seen = wire.send("get", key, () -> store.look(key, type, alsoStale, tags));
        me.hasLookedFor = world.scheduler.now() - start;
        me.takesSince = -1;
        return seen;
    }

    @Override
    public <T> Map<String, @Nullable Sighting<T>> lookAll(
            Collection<String> keys, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        Map<String, @Nullable Sighting<T>> seen = new LinkedHashMap<>();
        for (List<String> part : parts(keys)) {
            try {
                seen.putAll(wire.send("gets", part, () -> store.lookAll(part, type, alsoStale, tags)));
            } catch (CacheException ill) {
                // those are not answered
            }
        }
        return seen;
    }

    @Override
    public @Nullable Lease refresh(Sighting<?> seen, Duration time) {
        return wire.send("refresh", seen.key(), () -> store.refresh(seen, time));
    }

    @Override
    public boolean keep(Lease lease, Terms terms) {
        ended.add(lease);
        return wire.send("keep", lease.key(), () -> store.keep(lease, terms));
    }

    @Override
    public boolean rest(Lease lease, Duration time) {
        ended.add(lease);
        return wire.send("rest", lease.key(), () -> store.rest(lease, time));
    }

    @Override
    public Map<String, String> stamps(Collection<String> tags, Duration life) {
        return wire.send("stamps", tags, () -> store.stamps(tags, life));
    }

    @Override
    public boolean setIfNewer(String key, @Nullable Object value, Terms terms) {
        return wire.send("put", key, () -> store.setIfNewer(key, value, terms));
    }

    @Override
    public Stamp beginWrite(String key, Duration time) {
        return wire.send("begin", key, () -> store.beginWrite(key, time));
    }

    @Override
    public void endWrite(String key, Stamp write) {
        wire.send("end", key, () -> {
            store.endWrite(key, write);
            return true;
        });
    }
}
