package io.cacheport.key;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.lease.LeasedCache;
import io.cacheport.lease.Leases;
import io.cacheport.spi.CacheKeys;
import io.cacheport.spi.ForwardingCacheService;
import io.cacheport.spi.KeyRestricted;
import io.cacheport.spi.KeyTraffic;
import io.cacheport.spi.LoadLimit;
import io.cacheport.spi.LoadLimited;
import io.cacheport.spi.LocalReads;
import io.cacheport.structure.StructuredCache;
import io.cacheport.structure.Structures;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A view of a cache that has a say in keys, with whatever the cache can do: leases, structures, local reads, limited loads. */
class MappedCache extends ForwardingCacheService implements LeasedCache, StructuredCache {

    private final KeyMapping mapping;
    private final @Nullable Leases leases;
    private final @Nullable Structures structures;
    private final CacheServicePort strict;

    static CacheServicePort of(CacheServicePort cache, KeyMapping mapping) {
        Leases behind = cache instanceof LeasedCache leased ? leased.leases() : null;
        Leases leases = behind == null ? null : new MappedLeases(behind, mapping);
        CacheServicePort strictBehind = cache.strict();
        CacheServicePort strict =
                strictBehind == cache ? null : view(strictBehind, mapping, leases, null); // which is its own
        return view(cache, mapping, leases, strict);
    }

    private static CacheServicePort view(
            CacheServicePort cache, KeyMapping mapping, @Nullable Leases leases, @Nullable CacheServicePort strict) {
        return cache instanceof LocalReads local
                ? new Local(cache, local, mapping, leases, strict)
                : new MappedCache(cache, mapping, leases, strict);
    }

    @SuppressWarnings("this-escape") // it is its own strict view
    private MappedCache(
            CacheServicePort cache, KeyMapping mapping, @Nullable Leases leases, @Nullable CacheServicePort strict) {
        super(cache);
        this.mapping = mapping;
        this.leases = leases;
        this.structures = cache instanceof StructuredCache structured
                ? new MappedStructures(structured.structures(), mapping)
                : null;
        this.strict = strict == null ? this : strict;
    }

    /** Over a cache that answers from memory: only of such a view it may be said that its hits are local. */
    private static final class Local extends MappedCache implements LocalReads {

        private final LocalReads behind;
        private final KeyMapping mapping;

        Local(
                CacheServicePort cache,
                LocalReads behind,
                KeyMapping mapping,
                @Nullable Leases leases,
                @Nullable CacheServicePort strict) {
            super(cache, mapping, leases, strict);
            this.behind = behind;
            this.mapping = mapping;
        }

        @Override
        public <T> @Nullable T getIfLocal(String key, TypeRef<T> type, @Nullable T missing) {
            String its = mapping.keyOrNull(key);
            return its == null ? missing : behind.getIfLocal(its, type, missing);
        }
    }

    @Override
    public <T> @Nullable T getOrDefault(String key, TypeRef<T> type, @Nullable T missing) {
        return delegate().getOrDefault(mapping.key(key), type, missing);
    }

    @Override
    public void set(String key, @Nullable Object value, Duration ttl) {
        delegate().set(mapping.key(key), value, ttl);
    }

    @Override
    public boolean del(String key) {
        return delegate().del(mapping.key(key));
    }

    @Override
    public long del(Collection<String> keys) {
        return delegate().del(mapping.keys(CacheKeys.requireAll(keys)).keySet());
    }

    @Override
    public boolean exists(String key) {
        return delegate().exists(mapping.key(key));
    }

    @Override
    public Optional<Duration> ttl(String key) {
        return delegate().ttl(mapping.key(key));
    }

    @Override
    public boolean expire(String key, Duration ttl) {
        return delegate().expire(mapping.key(key), ttl);
    }

    @Override
    public <T> Map<String, @Nullable T> getAll(Collection<String> keys, TypeRef<T> type) {
        Map<String, String> given = mapping.keys(CacheKeys.requireAll(keys));
        Map<String, @Nullable T> behind = delegate().getAll(given.keySet(), type);
        Map<String, @Nullable T> found = new LinkedHashMap<>();
        given.forEach((its, key) -> {
            if (behind.containsKey(its)) {
                found.put(key, behind.get(its));
            }
        });
        return found;
    }

    @Override
    public void setAll(Map<String, ?> values, Duration ttl) {
        if (values == null) {
            throw new IllegalArgumentException("values is null: pass an empty map to store nothing");
        }
        Map<String, @Nullable Object> behind = new LinkedHashMap<>();
        values.forEach((key, value) -> behind.put(mapping.key(key), value));
        delegate().setAll(behind, ttl);
    }

    @Override
    public long flush(String glob) {
        return delegate().flush(mapping.glob(glob));
    }

    @Override
    public long clear() {
        return mapping.clear(delegate());
    }

    @Override
    public @Nullable Leases leases() {
        return leases;
    }

    /** Those of the cache behind, under the keys of this view. */
    @Override
    public Structures structures() {
        return structures == null ? Structures.of(delegate()) : structures; // which says that there are none
    }

    @Override
    public @Nullable LoadLimit loadLimit(String key) {
        String its = mapping.keyOrNull(key);
        return its != null && delegate() instanceof LoadLimited limited ? limited.loadLimit(its) : null;
    }

    @Override
    public void requireKey(String key) {
        String its = mapping.key(key);
        if (delegate() instanceof KeyRestricted restricted) {
            restricted.requireKey(its);
        }
    }

    @Override
    public void told(String key) {
        KeyTraffic.told(delegate(), mapping.keyOrNull(key));
    }

    @Override
    public CacheServicePort strict() {
        return strict;
    }

    @Override
    public void close() {
        if (mapping.closes()) {
            delegate().close();
        }
    }

    @Override
    public String toString() {
        return mapping + " over " + delegate();
    }
}
