package io.cacheport.inmemory;

import io.cacheport.CacheException;
import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import io.cacheport.inmemory.Entry.Occupant;
import io.cacheport.lease.Fill;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.LeaseAnswer.Failed;
import io.cacheport.lease.LeaseAnswer.Found;
import io.cacheport.lease.LeaseAnswer.Granted;
import io.cacheport.lease.LeaseAnswer.Held;
import io.cacheport.lease.LeaseAnswer.Taken;
import io.cacheport.lease.Leases;
import io.cacheport.lease.Sighting;
import io.cacheport.lease.Stamp;
import io.cacheport.lease.Tags;
import io.cacheport.lease.Terms;
import io.cacheport.spi.CacheKeys;
import io.cacheport.spi.CacheTtl;
import io.cacheport.spi.FailureHandler;
import io.cacheport.spi.UnreadableValueException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Leases, and what goes with them, as entries of their own kinds in the place where the value is or will be. */
final class InMemoryLeases implements Leases {

    private final Store store;
    private final FailureHandler failures;
    private final int maximumValueBytes;

    InMemoryLeases(Store store, FailureHandler failures, int maximumValueBytes) {
        this.store = store;
        this.failures = failures;
        this.maximumValueBytes = maximumValueBytes;
    }

    @Override
    public <T> LeaseAnswer<T> take(String key, TypeRef<T> type, Duration time, Collection<String> tags) {
        Lease lease = Lease.of(CacheKeys.require(key), time);
        long nanos = nanosOf(time);
        requireOpen("lease");
        Entry there = store.lease(lease, nanos, null);
        while (there != null && there.isValue()) {
            try {
                if (store.isUsable(there) && hasTags(there, tags)) {
                    return new Found<>(store.form.read(key, there.stored(), type), true);
                }
                there = store.lease(lease, nanos, there);
            } catch (UnreadableValueException inTheWay) {
                there = store.lease(lease, nanos, there);
            }
        }
        if (there == null) {
            return new Granted<>(lease);
        }
        if (there.occupant() instanceof Occupant.Failure failed) {
            return new Failed<>(failed.failure());
        }
        return there.occupant() instanceof Occupant.Writing ? new Held<>() : new Taken<>();
    }

    @Override
    public boolean fill(Lease lease, @Nullable Object value, Terms terms) {
        Object held = store.hold(lease.key(), value);
        requireOpen("fill");
        if (store.form.bytes(held) > maximumValueBytes) {
            store.release(lease);
            throw failures.toThrow("fill", ErrorCause.TOO_LARGE, null);
        }
        boolean filled = store.fill(lease, held, terms);
        store.stats.sets(filled ? 1 : 0);
        return filled;
    }

    @Override
    public <T> Map<String, LeaseAnswer<T>> takeAll(
            Collection<String> keys, TypeRef<T> type, Duration time, Collection<String> tags) {
        Collection<String> distinct = CacheKeys.requireAll(keys);
        nanosOf(time);
        Map<String, LeaseAnswer<T>> answers = new HashMap<>();
        if (isClosedFor("lease", distinct)) {
            return answers;
        }
        distinct.forEach(key -> answers.put(key, take(key, type, time, tags)));
        return answers;
    }

    @Override
    public Set<Lease> fillAll(Collection<Fill> fills) {
        Set<Lease> live = new HashSet<>();
        for (Fill one : fills) {
            try {
                if (one.terms() == null ? release(one.lease()) : fill(one.lease(), one.value(), one.terms())) {
                    live.add(one.lease());
                }
            } catch (ValueEncodingException | CacheException counted) {
                store.release(one.lease());
            }
        }
        return live;
    }

    @Override
    public boolean renew(Lease lease) {
        requireOpen("renew");
        return store.renew(lease, nanosOf(lease.time()));
    }

    @Override
    public boolean release(Lease lease) {
        requireOpen("release");
        return store.release(lease);
    }

    @Override
    public boolean fail(Lease lease, String failure, Duration time) {
        requireOpen("fail");
        return store.fail(lease, failure, nanosOf(time));
    }

    @Override
    public <T> @Nullable Sighting<T> look(String key, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        CacheKeys.require(key);
        if (store.isClosed()) {
            store.stats.miss();
        }
        requireOpen("get");
        Sighting<T> seen = seen(key, type, alsoStale, tags);
        if (seen == null) {
            store.stats.miss();
        } else {
            store.stats.hit();
        }
        return seen;
    }

    private <T> @Nullable Sighting<T> seen(String key, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        try {
            return sighting(key, type, alsoStale, tags);
        } catch (UnreadableValueException unreadable) {
            store.stats.error(ErrorCause.UNREADABLE);
            failures.logged("get", ErrorCause.UNREADABLE, unreadable);
            return null;
        }
    }

    /** Counts nothing. */
    <T> @Nullable Sighting<T> sighting(String key, TypeRef<T> type, boolean alsoStale, Collection<String> tags)
            throws UnreadableValueException {
        Entry entry = alsoStale ? store.findEvenStale(key) : store.find(key);
        if (entry == null || !hasTags(entry, tags)) {
            return null;
        }
        T value = store.form.read(key, entry.stored(), type);
        Duration freshFor = alsoStale ? Duration.ofNanos(store.remainingNanos(entry)) : null;
        Beside beside = entry.beside();
        if (beside == null) {
            return Sighting.plain(key, value, freshFor, true);
        }
        boolean leased = store.isLeased(beside);
        return new Sighting<>(
                key,
                value,
                freshFor,
                Duration.ofNanos(store.nanoTime() - beside.storedAt()),
                beside.terms().loadTime(),
                leased,
                leased && beside.resting(),
                beside.stamp(),
                beside.terms().tags(),
                true);
    }

    private static boolean hasTags(Entry entry, Collection<String> tags) {
        Beside beside = entry.beside();
        return tags.isEmpty()
                || (beside != null && beside.terms().tags().keySet().containsAll(tags));
    }

    @Override
    public <T> Map<String, @Nullable Sighting<T>> lookAll(
            Collection<String> keys, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        Collection<String> distinct = CacheKeys.requireAll(keys);
        Map<String, @Nullable Sighting<T>> seen = new LinkedHashMap<>();
        if (isClosedFor("getAll", distinct)) {
            store.stats.misses(distinct.size());
            return seen;
        }
        for (String key : distinct) {
            Entry entry = store.find(key);
            boolean noValue = entry != null && InMemoryCacheAdapter.isNoValue(entry);
            if (noValue) { // MGET does not tell it from nothing either
                store.stats.miss();
            }
            seen.put(key, noValue ? null : look(key, type, alsoStale, tags));
        }
        return seen;
    }

    @Override
    public @Nullable Lease refresh(Sighting<?> seen, Duration time) {
        Lease lease = Lease.ofValue(CacheKeys.require(seen.key()), time);
        requireOpen("lease");
        return seen.stamp() != null && store.leaseValue(lease, seen.stamp(), nanosOf(time)) ? lease : null;
    }

    @Override
    public boolean keep(Lease lease, Terms terms) {
        requireOpen("keep");
        return store.keep(lease, terms);
    }

    @Override
    public boolean rest(Lease lease, Duration time) {
        requireOpen("rest");
        return store.rest(lease, nanosOf(time));
    }

    @Override
    public Map<String, String> stamps(Collection<String> tags, Duration life) {
        requireOpen("tags");
        long nanos = nanosOf(life);
        Map<String, String> stamps = new LinkedHashMap<>();
        tags.forEach(tag -> stamps.put(tag, store.stamp(Tags.keyOf(tag), nanos)));
        return stamps;
    }

    @Override
    public boolean setIfNewer(String key, @Nullable Object value, Terms terms) {
        CacheKeys.require(key);
        Long version = terms.version();
        if (version == null) {
            throw new IllegalArgumentException(
                    "the value for \"" + key + "\" has no version to tell whether it is newer");
        }
        Object held = store.hold(key, value);
        requireOpen("set");
        if (store.form.bytes(held) > maximumValueBytes) {
            store.remove(key);
            throw failures.toThrow("set", ErrorCause.TOO_LARGE, null);
        }
        boolean stored = store.putIfNewer(key, held, terms, version);
        store.stats.sets(stored ? 1 : 0);
        return stored;
    }

    @Override
    public Stamp beginWrite(String key, Duration time) {
        CacheKeys.require(key);
        long nanos = nanosOf(time);
        requireOpen("write");
        Stamp write = Stamp.next();
        store.beginWrite(key, write, nanos);
        return write;
    }

    @Override
    public void endWrite(String key, Stamp write) {
        CacheKeys.require(key);
        requireOpen("write");
        store.endWrite(key, write);
    }

    private boolean isClosedFor(String operation, Collection<String> keys) {
        if (store.isClosed() && !keys.isEmpty()) {
            failures.failed(operation, ErrorCause.CLOSED, null);
            return true;
        }
        return false;
    }

    private void requireOpen(String operation) {
        if (store.isClosed()) {
            throw failures.toThrow(operation, ErrorCause.CLOSED, null);
        }
    }

    private static long nanosOf(Duration time) {
        return TimeUnit.MILLISECONDS.toNanos(CacheTtl.toMillis(time));
    }
}
