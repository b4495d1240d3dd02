package io.cacheport.aside;

import io.cacheport.aside.CacheCalls.Lookup;
import io.cacheport.lease.Leases;
import io.cacheport.spi.LoadLimit;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Single flight in this process (A2). The first caller of a key looks in the cache and loads; the others wait for what it
 * finds. The table holds running flights only, so it is shared by all caches and needs no owner: a key in it names the
 * cache by identity.
 */
final class Flights {

    static final ConcurrentMap<FlightId, Flight> RUNNING = new ConcurrentHashMap<>();

    /** For another's look in the cache: some hundred times what one takes, and less than a caller would notice. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Flights() {}

    /**
     * @param cacheIsIll whether this call has found that out already
     */
    static <A, T extends @Nullable Object, X extends Exception> CacheResult<T> getOrLoad(
            Call<A, T, X> call, boolean cacheIsIll) throws X {
        FlightId id = call.id;
        Flight mine = new Flight();
        mine.withoutCache = cacheIsIll;
        boolean waited = false; // whatever runs after one flight has ended began after this call
        while (true) {
            Flight other = RUNNING.putIfAbsent(id, mine);
            if (other == null) {
                return lead(mine, call);
            }
            boolean inTime = other.isInTime();
            if (other.leader == Thread.currentThread()) {
                throw new RecursiveLoadException(id.key());
            }
            boolean placeIsHere = mayWaitForThisThread(other, id);
            if (placeIsHere || (mine.withoutCache && !other.withoutCache)) {
                if (placeIsHere) {
                    mine.hasPlace = true; // this thread's, so the next such load joins this one
                }
                if (RUNNING.replace(id, other, mine)) {
                    return lead(mine, call);
                }
                continue;
            }
            if (!waited && isSlow(other, id)) {
                if (RUNNING.replace(id, other, mine)) {
                    return lead(mine, call);
                }
                waited = true; // another has asked anew, since this call began
                continue;
            }
            if (Loading.isInsideALoad()) { // each may hold what the other waits for
                if (!other.await(Math.min(Loading.LONGEST_WAIT.toNanos(), call.nanosLeft()))) {
                    return Loading.beside(call);
                }
            } else if (call.policy.isTimed()) {
                CacheResult<T> early = awaitInTime(other, mine, call);
                if (early != null) {
                    return early;
                }
            } else {
                other.await();
            }
            if (other.isFor(inTime, waited) && !other.isTooOldFor(call.policy)) {
                Told.coalesced(call);
                return other.result();
            }
            waited = true;
            mine.withoutCache |= other.isCacheIll();
        }
    }

    /**
     * Null once it has ended. A stale value is looked up anew: what the other saw may have been removed before this call
     * began.
     *
     * @throws LoadTimeoutException if it does not end in time
     */
    private static <T extends @Nullable Object> @Nullable CacheResult<T> awaitInTime(
            Flight other, Flight mine, Call<?, T, ?> call) {
        if (other.await(call.nanosUntilStale())) {
            return null;
        }
        Leases leases = CacheCalls.leasesOf(call.id.cache());
        if (leases != null && call.policy.servesStale() && !mine.withoutCache) {
            Lookup<T> lookup = CacheCalls.look(leases, call);
            mine.withoutCache |= !lookup.mayStore();
            CacheResult<T> stale = Loading.readable(lookup, call);
            if (stale != null) {
                return stale;
            }
        }
        if (other.await(call.nanosLeft())) {
            return null;
        }
        throw call.timedOut();
    }

    private static <A, T extends @Nullable Object, X extends Exception> CacheResult<T> lead(
            Flight flight, Call<A, T, X> call) throws X {
        Loading<A, T, X> loading = new Loading<>(flight, call);
        try {
            return loading.run();
        } catch (Throwable failure) {
            if (!loading.isHandedOver()) {
                boolean mineAlone = failure instanceof LoadTimeoutException; // others have a time of their own
                flight.failed(failure, mineAlone || isInterrupt(failure));
            }
            throw failure;
        } finally {
            if (!loading.isHandedOver()) {
                end(call.id, flight);
            }
        }
    }

    /** Whether a load failed only because its own caller was told to stop. */
    static boolean isInterrupt(Throwable failure) {
        return failure instanceof InterruptedException
                || failure instanceof ClosedByInterruptException
                || failure instanceof CancellationException
                || Thread.currentThread().isInterrupted();
    }

    /** False if another one runs. */
    static boolean begin(FlightId id, Flight flight) {
        return RUNNING.putIfAbsent(id, flight) == null;
    }

    /** Out of the table before the others wake, or one that loads instead would find it again. */
    static void end(FlightId id, Flight flight) {
        RUNNING.remove(id, flight);
        flight.end();
    }

    /**
     * Whether the other caller, after a moment, still waits for the cache. What it gets may be older than this call, so that
     * this one would have to ask again: it asks now. Over a cache without leases both would load, so they wait.
     */
    private static boolean isSlow(Flight other, FlightId id) {
        return other.isLooking()
                && CacheCalls.leasesOf(id.cache()) != null
                && !other.await(PATIENCE_NANOS)
                && other.isLooking();
    }

    /**
     * Whether the other caller may be waiting for the place that this thread holds: this is a load inside a load, and the
     * other has no place yet. This thread then loads in its stead rather than both waiting until one is rejected.
     */
    private static boolean mayWaitForThisThread(Flight other, FlightId id) {
        if (other.hasPlace) {
            return false;
        }
        LoadLimit limit = CacheCalls.limitOf(id.cache(), id.key());
        return limit != null && limit.isInside();
    }
}
