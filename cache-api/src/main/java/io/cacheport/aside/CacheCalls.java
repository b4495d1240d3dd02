package io.cacheport.aside;

import io.cacheport.CacheDataException;
import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import io.cacheport.lease.Fill;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.LeasedCache;
import io.cacheport.lease.Leases;
import io.cacheport.spi.FailureLog;
import io.cacheport.spi.LoadLimit;
import io.cacheport.spi.LoadLimited;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the engine asks of a cache. No exception of the cache's own leaves here: it is logged, and a miss (A5). */
final class CacheCalls {

    /** Tells "nothing there" from a cached null. */
    static final Object MISSING = new Object();

    private static final Logger log = LoggerFactory.getLogger(CacheAside.class);
    private static final FailureLog FAILURES = new FailureLog(log, System::nanoTime);
    private static final Set<Class<?>> WITHOUT_LEASES = ConcurrentHashMap.newKeySet();

    private CacheCalls() {}

    /**
     * What the cache had, and whether it is well enough to be given what it had not.
     *
     * @param value the value, or {@link #MISSING}
     */
    record Lookup(@Nullable Object value, boolean mayStore) {

        static final Lookup NOT_ASKED = new Lookup(MISSING, false);
    }

    static @Nullable Leases leasesOf(CacheServicePort cache) {
        return cache instanceof LeasedCache leased ? leased.leases() : null;
    }

    /** The strict view tells a miss from a failure: after one a store would only wait for an ill cache again (A11). */
    @SuppressWarnings("unchecked") // the mark is compared, never used as a T
    static Lookup look(CacheServicePort cache, String key, TypeRef<?> type) {
        try {
            return new Lookup(cache.strict().getOrDefault(key, (TypeRef<Object>) type, MISSING), true);
        } catch (CacheDataException unreadable) {
            FAILURES.failed("get", unreadable.errorCause(), unreadable.getCause());
            return new Lookup(MISSING, true);
        } catch (RuntimeException failure) {
            failed("get", failure);
            return new Lookup(MISSING, false);
        }
    }

    /** The limit of a degraded cache (A10); null for one that answers, and for one that cannot say (A5). */
    static @Nullable LoadLimit limitOf(CacheServicePort cache, String key) {
        try {
            return cache instanceof LoadLimited limited ? limited.loadLimit(key) : null;
        } catch (RuntimeException failure) {
            failed("loadLimit", failure);
            return null;
        }
    }

    static boolean release(Leases from, Lease lease) {
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
    static void store(CacheServicePort cache, CachePolicy policy, String key, @Nullable Object value) {
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
            return from.takeAll(keys, type, Loading.LEASE);
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

    /** Logs it. */
    static void failed(String operation, RuntimeException failure) {
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
