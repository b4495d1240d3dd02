package io.cacheport.aside;

import io.cacheport.CacheDataException;
import io.cacheport.CacheException;
import io.cacheport.CacheRefusedException;
import io.cacheport.TypeRef;
import io.cacheport.aside.CacheCalls.Lookup;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.LeaseAnswer.Found;
import io.cacheport.lease.LeaseAnswer.Granted;
import io.cacheport.lease.Leases;
import io.cacheport.spi.LoadLimit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What the leader of a flight does: look, take the lease, load, fill. One object for each flight. */
final class Loading<A, T extends @Nullable Object, X extends Exception> {

    /** For somebody else's load of the same key to end; after that it is loaded without being stored. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /** How long a lease lives that nobody renews: what a caller elsewhere waits for a process that was killed. */
    static final Duration LEASE = Duration.ofSeconds(2);

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

    private final Flight flight;
    private final FlightId id;
    private final TypeRef<T> type;
    private final CachePolicy policy;
    private final @Nullable Leases leases;

    Loading(Flight flight, FlightId id, TypeRef<T> type, CachePolicy policy) {
        this.flight = flight;
        this.id = id;
        this.type = type;
        this.policy = policy;
        this.leases = CacheCalls.leasesOf(id.cache());
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the mark for "nothing there" never leaves this method as a T
    T run(A argument, KeyLoader<A, T, X> loader) throws X {
        Lookup lookup = flight.withoutCache ? Lookup.NOT_ASKED : CacheCalls.look(id.cache(), id.key(), type);
        flight.looked();
        if (!lookup.mayStore()) {
            flight.foundCacheIll();
        }
        if (lookup.value() != CacheCalls.MISSING) {
            return ended((T) lookup.value(), leases == null);
        }
        if (leases == null) {
            T value = load(id, flight, argument, loader);
            if (lookup.mayStore()) {
                CacheCalls.store(id.cache(), policy, id.key(), value);
            }
            return ended(value, true);
        }
        LeaseAnswer<T> answer = lookup.mayStore() ? take(leases) : null;
        if (answer instanceof Found<T> found) {
            return ended(found.value(), false);
        }
        if (answer instanceof Granted<T> granted) {
            T value = load(leases, granted.lease(), argument, loader);
            return ended(value, fill(leases, granted.lease(), value));
        }
        return ended(load(id, flight, argument, loader), false);
    }

    private T ended(T value, boolean current) {
        flight.succeeded(value, current);
        return value;
    }

    /** Loads for one caller alone, storing nothing. */
    static <A, T extends @Nullable Object, X extends Exception> T beside(
            FlightId id, A argument, KeyLoader<A, T, X> loader) throws X {
        return load(id, new Flight(), argument, loader);
    }

    /** Whether this thread is calling a loader already. */
    static boolean isInsideALoad() {
        return DEPTH.get() > 0;
    }

    /** The lease, or the value that came meanwhile; null if it cannot be had in time. */
    private @Nullable LeaseAnswer<T> take(Leases from) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        for (int attempt = 0; ; attempt++) {
            try {
                LeaseAnswer<T> answer = from.take(id.key(), type, LEASE);
                if (answer instanceof Granted || answer instanceof Found) {
                    return answer;
                }
            } catch (CacheRefusedException full) {
                return null; // it can be read all the same
            } catch (CacheException ill) {
                flight.foundCacheIll();
                return null; // and logged where it happened (L9)
            } catch (RuntimeException failure) {
                CacheCalls.failed("lease", failure);
                return null;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            LockSupport.parkNanos(Math.min(left, pauseAfter(attempt)));
            if (Thread.currentThread().isInterrupted()) {
                throw new LoadInterruptedException("a load in another process", new InterruptedException());
            }
        }
    }

    /** Doubles each time, of which a random half to all is waited. */
    private static long pauseAfter(int attempt) {
        long full = Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << Math.min(attempt, 5));
        return full / 2 + ThreadLocalRandom.current().nextLong(full / 2);
    }

    private T load(Leases from, Lease lease, A argument, KeyLoader<A, T, X> loader) throws X {
        LeaseRenewal renewal = LeaseRenewal.start(from, List.of(lease));
        boolean loaded = false;
        try {
            T value = load(id, flight, argument, loader);
            loaded = true;
            return value;
        } finally {
            renewal.close();
            if (!loaded) {
                CacheCalls.release(from, lease);
            }
        }
    }

    static <A, T extends @Nullable Object, X extends Exception> T load(
            FlightId id, Flight flight, A argument, KeyLoader<A, T, X> loader) throws X {
        LoadLimit limit = CacheCalls.limitOf(id.cache(), id.key());
        if (limit != null) {
            enter(limit);
        }
        int depth = DEPTH.get();
        try {
            flight.hasPlace = true;
            DEPTH.set(depth + 1);
            return loader.load(argument);
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

    private static void enter(LoadLimit limit) {
        try {
            if (!limit.enter()) {
                throw new LoadRejectedException(limit);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LoadInterruptedException("a load to end, of a degraded cache", interrupted);
        }
    }

    /** Whether nothing has happened to the key since the lease was given. */
    private boolean fill(Leases from, Lease lease, T value) {
        Duration ttl = policy.ttlOf(value);
        flight.filling();
        try {
            return ttl == null ? from.release(lease) : from.fill(lease, value, ttl);
        } catch (CacheRefusedException | CacheDataException notThisOne) {
            return CacheCalls.release(from, lease);
        } catch (CacheException ill) {
            flight.foundCacheIll();
            return false; // it is not asked again (A11): the lease ends by itself
        } catch (RuntimeException failure) {
            CacheCalls.failed("fill", failure);
            return CacheCalls.release(from, lease);
        }
    }
}
