package io.cacheport.aside;

import io.cacheport.CacheException;
import io.cacheport.CacheRefusedException;
import io.cacheport.aside.CacheCalls.Lookup;
import io.cacheport.aside.CacheResult.Origin;
import io.cacheport.lease.AwaitedLeases;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.LeaseAnswer.Failed;
import io.cacheport.lease.LeaseAnswer.Found;
import io.cacheport.lease.LeaseAnswer.Granted;
import io.cacheport.lease.LeaseAnswer.Held;
import io.cacheport.lease.Leases;
import io.cacheport.lease.Sighting;
import io.cacheport.spi.LoadCounter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the leader of a flight does: look, take the lease, load, fill. One object for each flight. */
final class Loading<A, T extends @Nullable Object, X extends Exception> {

    /** For somebody else's load of the same key to end; after that it is loaded without being stored. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /** How long a lease lives that nobody renews: what a caller elsewhere waits for a process that was killed. */
    static final Duration LEASE = Duration.ofSeconds(2);

    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Flight flight;
    private final Call<A, T, X> call;
    private final FlightId id;
    private final CachePolicy policy;
    private final @Nullable Leases leases;
    private boolean handedOver;
    private long waitedNanos;

    Loading(Flight flight, Call<A, T, X> call) {
        this.flight = flight;
        this.call = call;
        this.id = call.id;
        this.policy = call.policy;
        this.leases = CacheCalls.leasesOf(id.cache());
    }

    /** Whether the flight ends when a load on another thread does, rather than with this call. */
    boolean isHandedOver() {
        return handedOver;
    }

    CacheResult<T> run() throws X {
        if (flight.withoutCache) {
            flight.looked();
            return load(Load.unstored(flight, call, null));
        }
        if (leases == null) {
            return withoutLeases();
        }
        try {
            return withLeases(leases);
        } finally {
            if (waitedNanos > 0) {
                Told.waited(id.cache(), waitedNanos);
            }
        }
    }

    private CacheResult<T> withoutLeases() throws X {
        Lookup<T> lookup = CacheCalls.lookWithoutLeases(call);
        flight.looked();
        if (!lookup.mayStore()) {
            flight.foundCacheIll();
        }
        Sighting<T> seen = lookup.seen();
        return seen == null
                ? load(lookup.mayStore() ? Load.stored(flight, call) : Load.unstored(flight, call, null))
                : ended(resultOf(seen), true);
    }

    private CacheResult<T> withLeases(Leases from) throws X {
        long waitedFrom = Time.here().nanoTime();
        while (true) {
            Lookup<T> lookup = CacheCalls.look(from, call);
            flight.looked();
            if (!lookup.mayStore()) {
                flight.foundCacheIll();
                return load(Load.unstored(flight, call, null));
            }
            CacheResult<T> readable = readable(lookup, call);
            Sighting<T> seen = lookup.seen();
            if (readable != null && seen != null && (!isFallback(seen, policy) || seen.resting())) {
                if (isToBeRefreshed(seen, policy)) {
                    Refreshes.start(from, call, seen);
                }
                return ended(readable, false);
            }
            if (readable == null || seen == null) {
                LeaseAnswer<T> answer = take(from, waitedFrom);
                if (answer instanceof Granted<T> granted) {
                    return load(Load.leased(flight, call, from, granted.lease(), null));
                }
                if (answer instanceof Found<T> found) {
                    if (policy.isPlain()) {
                        return ended(resultOf(plain(found)), false);
                    }
                    if (Time.here().nanoTime() - waitedFrom < LONGEST_WAIT.toNanos()) {
                        continue; // to see how old it is
                    }
                }
                return load(Load.unstored(flight, call, null));
            }
            if (!seen.leased()) {
                Lease lease;
                try {
                    lease = CacheCalls.refresh(from, seen);
                } catch (CacheException ill) {
                    if (!(ill instanceof CacheRefusedException)) {
                        flight.foundCacheIll();
                    }
                    return load(Load.unstored(flight, call, seen));
                }
                if (lease != null) {
                    return load(Load.leased(flight, call, from, lease, seen));
                }
            }
            long left = Math.min(
                    call.nanosUntilStale(),
                    LONGEST_WAIT.toNanos() - (Time.here().nanoTime() - waitedFrom));
            if (left <= 0) {
                return ended(readable, false);
            }
            pause(left, waitedFrom);
        }
    }

    /** What a caller may be given of what was seen, or null. */
    static <T extends @Nullable Object> @Nullable CacheResult<T> readable(Lookup<T> lookup, Call<?, T, ?> call) {
        Sighting<T> seen = lookup.seen();
        return seen != null && isReadable(seen, call.policy) ? resultOf(seen) : null;
    }

    /** Whether it is fresh, or stale for no longer than the policy allows. */
    static boolean isReadable(Sighting<?> seen, CachePolicy policy) {
        return isStaleForLessThan(policy.staleWhileRevalidate(), seen)
                || isStaleForLessThan(policy.staleIfError(), seen);
    }

    /** Whether it is only for when a load fails, or takes its time. */
    static boolean isFallback(Sighting<?> seen, CachePolicy policy) {
        return !isStaleForLessThan(policy.staleWhileRevalidate(), seen);
    }

    private static boolean isStaleForLessThan(Duration limit, Sighting<?> seen) {
        Duration freshFor = seen.freshFor();
        return freshFor == null || !seen.isStale() || freshFor.negated().compareTo(limit) < 0;
    }

    static boolean isToBeRefreshed(Sighting<?> seen, CachePolicy policy) {
        Duration freshFor = seen.freshFor();
        Duration age = seen.age();
        if (freshFor == null || seen.leased() || seen.stamp() == null) {
            return false;
        }
        return seen.isStale() || (age != null && policy.isDue(freshFor, age, seen.loadTime()));
    }

    @SuppressWarnings("NullAway") // the checker does not see that the type argument may be nullable
    private static <T extends @Nullable Object> CacheResult<T> resultOf(Sighting<T> seen) {
        Origin origin;
        if (seen.isStale()) {
            origin = Origin.STALE;
        } else if (seen.value() == null) {
            origin = Origin.NEGATIVE;
        } else {
            origin = seen.local() ? Origin.NEAR : Origin.FAR;
        }
        return new CacheResult<>(seen.value(), origin, seen.age());
    }

    private Sighting<T> plain(Found<T> found) {
        return Sighting.plain(id.key(), found.value(), null, found.local());
    }

    private CacheResult<T> ended(CacheResult<T> result, boolean current) {
        flight.succeeded(result, current);
        return result;
    }

    /** The lease, or the value that came meanwhile; null where it is loaded without. */
    private @Nullable LeaseAnswer<T> take(Leases from, long waitedFrom) {
        while (true) {
            try {
                LeaseAnswer<T> answer = from.take(id.key(), call.type, LEASE, policy.tags());
                if (answer instanceof Granted || answer instanceof Found) {
                    return answer;
                }
                if (answer instanceof Held) {
                    return null;
                }
                if (answer instanceof Failed<T> failed) {
                    Duration errorTtl = policy.errorTtl();
                    if (errorTtl == null) {
                        return null; // another policy's affair
                    }
                    throw new LoadFailedException(failed.failure(), errorTtl);
                }
            } catch (LoadFailedException failedBefore) {
                throw failedBefore;
            } catch (CacheRefusedException full) {
                return null; // it can be read all the same
            } catch (CacheException ill) {
                flight.foundCacheIll();
                return null; // and logged where it happened (L9)
            } catch (RuntimeException failure) {
                CacheCalls.failed("lease", failure);
                return null;
            }
            long left = LONGEST_WAIT.toNanos() - (Time.here().nanoTime() - waitedFrom);
            if (left <= 0) {
                return null;
            }
            awaitEnd(from, left, waitedFrom);
        }
    }

    /** Of somebody else's lease: until it is heard of, where it is, and no longer than the longest pause in any case. */
    private void awaitEnd(Leases from, long most, long waitedFrom) {
        long left = Math.min(most, call.nanosLeft());
        if (from instanceof AwaitedLeases awaited && left > 0) {
            long start = Time.here().nanoTime();
            try {
                if (awaited.awaitChange(id.key(), Math.min(left, LONGEST_PAUSE_NANOS))) {
                    requireUninterrupted();
                    return;
                }
            } catch (RuntimeException failure) {
                CacheCalls.failed("lease", failure);
            } finally {
                waitedNanos += Time.here().nanoTime() - start;
            }
        }
        pause(most, waitedFrom);
    }

    /** For somebody else's load. */
    private void pause(long most, long waitedFrom) {
        long left = Math.min(most, call.nanosLeft());
        if (left <= 0) {
            throw call.timedOut();
        }
        long start = Time.here().nanoTime();
        Time.here()
                .pause(Math.min(left, pauseAfter(start - waitedFrom, Time.here().random())));
        waitedNanos += Time.here().nanoTime() - start;
        requireUninterrupted();
    }

    private static void requireUninterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new LoadInterruptedException("a load in another process", new InterruptedException());
        }
    }

    /**
     * A quarter of what was waited already, so that a load is noticed within that much of its own length and a long one is
     * asked for seldom; a random half to all of it, so that not all ask at once.
     */
    private static long pauseAfter(long waited, double random) {
        long full = Math.max(SHORTEST_PAUSE_NANOS, Math.min(LONGEST_PAUSE_NANOS, waited / 4));
        return full / 2 + (long) (full / 2.0 * random);
    }

    /** Here, or on another thread where this one does not wait for it whatever it takes. */
    private CacheResult<T> load(Load<A, T, X> load) {
        if (!policy.isTimed()) {
            load.run();
            return flight.result();
        }
        flight.leader =
                null; // or this thread, should it come back before the other begins, would seem to wait for itself
        handedOver = Time.here().inBackground(Told.carried(id.cache(), () -> {
            flight.leader = Thread.currentThread();
            try {
                load.run();
            } finally {
                Flights.end(id, flight);
            }
        }));
        if (!handedOver) {
            load.giveUp();
            if (load.fallback() != null) {
                return ended(resultOf(load.fallback()), false);
            }
            Told.count(id.cache(), LoadCounter::rejected);
            throw LoadRejectedException.tooManyInBackground();
        }
        if (load.fallback() != null && !flight.await(call.nanosUntilStale())) {
            return resultOf(load.fallback());
        }
        if (!flight.await(call.nanosLeft())) {
            throw call.timedOut();
        }
        return flight.result();
    }

    /** Loads for one caller alone, storing nothing. */
    static <A, T extends @Nullable Object, X extends Exception> CacheResult<T> beside(Call<A, T, X> call) {
        Flight own = new Flight();
        Load.unstored(own, call, null).run();
        return own.result();
    }

    /** Whether this thread is calling a loader already. */
    static boolean isInsideALoad() {
        return Load.isInside();
    }
}
