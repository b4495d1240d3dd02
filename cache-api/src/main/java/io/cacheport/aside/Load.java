package io.cacheport.aside;

import io.cacheport.CacheDataException;
import io.cacheport.CacheException;
import io.cacheport.CacheRefusedException;
import io.cacheport.aside.CacheResult.Origin;
import io.cacheport.lease.Lease;
import io.cacheport.lease.Leases;
import io.cacheport.lease.Sighting;
import io.cacheport.lease.Tags;
import io.cacheport.lease.Terms;
import io.cacheport.spi.LoadCounter;
import io.cacheport.spi.LoadLimit;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of a loader, and what becomes of what it gives. It ends with a result or a failure in its flight, whatever
 * happens; a lease it has is filled, or ended.
 */
final class Load<A, T extends @Nullable Object, X extends Exception> implements Runnable {

    private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

    /** Of the time a load takes, how much the newest tells. */
    private static final double SMOOTHING = 0.3;

    private final Flight flight;
    private final Call<A, T, X> call;
    private final FlightId id;
    private final CachePolicy policy;
    private final boolean stored;
    private final @Nullable Leases leases;
    private final @Nullable Lease lease;
    private final @Nullable Sighting<T> fallback;

    private Load(
            Flight flight,
            Call<A, T, X> call,
            boolean stored,
            @Nullable Leases leases,
            @Nullable Lease lease,
            @Nullable Sighting<T> fallback) {
        this.flight = flight;
        this.call = call;
        this.id = call.id;
        this.policy = call.policy;
        this.stored = stored;
        this.leases = leases;
        this.lease = lease;
        this.fallback = fallback;
    }

    /**
     * For its callers alone.
     *
     * @param fallback served if the load fails
     */
    static <A, T extends @Nullable Object, X extends Exception> Load<A, T, X> unstored(
            Flight flight, Call<A, T, X> call, @Nullable Sighting<T> fallback) {
        return new Load<>(flight, call, false, null, null, fallback);
    }

    /** Stored over a cache without leases. */
    static <A, T extends @Nullable Object, X extends Exception> Load<A, T, X> stored(
            Flight flight, Call<A, T, X> call) {
        return new Load<>(flight, call, true, null, null, null);
    }

    /**
     * Stored if the lease lives.
     *
     * @param fallback the value that it is to replace, served if the load fails
     */
    static <A, T extends @Nullable Object, X extends Exception> Load<A, T, X> leased(
            Flight flight, Call<A, T, X> call, Leases leases, Lease lease, @Nullable Sighting<T> fallback) {
        return new Load<>(flight, call, true, leases, lease, fallback);
    }

    @Nullable
    Sighting<T> fallback() {
        return fallback;
    }

    /** Before it was run. */
    void giveUp() {
        if (leases != null && lease != null) {
            CacheCalls.release(leases, lease);
        }
    }

    @Override
    @SuppressWarnings("CatchingUnchecked") // whatever it is, those who wait are told
    public void run() {
        try {
            if (leases != null && lease != null) {
                leased(leases, lease);
            } else {
                withoutLease();
            }
        } catch (Throwable failure) {
            flight.failed(failure, Flights.isInterrupt(failure));
        }
    }

    private void withoutLease() throws X {
        T value;
        try {
            value = load(new LoadContext<>(policy, fallback));
        } catch (Throwable failure) {
            if (fallback == null || !isOfTheLoader(failure)) {
                throw failure;
            }
            servedStale(fallback, failure);
            return;
        }
        if (stored && leases == null) {
            CacheCalls.store(id.cache(), policy, id.key(), value);
        }
        loaded(value, CacheCalls.leasesOf(id.cache()) == null); // there, nobody can tell
    }

    private void loaded(T value, boolean current) {
        flight.succeeded(new CacheResult<>(value, Origin.LOADER, Duration.ZERO), current);
    }

    @SuppressWarnings("CatchingUnchecked") // whatever it is, the lease is ended
    private void leased(Leases from, Lease live) throws X {
        Map<String, String> stamps = CacheCalls.stamps(from, policy);
        if (stamps == null) { // what is loaded could not be told from what was invalidated meanwhile
            flight.foundCacheIll(); // and it is not asked again (A11): the lease ends by itself
            withoutLease();
            return;
        }
        LoadContext<T> context = new LoadContext<>(policy, fallback);
        long start = Time.here().nanoTime();
        LeaseRenewal renewal = LeaseRenewal.start(from, List.of(live));
        T value;
        try {
            value = load(context);
        } catch (Throwable failure) {
            renewal.close();
            failed(from, live, failure);
            return;
        }
        renewal.close();
        Duration loadTime = smoothed(Duration.ofNanos(Time.here().nanoTime() - start));
        boolean current = fill(from, live, value, context, loadTime, stamps);
        loaded(value, current && !policy.isTagged()); // a tag may have been invalidated, which ends no lease
    }

    private Duration smoothed(Duration newest) {
        if (fallback == null || fallback.loadTime().isZero()) {
            return newest;
        }
        double nanos = SMOOTHING * newest.toNanos()
                + (1 - SMOOTHING) * fallback.loadTime().toNanos();
        return Duration.ofNanos((long) nanos);
    }

    /** Rather than of the machine, or of a caller who was told to stop. */
    private static boolean isOfTheLoader(Throwable failure) {
        return failure instanceof Exception && !Flights.isInterrupt(failure);
    }

    @SuppressWarnings("NullAway") // the checker does not see that the type argument may be nullable
    private void servedStale(Sighting<T> stale, Throwable failure) {
        CacheCalls.servedStale(failure);
        flight.succeeded(new CacheResult<>(stale.value(), Origin.STALE, stale.age()), false);
    }

    private void failed(Leases from, Lease live, Throwable failure) {
        flight.filling();
        if (fallback != null && isOfTheLoader(failure)) {
            CacheCalls.rest(from, live, policy.retryAfter());
            servedStale(fallback, failure);
            return;
        }
        Duration errorTtl = policy.errorTtl();
        if (isOfTheLoader(failure) && errorTtl != null) {
            CacheCalls.fail(from, live, failure.getClass().getName(), errorTtl);
        } else {
            CacheCalls.release(from, live);
        }
        flight.failed(failure, Flights.isInterrupt(failure));
    }

    /** Whether nothing has happened to the key since the lease was given, and the value is there now. */
    private boolean fill(
            Leases from, Lease live, T value, LoadContext<T> context, Duration loadTime, Map<String, String> stamps) {
        flight.filling();
        try {
            Map<String, String> all = allStamps(from, context, stamps);
            Terms terms = null;
            if (all != null && context.isStored()) {
                terms = policy.termsOf(value, context.ttl(), loadTime, context.version(), all);
            }
            if (terms != null) {
                boolean unmodified = live.ofValue() && !context.isModified();
                boolean filled = unmodified ? from.keep(live, terms) : from.fill(live, value, terms);
                if (!filled) {
                    Told.count(id.cache(), loads -> loads.refusedFills(1));
                }
                return filled;
            }
            boolean current = from.release(live);
            if (live.ofValue() && all != null) { // the value there was is not the source's any more
                CacheCalls.remove(id.cache(), id.key());
            }
            return current;
        } catch (CacheRefusedException | CacheDataException notThisOne) {
            return CacheCalls.release(from, live);
        } catch (CacheException ill) {
            flight.foundCacheIll();
            return false; // it is not asked again (A11): the lease ends by itself
        } catch (RuntimeException failure) {
            CacheCalls.failed("fill", failure);
            return CacheCalls.release(from, live);
        }
    }

    /**
     * Those that the tags had before the load; null if that cannot be told. Of a tag that only the loader knows, its stamp is
     * from before the load if no tag at all was invalidated since: who invalidates changes the stamp of all tags first.
     *
     * @throws CacheException if the cache cannot be asked
     */
    private @Nullable Map<String, String> allStamps(Leases from, LoadContext<T> context, Map<String, String> before) {
        if (!policy.hasLoaderTags()) {
            return before;
        }
        Map<String, String> all = new LinkedHashMap<>(before);
        String allTags = all.remove(Tags.ALL);
        if (!context.tags().isEmpty()) {
            Map<String, String> late = from.stamps(context.tags(), policy.lifeOfStamps());
            Map<String, String> now = from.stamps(List.of(Tags.ALL), policy.lifeOfStamps());
            if (late.size() < context.tags().size() || allTags == null || !allTags.equals(now.get(Tags.ALL))) {
                return null;
            }
            all.putAll(late);
        }
        return all;
    }

    private T load(LoadContext<T> context) throws X {
        return within(id, flight, () -> call.load(context));
    }

    /** Calls a loader within the limit of a degraded cache (A10). */
    static <R extends @Nullable Object, X extends Exception> R within(
            FlightId id, Flight flight, CacheLoader<R, X> loader) throws X {
        LoadLimit limit = CacheCalls.limitOf(id.cache(), id.key());
        if (limit != null) {
            enter(limit, id);
        }
        int depth = DEPTH.get();
        Told.OneLoad told = Told.load(id.cache());
        try {
            flight.hasPlace = true;
            DEPTH.set(depth + 1);
            R loaded = loader.load();
            told.ended(null);
            return loaded;
        } catch (Throwable failure) {
            told.ended(failure);
            throw failure;
        } finally {
            if (depth == 0) {
                DEPTH.remove();
            } else {
                DEPTH.set(depth);
            }
            if (limit != null) {
                limit.leave();
            }
        }
    }

    private static void enter(LoadLimit limit, FlightId id) {
        try {
            if (!limit.enter()) {
                Told.count(id.cache(), LoadCounter::rejected);
                throw new LoadRejectedException(limit);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LoadInterruptedException("a load to end, of a degraded cache", interrupted);
        }
    }

    /** Whether this thread is calling a loader already. */
    static boolean isInside() {
        return DEPTH.get() > 0;
    }
}
