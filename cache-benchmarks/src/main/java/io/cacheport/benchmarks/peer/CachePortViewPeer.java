package io.cacheport.benchmarks.peer;

import static java.util.Objects.requireNonNull;

import io.cacheport.CacheServicePort;
import io.cacheport.aside.Cache;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** CachePort's typed view of a cache. */
final class CachePortViewPeer implements Peer {

    private final CacheServicePort store;
    private final Cache<String, Object> cache;

    CachePortViewPeer(CacheServicePort store, Class<?> type) {
        this.store = store;
        this.cache = Cache.named("catalog", CachePortPeer.typeOf(type)).ttl(TTL).over(store);
    }

    static Peer memory(Class<?> type) {
        return new CachePortViewPeer(InMemoryCacheAdapter.create(Peers.MAXIMUM_ENTRIES), type);
    }

    @Override
    public void put(String key, Object value) {
        cache.put(key, value);
    }

    @Override
    public @Nullable Object get(String key) {
        return cache.getIfPresent(key);
    }

    @Override
    public Object getOrLoad(String key, Callable<Object> loader) throws Exception {
        return requireNonNull(cache.get(key, missing -> loader.call()));
    }

    @Override
    public Map<String, Object> getAll(List<String> keys) {
        return cache.getAll(keys, missing -> Map.of());
    }

    @Override
    public void remove(String key) {
        cache.invalidate(key);
    }

    @Override
    public void close() {
        store.close();
    }
}
