package io.cacheport.inmemory;

import io.cacheport.CacheStats;
import io.cacheport.Glob;
import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import io.cacheport.lease.Lease;
import io.cacheport.lease.Sighting;
import io.cacheport.lease.Stamp;
import io.cacheport.lease.Tags;
import io.cacheport.lease.Terms;
import io.cacheport.spi.UnreadableValueException;
import io.cacheport.tiered.Copy;
import io.cacheport.tiered.NearStore;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Copies as entries like others, that have a proof beside them; the place for one is a lease. */
final class InMemoryNearStore implements NearStore {

    /** Longer than any read takes; it ends with the read. */
    private static final Duration PLACE_TIME = Duration.ofMinutes(1);

    private final Store store;
    private final InMemoryLeases leases;
    private final int maximumValueBytes;

    InMemoryNearStore(Store store, InMemoryLeases leases, int maximumValueBytes) {
        this.store = store;
        this.leases = leases;
        this.maximumValueBytes = maximumValueBytes;
    }

    @Override
    public <T> @Nullable T local(String key, TypeRef<T> type, @Nullable T missing) {
        Entry entry = store.find(key);
        if (entry == null || entry.proof() == null) {
            return missing;
        }
        try {
            T value = store.form.read(key, entry.stored(), type);
            store.stats.hit();
            return value;
        } catch (UnreadableValueException ofAnotherType) {
            return missing;
        }
    }

    @Override
    public <T> @Nullable Sighting<T> look(String key, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        Sighting<T> seen = null;
        try {
            seen = has(key) ? leases.sighting(key, type, alsoStale, tags) : null;
        } catch (UnreadableValueException ofAnotherType) {
            // the store is asked
        }
        if (seen == null) {
            store.stats.miss();
        } else {
            store.stats.hit();
        }
        return seen;
    }

    @Override
    public @Nullable Lease begin(String key) {
        Lease place = Lease.of(key, PLACE_TIME);
        long nanos = PLACE_TIME.toNanos();
        Entry there = store.lease(place, nanos, null);
        while (there != null && there.isValue()) {
            there = store.lease(place, nanos, there);
        }
        return there == null && !store.isClosed() ? place : null;
    }

    @Override
    public <T> boolean keep(Lease place, Copy<T> copy, TypeRef<T> type, Duration life) {
        Sighting<T> seen = copy.seen();
        long deadline = copy.askedAt() + life.toNanos();
        try {
            Object held = store.form.holdCopy(place.key(), seen.value(), type);
            boolean kept = store.form.bytes(held) <= maximumValueBytes
                    && store.keep(
                            place, held, deadline, besideOf(copy, deadline), Objects.requireNonNull(copy.proof()));
            store.stats.sets(kept ? 1 : 0);
            return kept;
        } catch (ValueEncodingException hasNone) {
            return false; // the store's has one
        }
    }

    private static @Nullable Beside besideOf(Copy<?> copy, long deadline) {
        Sighting<?> seen = copy.seen();
        Stamp stamp = seen.stamp();
        Duration freshFor = seen.freshFor();
        if (stamp == null || freshFor == null) {
            return null;
        }
        Map<String, String> stampsByKey = new HashMap<>();
        seen.tags().forEach((tag, its) -> stampsByKey.put(Tags.keyOf(tag), its));
        Duration age = seen.age();
        long storedAt = copy.askedAt() - (age == null ? 0 : age.toNanos());
        Lease refreshing = seen.leased() && !seen.resting() ? Lease.ofValue(seen.key(), PLACE_TIME) : null;
        return new Beside(
                new Terms(freshFor, Duration.ZERO, seen.loadTime(), null, seen.tags()),
                stampsByKey,
                stamp,
                storedAt,
                copy.askedAt() + freshFor.toNanos(),
                refreshing,
                seen.resting(),
                deadline);
    }

    @Override
    public void end(Lease place) {
        store.release(place);
    }

    @Override
    public boolean has(String key) {
        Entry entry = store.find(key);
        return entry != null && entry.proof() != null;
    }

    @Override
    public void drop(String key) {
        store.stats.deletes(store.drop(key) ? 1 : 0);
    }

    @Override
    public void drop(Glob glob) {
        store.stats.deletes(store.dropIf(glob::matches));
    }

    @Override
    public void dropAll() {
        store.stats.deletes(store.dropIf(key -> true));
    }

    @Override
    public CacheStats stats() {
        return store.stats.snapshot(store.estimatedSize());
    }
}
