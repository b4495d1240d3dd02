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
import io.cacheport.lease.Sighting;
import io.cacheport.lease.Tags;
import io.cacheport.spi.FailureLog;
import io.cacheport.spi.LoadLimit;
import io.cacheport.spi.LoadLimited;
import io.cacheport.spi.LocalReads;
import io.cacheport.spi.LogGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
    private static final LogGate STALE_SERVED = new LogGate(System::nanoTime);
    private static final Set<Class<?>> WITHOUT_LEASES = ConcurrentHashMap.newKeySet();

    private CacheCalls() {}

    /**
     * What the cache had, and whether it is well enough to be given what it had not.
     *
     * @param seen the value, or null
     */
    record Lookup<T extends @Nullable Object>(@Nullable Sighting<T> seen, boolean mayStore) {}

    static @Nullable Leases leasesOf(CacheServicePort cache) {
        return cache instanceof LeasedCache leased ? leased.leases() : null;
    }

    static <T extends @Nullable Object> Lookup<T> look(Leases from, Call<?, T, ?> call) {
        CachePolicy policy = call.policy;
        try {
            return new Lookup<>(from.look(call.id.key(), call.type, policy.looksAtAges(), policy.tags()), true);
        } catch (CacheDataException unreadable) {
            return new Lookup<>(null, true);
        } catch (CacheException ill) {
            return new Lookup<>(null, false); // and logged where it happened (L9)
        } catch (RuntimeException failure) {
            failed("get", failure);
            return new Lookup<>(null, false);
        }
    }

    /** The strict view tells a miss from a failure: after one a store would only wait for an ill cache again (A11). */
    @SuppressWarnings("unchecked") // the mark is compared, never used as a T
    static <T extends @Nullable Object> Lookup<T> lookWithoutLeases(Call<?, T, ?> call) {
        String key = call.id.key();
        try {
            Object value = call.id.cache().strict().getOrDefault(key, (TypeRef<Object>) call.type, MISSING);
            return new Lookup<>(
                    value == MISSING
                            ? null
                            : Sighting.plain(key, (T) value, null, call.id.cache() instanceof LocalReads),
                    true);
        } catch (CacheDataException unreadable) {
            FAILURES.failed("get", unreadable.errorCause(), unreadable.getCause());
            return new Lookup<>(null, true);
        } catch (RuntimeException failure) {
            failed("get", failure);
            return new Lookup<>(null, false);
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

    /**
     * Null if somebody else has it.
     *
     * @throws CacheException if it cannot be had; logged where it happened (L9)
     */
    static @Nullable Lease refresh(Leases from, Sighting<?> seen) {
        try {
            return from.refresh(seen, Loading.LEASE);
        } catch (CacheException ill) {
            throw ill;
        } catch (RuntimeException failure) {
            failed("lease", failure);
            return null;
        }
    }

    /** The same where nobody waits for it. */
    static @Nullable Lease refreshOrNull(Leases from, Sighting<?> seen) {
        try {
            return refresh(from, seen);
        } catch (CacheException ill) {
            return null;
        }
    }

    static void rest(Leases from, Lease lease, Duration time) {
        try {
            from.rest(lease, time);
        } catch (CacheException ill) {
            // the lease ends by itself
        } catch (RuntimeException failure) {
            failed("rest", failure);
        }
    }

    static void fail(Leases from, Lease lease, String failure, Duration time) {
        try {
            from.fail(lease, failure, time);
        } catch (CacheException ill) {
            // the lease ends by itself
        } catch (RuntimeException broken) {
            failed("fail", broken);
        }
    }

    /** The stamps of all tags that are known before a load, null if they cannot be told. */
    static @Nullable Map<String, String> stamps(Leases from, CachePolicy policy) {
        List<String> tags = new ArrayList<>(policy.tags());
        if (policy.hasLoaderTags()) {
            tags.add(Tags.ALL);
        }
        return stamps(from, tags, policy);
    }

    static @Nullable Map<String, String> stamps(Leases from, Collection<String> tags, CachePolicy policy) {
        if (tags.isEmpty()) {
            return Map.of();
        }
        try {
            Map<String, String> stamps = from.stamps(tags, policy.lifeOfStamps());
            return stamps.size() == tags.size() ? stamps : null;
        } catch (CacheException ill) {
            return null;
        } catch (RuntimeException failure) {
            failed("tags", failure);
            return null;
        }
    }

    static void remove(CacheServicePort cache, String key) {
        try {
            cache.del(key);
        } catch (RuntimeException failure) {
            failed("del", failure);
        }
    }

    /** Says so, at most every ten seconds. */
    static void servedStale(Throwable failure) {
        long failures = STALE_SERVED.enter();
        if (failures > 0) {
            log.atWarn()
                    .addKeyValue("failures", failures)
                    .addKeyValue("exception", failure.getClass().getName())
                    .log("a loader failed; the stale value is served, and the loader rests");
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

    /** The same, or null if it cannot be asked. */
    static <T> @Nullable Map<String, @Nullable T> getAllOrNull(
            CacheServicePort cache, Collection<String> keys, TypeRef<T> type) {
        try {
            return cache.strict().getAll(keys, type);
        } catch (RuntimeException failure) {
            failed("getAll", failure);
            return null;
        }
    }

    /** What is there; without the keys that could not be asked. */
    static <T> Map<String, @Nullable Sighting<T>> lookAll(
            Leases from, Collection<String> keys, TypeRef<T> type, CachePolicy policy) {
        try {
            return from.lookAll(keys, type, policy.looksAtAges(), policy.tags());
        } catch (RuntimeException failure) {
            failed("getAll", failure);
            return Map.of();
        }
    }

    /** The leases of what is not there. */
    static <T> Map<String, LeaseAnswer<T>> takeAll(
            Leases from, Collection<String> keys, TypeRef<T> type, CachePolicy policy) {
        try {
            return from.takeAll(keys, type, Loading.LEASE, policy.tags());
        } catch (RuntimeException failure) {
            failed("lease", failure);
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
