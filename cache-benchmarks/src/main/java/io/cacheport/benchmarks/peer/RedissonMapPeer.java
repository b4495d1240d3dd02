package io.cacheport.benchmarks.peer;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RMap;
import org.redisson.api.RMapCache;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.LocalCachedMapOptions;
import org.redisson.api.options.LocalCachedMapOptions.EvictionPolicy;
import org.redisson.api.options.LocalCachedMapOptions.ReconnectionStrategy;
import org.redisson.api.options.MapCacheOptions;
import org.redisson.codec.TypedJsonJacksonCodec;

/** Redisson's maps: all values in one hash. The one with a local cache has no TTL in Redis, but for the local copies. */
final class RedissonMapPeer implements Peer {

    private static final String NAME = "catalog";

    private final RedissonClient client;
    private final RMap<String, Object> map;

    private RedissonMapPeer(RedissonClient client, RMap<String, Object> map) {
        this.client = client;
        this.map = map;
    }

    static Peer mapCache(String uri, Class<?> type) {
        RedissonClient client = RedissonBucketPeer.client(uri);
        MapCacheOptions<String, Object> options = MapCacheOptions.name(NAME);
        return new RedissonMapPeer(client, client.getMapCache(options.codec(codec(type))));
    }

    static Peer localCachedMap(String uri, Class<?> type) {
        RedissonClient client = RedissonBucketPeer.client(uri);
        LocalCachedMapOptions<String, Object> options = LocalCachedMapOptions.name(NAME);
        return new RedissonMapPeer(
                client,
                client.getLocalCachedMap(options.codec(codec(type))
                        .cacheSize(Peers.MAXIMUM_ENTRIES)
                        .evictionPolicy(EvictionPolicy.LRU)
                        .timeToLive(TTL)
                        .reconnectionStrategy(ReconnectionStrategy.CLEAR)));
    }

    private static TypedJsonJacksonCodec codec(Class<?> type) {
        return new TypedJsonJacksonCodec(String.class, type);
    }

    @Override
    public void put(String key, Object value) {
        boolean unused = map instanceof RMapCache<String, Object> cache
                ? cache.fastPut(key, value, TTL.toMillis(), TimeUnit.MILLISECONDS)
                : map.fastPut(key, value);
    }

    @Override
    public @Nullable Object get(String key) {
        return map.get(key);
    }

    @Override
    public Object getOrLoad(String key, Callable<Object> loader) {
        return requireNonNull(
                map instanceof RMapCache<String, Object> cache
                        ? cache.computeIfAbsent(key, TTL, missing -> CaffeinePeer.called(loader))
                        : map.computeIfAbsent(key, missing -> CaffeinePeer.called(loader)));
    }

    @Override
    public Map<String, Object> getAll(List<String> keys) {
        return map.getAll(new HashSet<>(keys));
    }

    @Override
    public void remove(String key) {
        long unused = map.fastRemove(key);
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
