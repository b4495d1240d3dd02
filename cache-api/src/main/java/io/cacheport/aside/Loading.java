package io.cacheport.aside;

import io.cacheport.CacheDataException;
import io.cacheport.CacheException;
import io.cacheport.CacheRefusedException;
import io.cacheport.CacheServicePort;
import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import io.cacheport.lease.Fill;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.LeaseAnswer.Found;
import io.cacheport.lease.LeaseAnswer.Granted;
import io.cacheport.lease.LeasedCache;
import io.cacheport.lease.Leases;
import io.cacheport.spi.FailureLog;
import io.cacheport.spi.LoadLimit;
import io.cacheport.spi.LoadLimited;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the leader of a flight does: look, take the lease, load, fill. One object for each flight. */
final class Loading<A, T extends @Nullable Object, X extends Exception> {

    /** For somebody else's load of the same key to end; after that it is loaded without being stored. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /** How long a lease lives that nobody renews: what a caller elsewhere waits for a process that was killed. */
    static final Duration LEASE = Duration.ofSeconds(2);

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Tells "nothing there" from a cached null. */
    static final Object MISSING = new Object();

    private static final Logger log = LoggerFactory.getLogger(CacheAside.class);
    private static final FailureLog FAILURES = new FailureLog(log, System::nanoTime);
    private static final Set<Class<?>> WITHOUT_LEASES = ConcurrentHashMap.newKeySet();
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
        this.leases = leasesOf(id.cache());
    }

    static @Nullable Leases leasesOf(CacheServicePort cache) {
        return cache instanceof LeasedCache leased ? leased.leases() : null;
    }

    /** What the cache had, and whether it is well enough to be given what it had not. */
    private record Lookup(@Nullable Object value, boolean mayStore) {}

    private static final Lookup NOT_ASKED = new Lookup(MISSING, false);

    @SuppressWarnings({"unchecked", "NullAway"}) // the mark for "nothing there" never leaves this method as a T
    T run(A argument, KeyLoader<A, T, X> loader) throws X {
        Lookup lookup = flight.withoutCache ? NOT_ASKED : look();
        flight.looked();
        if (!lookup.mayStore) {
            flight.foundCacheIll();
        }
        if (lookup.value != MISSING) {
            return ended((T) lookup.value, leases == null);
        }
        if (leases == null) {
            T value = load(id, flight, argument, loader);
            if (lookup.mayStore) {
                store(id.cache(), policy, id.key(), value);
            }
            return ended(value, true);
        }
        LeaseAnswer<T> answer = lookup.mayStore ? take(leases) : null;
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

    /** The strict view tells a miss from a failure: after one a store would only wait for an ill cache again (A11). */
    @SuppressWarnings("unchecked") // the mark is compared, never used as a T
    private Lookup look() {
        try {
            return new Lookup(id.cache().strict().getOrDefault(id.key(), (TypeRef<Object>) type, MISSING), true);
        } catch (CacheDataException unreadable) {
            FAILURES.failed("get", unreadable.errorCause(), unreadable.getCause());
            return new Lookup(MISSING, true);
        } catch (RuntimeException failure) {
            failed("get", failure);
            return new Lookup(MISSING, false);
        }
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
            } catch (CacheException ill) {
                return null; // and logged where it happened (L9)
            } catch (RuntimeException failure) {
                failed("lease", failure);
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
                release(from, lease);
            }
        }
    }

    static <A, T extends @Nullable Object, X extends Exception> T load(
            FlightId id, Flight flight, A argument, KeyLoader<A, T, X> loader) throws X {
        LoadLimit limit = limitOf(id);
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

    /** The limit of a degraded cache (A10); null for one that answers, and for one that cannot say (A5). */
    static @Nullable LoadLimit limitOf(FlightId id) {
        try {
            return id.cache() instanceof LoadLimited limited ? limited.loadLimit(id.key()) : null;
        } catch (RuntimeException failure) {
            failed("loadLimit", failure);
            return null;
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
            return release(from, lease);
        } catch (CacheException ill) {
            return false; // it is not asked again (A11): the lease ends by itself
        } catch (RuntimeException failure) {
            failed("fill", failure);
            return release(from, lease);
        }
    }

    private static boolean release(Leases from, Lease lease) {
        try {
            return from.release(lease);
        } catch (CacheException ill) {
            return false; // it ends by itself
        } catch (RuntimeException failure) {
            failed("release", failure);
            return false;
        }
    }

    /** Over a cache without leases, what a removal meanwhile was about may come back. */
    private static void store(CacheServicePort cache, CachePolicy policy, String key, @Nullable Object value) {
        if (WITHOUT_LEASES.add(cache.getClass())) {
            log.atWarn()
                    .addKeyValue("cache", cache.getClass().getName())
                    .log("the cache gives no leases: a value loaded before an invalidation may be stored after it");
        }
        Duration ttl = policy.ttlOf(value);
        if (ttl == null) {
            return;
        }
        try {
            cache.set(key, value, ttl);
        } catch (RuntimeException failure) {
            failed("set", failure);
        }
    }

    /** The same for several, one by one: each has a TTL of its own. */
    static void storeAll(
            CacheServicePort cache,
            CachePolicy policy,
            Collection<String> keys,
            Function<String, @Nullable Object> value) {
        keys.forEach(key -> store(cache, policy, key, value.apply(key)));
    }

    /** What is there of a cache without leases. */
    static <T> Map<String, @Nullable T> getAll(CacheServicePort cache, Collection<String> keys, TypeRef<T> type) {
        try {
            return cache.getAll(keys, type);
        } catch (RuntimeException failure) {
            failed("getAll", failure);
            return Map.of();
        }
    }

    /** What is there, and the leases of what is not. */
    static <T> Map<String, LeaseAnswer<T>> takeAll(Leases from, Collection<String> keys, TypeRef<T> type) {
        try {
            return from.takeAll(keys, type, LEASE);
        } catch (RuntimeException failure) {
            failed("getAll", failure);
            return Map.of();
        }
    }

    /** The leases that were live. */
    static Set<Lease> fillAll(Leases from, Collection<Fill> fills) {
        try {
            return from.fillAll(fills);
        } catch (RuntimeException failure) {
            failed("fill", failure);
            return Set.of();
        }
    }

    private static void failed(String operation, RuntimeException failure) {
        if (failure instanceof CacheException ill) {
            FAILURES.failed(operation, ill.errorCause(), ill.getCause());
        } else {
            FAILURES.failed(
                    operation,
                    failure instanceof ValueEncodingException ? ErrorCause.UNENCODABLE : ErrorCause.OTHER,
                    failure);
        }
    }
}
