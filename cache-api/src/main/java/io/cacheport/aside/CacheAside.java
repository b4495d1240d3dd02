package io.cacheport.aside;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.spi.CacheTtl;
import io.cacheport.spi.LocalReads;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The everyday call: {@code withCache(cache, key, ttl, type, loader)}, made for a static import. The rules A1 to A14 are
 * in {@link io.cacheport.aside}.
 *
 * @since 0.1
 */
public final class CacheAside {

    private CacheAside() {}

    /**
     * The value under {@code key}; on a miss the loader's, which is then cached for {@code ttl}. A null is returned and
     * not cached.
     *
     * <p>Costs one round trip on a hit, two and the load on a miss. Callers of the same key share both. Safe on any
     * thread. An ill cache means a load, not an exception, until too many run at once.
     *
     * @throws X what the loader throws, as it is
     * @throws IllegalArgumentException for a bad argument, before anything is called
     * @throws RecursiveLoadException if called for the same key from inside the loader
     * @throws LoadInterruptedException if interrupted while another caller loads the value, or while waiting to load
     * @throws LoadRejectedException if the cache is degraded and as many loads run as it allows then
     */
    public static <T extends @Nullable Object, X extends Exception> T withCache(
            CacheServicePort cache, String key, Duration ttl, TypeRef<T> type, CacheLoader<T, X> loader) throws X {
        CacheTtl.toMillis(ttl);
        return getOrLoad(cache, key, type, ttl, null, required(loader), CacheLoader::load);
    }

    /** {@link #withCache(CacheServicePort, String, Duration, TypeRef, CacheLoader)} for a type without arguments. */
    public static <T extends @Nullable Object, X extends Exception> T withCache(
            CacheServicePort cache, String key, Duration ttl, Class<T> type, CacheLoader<T, X> loader) throws X {
        return withCache(cache, key, ttl, TypeRef.of(type), loader);
    }

    /** {@link #withCache(CacheServicePort, String, Duration, TypeRef, CacheLoader)} by a policy. */
    public static <T extends @Nullable Object, X extends Exception> T withCache(
            CacheServicePort cache, String key, CachePolicy policy, TypeRef<T> type, CacheLoader<T, X> loader)
            throws X {
        if (policy == null) {
            throw new IllegalArgumentException("policy is null");
        }
        return getOrLoad(cache, key, type, policy.ttl(), policy, required(loader), CacheLoader::load);
    }

    /**
     * The one path of every call; {@code loader} gets {@code argument}, so that neither has to be captured. Without a policy
     * that of the TTL counts, which is made only on a miss.
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // the mark for "nothing there" never leaves this method as a T
    static <A, T extends @Nullable Object, X extends Exception> T getOrLoad(
            CacheServicePort cache,
            String key,
            TypeRef<T> type,
            Duration ttl,
            @Nullable CachePolicy policy,
            A argument,
            KeyLoader<A, T, X> loader)
            throws X {
        if (cache == null || type == null) {
            throw new IllegalArgumentException((cache == null ? "cache" : "type") + " is null");
        }
        if (cache instanceof LocalReads local) {
            Object found = local.getIfLocal(key, (TypeRef<Object>) type, CacheCalls.MISSING);
            if (found != CacheCalls.MISSING) {
                return (T) found;
            }
        }
        return Flights.getOrLoad(cache, key, type, policy == null ? CachePolicy.ttl(ttl) : policy, argument, loader);
    }

    private static <L> L required(L loader) {
        if (loader == null) {
            throw new IllegalArgumentException("loader is null");
        }
        return loader;
    }
}
