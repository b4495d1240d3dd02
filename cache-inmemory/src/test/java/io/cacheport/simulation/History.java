package io.cacheport.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The database, and of each key what was read and invalidated in which order; so, what a reader may be given. */
final class History {

    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final World world;
    private long events;

    private static final class Key {
        private int version = 1;
        private boolean isThere = true;

        /** When the store did the last invalidation that was acknowledged. */
        private long invalidatedAt;

        /** When the store last did one, acknowledged or not. */
        private long removedAt;

        /** When a load last read that there is none. */
        private long absenceReadAt;

        /** When those who load now were given their leases. */
        private final List<Long> leasesInUse = new ArrayList<>();
    }

    History(World world, List<String> keys) {
        this.world = world;
        keys.forEach(key -> this.keys.put(key, new Key()));
    }

    /** What happens next comes after all that has. */
    long tick() {
        return ++events;
    }

    void update(String key) {
        Key at = at(key);
        at.version++;
        at.isThere = world.scheduler.random().nextInt(5) != 0;
        world.scheduler.note("database:", key, at.isThere ? "becomes v" + at.version : "is deleted");
    }

    @Nullable
    Row read(String key) {
        return read(key, false);
    }

    @Nullable
    Row read(String key, boolean unasked) {
        Key at = at(key);
        long now = tick();
        if (!at.isThere) {
            at.absenceReadAt = now;
        }
        Row row = at.isThere ? new Row(key, at.version, now, unasked) : null;
        world.scheduler.note("database:", row == null ? "no " + key + " read at " + now : row);
        return row;
    }

    void removed(String key, long when) {
        Key at = at(key);
        at.removedAt = Math.max(at.removedAt, when);
    }

    void acknowledged(String key, long when) {
        Key at = at(key);
        at.invalidatedAt = Math.max(at.invalidatedAt, when);
    }

    /** What a call that begins now may no longer be given. */
    Map<String, Long> invalidations() {
        Map<String, Long> invalidations = new LinkedHashMap<>();
        keys.forEach((key, at) -> invalidations.put(key, at.invalidatedAt));
        return invalidations;
    }

    /** While nothing fails, whoever loads has a lease, and nobody else has one of the same time. */
    void loadBegins(String key, @Nullable Long leasedAt, long waited) {
        Key at = at(key);
        if (!world.plan.calm()) {
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
        at.leasesInUse.add(leasedAt);
    }

    void loadEnds(String key, @Nullable Long leasedAt) {
        at(key).leasesInUse.remove(leasedAt);
    }

    /** A caller got this, and began when those were the last invalidations. */
    void given(String key, @Nullable Row row, Map<String, Long> invalidations, long begunAtNanos) {
        long invalidatedAt = Objects.requireNonNull(invalidations.get(key));
        if (row == null) {
            if (at(key).absenceReadAt <= invalidatedAt) {
                throw world.scheduler.violated(
                        "STALE: no " + key + ", which nobody has read since its invalidation at " + invalidatedAt);
            }
            return;
        }
        if (!row.key.equals(key)) {
            throw world.scheduler.violated("another key's value: " + row + " for " + key);
        }
        if (row.readAt <= invalidatedAt) {
            throw world.scheduler.violated("STALE: " + row + ", invalidated at " + invalidatedAt);
        }
        if (row.unasked) {
            throw world.scheduler.violated(row + ", which its loader was not asked for");
        }
        if (row.storedAt >= 0 && begunAtNanos - row.storedAt > world.plan.ttlNanos()) {
            throw world.scheduler.violated("EXPIRED: " + row);
        }
    }

    /** Everything has expired, so it must be what the database has. */
    void givenAfterAll(String key, @Nullable Row row) {
        Key at = at(key);
        if (at.isThere ? row == null || row.version != at.version : row != null) {
            throw world.scheduler.violated(
                    "outlived everything: " + row + ", the database has " + (at.isThere ? "v" + at.version : "none"));
        }
    }

    private Key at(String key) {
        return Objects.requireNonNull(keys.get(key));
    }
}
