package io.cacheport.simulation;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The database, and of each key what was read and invalidated in which order; so, what a reader may be given. */
final class History {

    private final Map<String, Known> keys = new LinkedHashMap<>();
    private final World world;
    final Refreshing refreshing;
    final Writes writes;
    private final Map<String, Long> tagsInvalidatedAt = new HashMap<>();
    private long events;

    /** What a caller knows to have happened before its call. */
    record Before(Map<String, Known> keys, Map<String, Long> tags, long at, long nanos) {}

    History(World world, List<String> keys) {
        this.world = world;
        this.refreshing = new Refreshing(world);
        this.writes = new Writes(world);
        keys.forEach(key -> this.keys.put(key, new Known()));
    }

    /** What happens next comes after all that has. */
    long tick() {
        return ++events;
    }

    /** Null if it is deleted. */
    @Nullable
    Row update(String key) {
        Known at = at(key);
        at.version++;
        at.isThere = world.scheduler.random().nextInt(5) != 0;
        world.scheduler.note("database:", key, at.isThere ? "becomes v" + at.version : "is deleted");
        return at.isThere ? new Row(key, at.version, tick(), false) : null;
    }

    int version(String key) {
        return at(key).version;
    }

    @Nullable
    Row read(String key) {
        return read(key, false);
    }

    @Nullable
    Row read(String key, boolean unasked) {
        Known at = at(key);
        long now = tick();
        if (!at.isThere) {
            at.absenceReadAt = now;
        }
        Row row = at.isThere ? new Row(key, at.version, now, unasked) : null;
        world.scheduler.note("database:", row == null ? "no " + key + " read at " + now : row);
        return row;
    }

    /** By the store, which ends its leases. */
    void removed(String key, long when) {
        Known at = at(key);
        at.removedAt = Math.max(at.removedAt, when);
    }

    /** By anything but a write under way. */
    void disturbed(String key, long when) {
        Known at = keys.get(key);
        if (at != null) {
            at.disturbedAt = Math.max(at.disturbedAt, when);
            at.removedAt = Math.max(at.removedAt, when);
        }
    }

    boolean isRemovedSince(String key, long when) {
        return at(key).removedAt > when;
    }

    /** Since then. */
    boolean isUndisturbed(String key, long when) {
        return at(key).disturbedAt < when;
    }

    void acknowledged(String key, long when) {
        Known at = at(key);
        at.invalidatedAt = Math.max(at.invalidatedAt, when);
    }

    void tagInvalidated(String tag, long when) {
        tagsInvalidatedAt.merge(tag, when, Math::max);
    }

    /** The store took it, by a fill or as it was put. */
    void stored(String key, @Nullable Object value, long freshNanos, boolean versioned) {
        Row row = value instanceof Row of ? of : null;
        at(key).stored = row;
        if (row != null) {
            row.freshUntil = world.scheduler.now() + freshNanos;
            row.isVersioned = versioned;
        }
    }

    /** The store took what a writer put. */
    void put(String key, @Nullable Object value, int version, long freshNanos, boolean versioned) {
        long now = tick();
        Known at = at(key);
        disturbed(key, now);
        stored(key, value, freshNanos, versioned);
        if (value instanceof Row row) {
            row.readAt = tick();
        } else {
            at.absenceReadAt = tick();
        }
        if (version < at.newestPut) {
            at.regressedAt = now;
            at.putVersion = version;
        }
        at.newestPut = version;
    }

    /** Whether it took it or not, from then on it is an older one that is put. */
    void compared(String key, int version) {
        at(key).newestPut = Math.max(at(key).newestPut, version);
    }

    /** A put of that version, or of a newer one, was done then. */
    void putAcknowledged(String key, int version, long when) {
        Known at = at(key);
        if (at.regressedAt <= when) {
            at.putVersion = Math.max(at.putVersion, version);
        }
    }

    /** The value that is there begins anew. */
    void kept(String key, long freshNanos) {
        Row row = at(key).stored;
        if (row != null) {
            row.freshUntil = world.scheduler.now() + freshNanos;
        }
    }

    void failureKept(String key, long nanos) {
        Known at = at(key);
        at.failureKeptAt = tick();
        at.failureKeptUntil = Math.max(at.failureKeptUntil, world.scheduler.now() + nanos);
    }

    /** What a call that begins now may rely on. */
    Before before() {
        writes.timePasses();
        Map<String, Known> copies = new HashMap<>();
        keys.forEach((key, at) -> copies.put(key, at.copy()));
        return new Before(copies, Map.copyOf(tagsInvalidatedAt), tick(), world.scheduler.now());
    }

    /** While nothing fails, whoever loads has a lease, and nobody else has one of the same time. */
    void loadBegins(String key, @Nullable Long leasedAt, long waited) {
        Known at = at(key);
        if (!world.plan.calm() || world.manner.timed) {
            return;
        }
        if (leasedAt == null) {
            if (waited < World.LONGEST_WAIT_NANOS) {
                throw world.scheduler.violated(key + " is loaded without a lease, though nothing fails");
            }
            return;
        }
        if (leasedAt > at.removedAt && at.leasesInUse.stream().anyMatch(other -> other > at.removedAt)) {
            throw world.scheduler.violated(key + " is loaded twice at once, though nothing fails");
        }
        if (leasedAt != Actor.FREELY) {
            at.leasesInUse.add(leasedAt);
        }
    }

    void loadEnds(String key, @Nullable Long leasedAt) {
        at(key).leasesInUse.remove(leasedAt);
    }

    void loadFails(String key) {
        at(key).lastFailureNanos = world.scheduler.now();
    }

    void rests(String key, long until) {
        at(key).restsUntil = Math.max(at(key).restsUntil, until);
    }

    /** A caller got this. */
    void given(String key, @Nullable Row row, Before before) {
        Known then = Objects.requireNonNull(before.keys().get(key));
        if (row == null) {
            givenNone(key, then, before);
            return;
        }
        if (!row.key.equals(key)) {
            throw world.scheduler.violated("another key's value: " + row + " for " + key);
        }
        if (row.readAt <= then.invalidatedAt) {
            throw world.scheduler.violated("STALE: " + row + ", invalidated at " + then.invalidatedAt);
        }
        for (String tag : row.tags) {
            long invalidatedAt = before.tags().getOrDefault(tag, 0L);
            if (row.readAt <= invalidatedAt) {
                throw world.scheduler.violated(
                        "STALE: " + row + ", its tag " + tag + " invalidated at " + invalidatedAt);
            }
        }
        if (row.unasked) {
            throw world.scheduler.violated(row + ", which its loader was not asked for");
        }
        if (row.version < then.putVersion && at(key).regressedAt < before.at()) {
            throw world.scheduler.violated("OLDER: " + row + ", v" + then.putVersion + " was put");
        }
        if (row.freshUntil >= 0 && Math.max(row.freshUntil, row.confirmedAtNanos) < before.nanos()) {
            givenStale(key, row, before);
        }
    }

    private void givenNone(String key, Known then, Before before) {
        long invalidatedAt = then.invalidatedAt;
        for (String tag : world.manner.tagsOfAll()) {
            invalidatedAt = Math.max(invalidatedAt, before.tags().getOrDefault(tag, 0L));
        }
        if (at(key).absenceReadAt <= invalidatedAt) {
            throw world.scheduler.violated(
                    "STALE: no " + key + ", which nobody has read since its invalidation at " + invalidatedAt);
        }
    }

    /** It was stale when the call began. */
    private void givenStale(String key, Row row, Before before) {
        long since = before.nanos() - row.freshUntil;
        if (since > world.manner.staleNanos()) {
            throw world.scheduler.violated("EXPIRED: " + row);
        }
        Known at = at(key);
        boolean failed = at.lastFailureNanos >= before.nanos() || at.restsUntil >= before.nanos();
        boolean waited = world.scheduler.now() - before.nanos() >= World.LONGEST_WAIT_NANOS;
        if (since > world.manner.revalidatedNanos() && !failed && !waited && !world.manner.timed) {
            throw world.scheduler.violated("STALE: " + row + " is only for when a load fails, and none has");
        }
    }

    /** It was told that a load has failed, and not by that load. */
    void givenFailure(String key, Before before) {
        Known at = at(key);
        long invalidatedAt = Objects.requireNonNull(before.keys().get(key)).invalidatedAt;
        if (at.failureKeptAt <= invalidatedAt || at.failureKeptUntil < before.nanos()) {
            throw world.scheduler.violated("was told of a failure of " + key + " that is over: kept at "
                    + at.failureKeptAt + ", invalidated at " + invalidatedAt);
        }
    }

    /** Everything has expired, so it must be what the database has. */
    void givenAfterAll(String key, @Nullable Row row) {
        Known at = at(key);
        if (at.isThere ? row == null || row.version != at.version : row != null) {
            throw world.scheduler.violated(
                    "outlived everything: " + row + ", the database has " + (at.isThere ? "v" + at.version : "none"));
        }
    }

    private Known at(String key) {
        return Objects.requireNonNull(keys.get(key));
    }
}
