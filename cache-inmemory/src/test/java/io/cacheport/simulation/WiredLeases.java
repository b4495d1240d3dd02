package io.cacheport.simulation;

import io.cacheport.CacheException;
import io.cacheport.TypeRef;
import io.cacheport.lease.Fill;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.LeaseAnswer.Failed;
import io.cacheport.lease.LeaseAnswer.Granted;
import io.cacheport.lease.LeaseAnswer.Held;
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
final class WiredLeases extends WiredWrites implements Leases {

    final Sharing sharing;

    /** Of which act of storing a value the lease is. */
    private final Map<Lease, Stamp> refreshed = new HashMap<>();

    /** When the store gave it. */
    private final Map<Lease, Long> givenAt = new HashMap<>();

    /** Those that the engine has ended. */
    private final Set<Lease> ended = new HashSet<>();

    /** Until when the store keeps those that it gave or renewed. */
    private final Map<Lease, Long> liveUntil = new HashMap<>();

    WiredLeases(World world, Wire wire, Sharing sharing) {
        super(world, wire);
        this.sharing = sharing;
    }

    @Override
    public <T> LeaseAnswer<T> take(String key, TypeRef<T> type, Duration time, Collection<String> tags) {
        Actor me = world.scheduler.me();
        sharing.takes(key, me);
        LeaseAnswer<T> answer = wire.send("lease", key, () -> live(store.take(key, type, time, tags)));
        granted(me, key, answer);
        return answer;
    }

    private <T> LeaseAnswer<T> live(LeaseAnswer<T> answer) {
        if (answer instanceof Granted<T> granted) {
            history.writes.given(granted.lease().key());
            givenAt.put(granted.lease(), history.tick());
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
        } else if (answer instanceof Held || answer instanceof Failed) {
            me.leasedAt.put(key, Actor.FREELY);
        }
    }

    @Override
    public boolean fill(Lease lease, @Nullable Object value, Terms terms) {
        ends(lease);
        return wire.send("fill", lease.key(), () -> filled(lease, value, terms));
    }

    private boolean filled(Lease lease, @Nullable Object value, Terms terms) {
        boolean filled = store.fill(lease, value, terms);
        if (filled) {
            stored(lease, value, terms);
        }
        return filled;
    }

    @Override
    public <T> Map<String, LeaseAnswer<T>> takeAll(
            Collection<String> keys, TypeRef<T> type, Duration time, Collection<String> tags) {
        Actor me = world.scheduler.me();
        Map<String, LeaseAnswer<T>> answers = new LinkedHashMap<>();
        for (List<String> part : parts(keys)) {
            try {
                Map<String, LeaseAnswer<T>> some = wire.send("leases", part, () -> {
                    Map<String, LeaseAnswer<T>> given = store.takeAll(part, type, time, tags);
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
        fills.forEach(fill -> ends(fill.lease()));
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
            Terms terms = fill.terms();
            if (terms != null && live.contains(fill.lease())) {
                stored(fill.lease(), fill.value(), terms);
            }
        }
        return live;
    }

    private void stored(Lease lease, @Nullable Object value, Terms terms) {
        long now = world.scheduler.now();
        if (!lease.ofValue() && now >= Objects.requireNonNull(liveUntil.get(lease))) {
            throw world.scheduler.violated("a lease of " + lease.key() + " whose time was over has filled");
        }
        requireUntouched(lease);
        history.stored(lease.key(), value, terms.fresh().toNanos(), terms.version() != null);
    }

    /** Nobody has set or removed the key since the lease was given (L4, L10). */
    private void requireUntouched(Lease lease) {
        if (history.isRemovedSince(lease.key(), Objects.requireNonNull(givenAt.get(lease)))) {
            throw world.scheduler.violated("a lease of " + lease.key() + " has filled that had ended");
        }
    }

    private void ends(Lease lease) {
        ended.add(lease);
        Stamp value = refreshed.get(lease);
        if (value != null) {
            history.refreshing.ends(value);
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
        ends(lease);
        return wire.send("release", lease.key(), () -> store.release(lease));
    }

    @Override
    public boolean fail(Lease lease, String failure, Duration time) {
        ends(lease);
        return wire.send("fail", lease.key(), () -> {
            boolean kept = store.fail(lease, failure, time);
            if (kept) {
                history.failureKept(lease.key(), time.toNanos());
            }
            return kept;
        });
    }

    @Override
    public <T> @Nullable Sighting<T> look(String key, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        Actor me = world.scheduler.me();
        long start = world.scheduler.now();
        Sighting<T> seen = wire.send("get", key, () -> store.look(key, type, alsoStale, tags));
        me.hasLookedFor = Math.max(me.hasLookedFor, world.scheduler.now() - start);
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
        String key = seen.key();
        Stamp stamp = Objects.requireNonNull(seen.stamp());
        Lease lease = wire.send("refresh", key, () -> {
            Lease given = store.refresh(seen, time);
            if (given != null) {
                refreshed.put(given, stamp);
                givenAt.put(given, history.tick());
                history.refreshing.begins(key, stamp);
            }
            return given;
        });
        if (lease != null) {
            Actor me = world.scheduler.me();
            me.leasedAt.put(key, Actor.FREELY);
            me.refreshing.put(key, stamp);
        }
        return lease;
    }

    @Override
    public boolean keep(Lease lease, Terms terms) {
        ends(lease);
        return wire.send("keep", lease.key(), () -> {
            boolean kept = store.keep(lease, terms);
            if (kept) {
                requireUntouched(lease);
                history.kept(lease.key(), terms.fresh().toNanos());
            }
            return kept;
        });
    }

    @Override
    public boolean rest(Lease lease, Duration time) {
        ends(lease);
        return wire.send("rest", lease.key(), () -> {
            boolean rests = store.rest(lease, time);
            if (rests) {
                long until = world.scheduler.now() + time.toNanos();
                history.refreshing.rests(Objects.requireNonNull(refreshed.get(lease)), until);
                history.rests(lease.key(), until);
            }
            return rests;
        });
    }

    @Override
    public Map<String, String> stamps(Collection<String> tags, Duration life) {
        return wire.send("stamps", tags, () -> store.stamps(tags, life));
    }
}
