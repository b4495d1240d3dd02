package io.cacheport.aside;

import io.cacheport.CacheDataException;
import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import io.cacheport.spi.CacheKeys;
import io.cacheport.spi.FailureLog;
import io.cacheport.spi.LoadLimit;
import io.cacheport.spi.LoadLimited;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Single flight in this process (A2). The first caller of a key looks in the cache and loads; the others wait for what it
 * finds. The table holds running loads only, so it is shared by all caches and needs no owner: a key in it names the
 * cache by identity.
 */
final class Flights {

    /** Tells "nothing there" from a cached null. */
    static final Object MISSING = new Object();

    private static final ConcurrentMap<Id, Flight> RUNNING = new ConcurrentHashMap<>();
    private static final FailureLog FAILURES =
            new FailureLog(LoggerFactory.getLogger(CacheAside.class), System::nanoTime);

    private Flights() {}

    static <A, T extends @Nullable Object, X extends Exception> T getOrLoad(
            CacheServicePort cache,
            String key,
            TypeRef<T> type,
            Duration ttl,
            @Nullable Duration negativeTtl,
            A argument,
            KeyLoader<A, T, X> loader)
            throws X {
        Id id = new Id(cache, CacheKeys.require(key), type);
        Flight mine = new Flight(Thread.currentThread());
        while (true) {
            Flight other = RUNNING.putIfAbsent(id, mine);
            if (other == null) {
                return lead(mine, id, type, ttl, negativeTtl, argument, loader);
            }
            if (other.leader == Thread.currentThread()) {
                throw new RecursiveLoadException(key);
            }
            if (mayWaitForThisThread(other, id)) {
                mine.hasPlace = true; // this thread's, so the next such load joins this one
                if (RUNNING.replace(id, other, mine)) {
                    return lead(mine, id, type, ttl, negativeTtl, argument, loader);
                }
                continue;
            }
            other.await();
            if (!other.leaderInterrupted) {
                return other.result();
            }
        }
    }

    /** How many loads run now, for tests that look for a leak. */
    static int running() {
        return RUNNING.size();
    }

    private static <A, T extends @Nullable Object, X extends Exception> T lead(
            Flight flight,
            Id id,
            TypeRef<T> type,
            Duration ttl,
            @Nullable Duration negativeTtl,
            A argument,
            KeyLoader<A, T, X> loader)
            throws X {
        try {
            Lookup<T> lookup = look(id, type);
            T value = lookup.value;
            if (value == MISSING) {
                value = load(flight, id, argument, loader);
                if (lookup.mayStore) {
                    store(id, value, value == null ? negativeTtl : ttl);
                }
            }
            flight.value = value;
            return value;
        } catch (Throwable failure) {
            flight.failure = failure;
            flight.leaderInterrupted = failure instanceof InterruptedException
                    || failure instanceof ClosedByInterruptException
                    || failure instanceof CancellationException
                    || Thread.currentThread().isInterrupted();
            throw failure;
        } finally {
            // out of the table before the others wake, or one that loads instead would find it again
            RUNNING.remove(id, flight);
            flight.done.countDown();
        }
    }

    /** What the cache had, and whether it is well enough to be given what it had not. */
    private record Lookup<T extends @Nullable Object>(T value, boolean mayStore) {}

    /** The strict view tells a miss from a failure: after one a store would only wait for an ill cache again (A11). */
    @SuppressWarnings({"unchecked", "NullAway"}) // the mark is compared, never used as a T
    private static <T extends @Nullable Object> Lookup<T> look(Id id, TypeRef<T> type) {
        try {
            return new Lookup<>((T) id.cache.strict().getOrDefault(id.key, (TypeRef<Object>) type, MISSING), true);
        } catch (CacheDataException unreadable) {
            FAILURES.failed("get", unreadable.errorCause(), unreadable.getCause());
            return new Lookup<>((T) MISSING, true);
        } catch (CacheException ill) {
            FAILURES.failed("get", ill.errorCause(), ill.getCause());
            return new Lookup<>((T) MISSING, false);
        } catch (RuntimeException failure) {
            FAILURES.failed("get", ErrorCause.OTHER, failure);
            return new Lookup<>((T) MISSING, false);
        }
    }

    private static <A, T extends @Nullable Object, X extends Exception> T load(
            Flight flight, Id id, A argument, KeyLoader<A, T, X> loader) throws X {
        LoadLimit limit = limitOf(id);
        if (limit == null) {
            flight.hasPlace = true;
            return loader.load(argument);
        }
        enter(limit);
        try {
            flight.hasPlace = true;
            return loader.load(argument);
        } finally {
            limit.leave();
        }
    }

    /** The limit of a degraded cache (A10); null for one that answers, and for one that cannot say (A5). */
    private static @Nullable LoadLimit limitOf(Id id) {
        try {
            return id.cache instanceof LoadLimited limited ? limited.loadLimit(id.key) : null;
        } catch (RuntimeException failure) {
            FAILURES.failed("loadLimit", ErrorCause.OTHER, failure);
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

    /**
     * Whether the other caller may be waiting for the place that this thread holds: this is a load inside a load, and the
     * other has no place yet. This thread then loads in its stead rather than both waiting until one is rejected.
     */
    private static boolean mayWaitForThisThread(Flight other, Id id) {
        if (other.hasPlace) {
            return false;
        }
        LoadLimit limit = limitOf(id);
        return limit != null && limit.isInside();
    }

    private static void store(Id id, @Nullable Object value, @Nullable Duration ttl) {
        if (ttl == null) {
            return;
        }
        try {
            id.cache.set(id.key, value, ttl);
        } catch (ValueEncodingException failure) {
            FAILURES.failed("set", ErrorCause.UNENCODABLE, failure);
        } catch (RuntimeException failure) {
            FAILURES.failed("set", ErrorCause.OTHER, failure);
        }
    }

    /** Which load: cache by identity, key, and type, since one key may be read as two types. */
    private record Id(CacheServicePort cache, String key, TypeRef<?> type) {

        @Override
        @SuppressWarnings("ReferenceEquality") // two caches that are equal are still two caches
        public boolean equals(@Nullable Object other) {
            return other instanceof Id that && cache == that.cache && key.equals(that.key) && type.equals(that.type);
        }

        @Override
        public int hashCode() {
            return (System.identityHashCode(cache) * 31 + key.hashCode()) * 31 + type.hashCode();
        }
    }

    /** One load. The results are written by the leader before the latch opens and read by the others after. */
    private static final class Flight {

        final Thread leader;
        final CountDownLatch done = new CountDownLatch(1);

        @Nullable
        Object value;

        @Nullable
        Throwable failure;

        boolean leaderInterrupted;

        /** Set once its load has its place under a limit or needs none. */
        volatile boolean hasPlace;

        Flight(Thread leader) {
            this.leader = leader;
        }

        void await() {
            try {
                done.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new LoadInterruptedException("another caller's load", interrupted);
            }
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"
        }) // the id holds the type it was loaded as
        <T extends @Nullable Object> T result() {
            if (failure != null) {
                throw Flight.<RuntimeException>asItIs(failure);
            }
            return (T) value;
        }

        /** Throws a checked exception through a signature that does not name it: callers declare their loader's own. */
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <E extends Throwable> E asItIs(Throwable failure) throws E {
            throw (E) failure;
        }
    }
}
