package io.cacheport.aside;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.aside.CacheResult.Origin;
import io.cacheport.lease.Tags;
import io.cacheport.spi.CacheTtl;
import io.cacheport.spi.KeyTraffic;
import io.cacheport.spi.LocalReads;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The everyday call: {@code withCache(cache, key, ttl, type, loader)}, made for a static import. The rules A1 to A25 are
 * in {@link io.cacheport.aside}.
 *
 * @since 0.1
 */
public final class CacheAside {

    private static final String ALL_TAGS = Tags.keyOf(Tags.ALL);

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

    /**
     * {@link #withCache(CacheServicePort, String, Duration, TypeRef, CacheLoader)} by a policy.
     *
     * @throws IllegalArgumentException if the policy has {@code sensitive()} and the cache would store it unencrypted
     * @throws LoadTimeoutException if the policy has a hard timeout and it has passed
     * @throws LoadFailedException if the policy has an {@code errorTtl} and a load has failed a moment ago
     */
    public static <T extends @Nullable Object, X extends Exception> T withCache(
            CacheServicePort cache, String key, CachePolicy policy, TypeRef<T> type, CacheLoader<T, X> loader)
            throws X {
        if (policy == null) {
            throw new IllegalArgumentException("policy is null");
        }
        requireArguments(cache, type);
        policy.requireAllows(cache);
        return getOrLoad(cache, key, type, policy.ttl(), policy, required(loader), CacheLoader::load);
    }

    /**
     * Invalidates every value that has the tag ({@link CachePolicy#tags}, {@link LoadContext#tags}), under whatever key, and
     * those that are being loaded now. Two round trips, however many values there are; they leave when their TTL ends. When
     * the cache cannot be asked, the invalidation is kept like that of a key.
     *
     * @throws IllegalArgumentException for a tag that is blank or too long
     */
    public static void invalidateTag(CacheServicePort cache, String tag) {
        String key = Tags.keyOf(tag);
        if (cache == null) {
            throw new IllegalArgumentException("cache is null");
        }
        try {
            cache.del(ALL_TAGS); // first: a loader that learns its tags meanwhile finds out by it
        } finally {
            cache.del(key); // though a strict cache throws, which keeps what it could not remove
        }
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
        requireArguments(cache, type);
        KeyTraffic.asked(cache, key);
        if (cache instanceof LocalReads local && (policy == null || policy.isPlain())) {
            Object found = local.getIfLocal(key, (TypeRef<Object>) type, CacheCalls.MISSING);
            if (found != CacheCalls.MISSING) {
                if (found == null) {
                    Told.served(cache, Origin.NEGATIVE);
                }
                return (T) found;
            }
        }
        CachePolicy known = policy == null ? CachePolicy.ttl(ttl) : policy;
        CacheResult<T> result = Flights.getOrLoad(new Call<>(cache, key, type, known, argument, loader), false);
        Told.served(cache, result.origin());
        return result.value();
    }

    /** The same, with why. */
    @SuppressWarnings({"unchecked", "NullAway"}) // as above
    static <A, T extends @Nullable Object, X extends Exception> CacheResult<T> lookup(
            CacheServicePort cache,
            String key,
            TypeRef<T> type,
            CachePolicy policy,
            A argument,
            KeyLoader<A, T, X> loader)
            throws X {
        requireArguments(cache, type);
        KeyTraffic.asked(cache, key);
        if (cache instanceof LocalReads local && policy.isPlain()) {
            Object found = local.getIfLocal(key, (TypeRef<Object>) type, CacheCalls.MISSING);
            if (found != CacheCalls.MISSING) {
                Origin origin = found == null ? Origin.NEGATIVE : Origin.NEAR;
                Told.served(cache, origin);
                return new CacheResult<>((T) found, origin, null);
            }
        }
        CacheResult<T> result = Flights.getOrLoad(new Call<>(cache, key, type, policy, argument, loader), false);
        Told.served(cache, result.origin());
        return result;
    }

    private static void requireArguments(CacheServicePort cache, TypeRef<?> type) {
        if (cache == null || type == null) {
            throw new IllegalArgumentException((cache == null ? "cache" : "type") + " is null");
        }
    }

    static <L> L required(L loader) {
        if (loader == null) {
            throw new IllegalArgumentException("loader is null");
        }
        return loader;
    }
}
