package io.cacheport.benchmarks.peer;

import static java.util.Objects.requireNonNull;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.aside.CacheAside;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.redis.RedisCacheBuilder;
import io.cacheport.redis.codec.ForyCodec;
import io.cacheport.tiered.Tiered;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** CachePort's port and {@code withCache}, with its defaults. */
final class CachePortPeer implements Peer {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(250);

    private final CacheServicePort cache;
    private final TypeRef<Object> type;

    CachePortPeer(CacheServicePort cache, Class<?> type) {
        this.cache = cache;
        this.type = typeOf(type);
    }

    static Peer memory(Class<?> type) {
        return new CachePortPeer(InMemoryCacheAdapter.create(Peers.MAXIMUM_ENTRIES), type);
    }

    static Peer redis(String uri, Class<?> type) {
        return new CachePortPeer(at(uri).build(), type);
    }

    private static RedisCacheBuilder at(String uri) {
        RedisAt at = RedisAt.of(uri);
        return RedisCacheAdapter.builder(at.uri()).commandTimeout(at.timeout(DEFAULT_TIMEOUT));
    }

    static Peer fory(String uri, Class<?> type) {
        return new CachePortPeer(at(uri).codec(ForyCodec.create()).build(), type);
    }

    static Peer near(String uri, Class<?> type) {
        return new CachePortPeer(
                Tiered.near(InMemoryCacheAdapter.create(Peers.MAXIMUM_ENTRIES)).far(at(uri).build()), type);
    }

    @SuppressWarnings("unchecked") // what is asked for as that class is one
    static TypeRef<Object> typeOf(Class<?> type) {
        return TypeRef.of((Class<Object>) type);
    }

    @Override
    public void put(String key, Object value) {
        cache.set(key, value, TTL);
    }

    @Override
    public @Nullable Object get(String key) {
        return cache.get(key, type);
    }

    @Override
    public Object getOrLoad(String key, Callable<Object> loader) throws Exception {
        return requireNonNull(CacheAside.withCache(cache, key, TTL, type, loader::call));
    }

    @Override
    @SuppressWarnings("NullAway") // none of the values is null
    public Map<String, Object> getAll(List<String> keys) {
        return cache.getAll(keys, type);
    }

    @Override
    public void remove(String key) {
        boolean unused = cache.del(key);
    }

    @Override
    public void flush(String prefix) {
        long unused = cache.flush(prefix + "*");
    }

    @Override
    public void close() {
        cache.close();
    }
}
