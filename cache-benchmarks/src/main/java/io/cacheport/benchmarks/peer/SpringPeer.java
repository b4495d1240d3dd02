package io.cacheport.benchmarks.peer;

import static java.util.Objects.requireNonNull;

import io.lettuce.core.RedisURI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.caffeine.CaffeineCache;
import org.springframework.data.redis.cache.BatchStrategies;
import org.springframework.data.redis.cache.RedisCache;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.serializer.JacksonJsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializationContext.SerializationPair;

/** Spring's cache abstraction, used as {@code @Cacheable} uses it, over Caffeine and over Spring Data Redis. */
final class SpringPeer implements Peer {

    private static final String NAME = "catalog";
    private static final int SCAN_COUNT = 1_000;

    private final Cache cache;
    private final Runnable closer;

    private SpringPeer(Cache cache, Runnable closer) {
        this.cache = cache;
        this.closer = closer;
    }

    static Peer caffeine() {
        CaffeineCache cache = new CaffeineCache(
                NAME, CaffeinePeer.bounded().expireAfterWrite(TTL).build());
        return new SpringPeer(cache, cache::clear);
    }

    static Peer redis(String uri, Class<?> type) {
        return redis(
                uri,
                type,
                factory -> RedisCacheWriter.nonLockingRedisCacheWriter(factory, BatchStrategies.scan(SCAN_COUNT)));
    }

    static Peer keysRedis(String uri, Class<?> type) {
        return redis(uri, type, RedisCacheWriter::nonLockingRedisCacheWriter);
    }

    static Peer lockingRedis(String uri, Class<?> type) {
        return redis(
                uri,
                type,
                factory -> RedisCacheWriter.lockingRedisCacheWriter(factory, BatchStrategies.scan(SCAN_COUNT)));
    }

    private interface Writers {
        RedisCacheWriter over(RedisConnectionFactory factory);
    }

    private static Peer redis(String uri, Class<?> type, Writers writers) {
        RedisAt at = RedisAt.of(uri);
        LettuceConnectionFactory factory = new LettuceConnectionFactory(
                LettuceConnectionFactory.createRedisConfiguration(at.uri()),
                LettuceClientConfiguration.builder()
                        .commandTimeout(at.timeout(RedisURI.DEFAULT_TIMEOUT_DURATION))
                        .build());
        factory.afterPropertiesSet();
        factory.start();
        RedisCacheManager manager = RedisCacheManager.builder(writers.over(factory))
                .cacheDefaults(RedisCacheConfiguration.defaultCacheConfig()
                        .entryTtl(TTL)
                        .serializeValuesWith(SerializationPair.fromSerializer(new JacksonJsonRedisSerializer<>(type))))
                .build();
        manager.afterPropertiesSet();
        return new SpringPeer(requireNonNull(manager.getCache(NAME)), factory::destroy);
    }

    @Override
    public void put(String key, Object value) {
        cache.put(key, value);
    }

    @Override
    public @Nullable Object get(String key) {
        Cache.ValueWrapper found = cache.get(key);
        return found == null ? null : found.get();
    }

    @Override
    public Object getOrLoad(String key, Callable<Object> loader) {
        return requireNonNull(cache.get(key, loader));
    }

    @Override
    public void remove(String key) {
        cache.evict(key);
    }

    /** By the writer: the cache's own clear returns long before they are gone. */
    @Override
    public void flush(String prefix) {
        if (!(cache instanceof RedisCache redis)) {
            throw new UnsupportedOperationException("no removal by pattern");
        }
        boolean unused =
                redis.getNativeCache().invalidate(NAME, (NAME + "::" + prefix + "*").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        closer.run();
    }
}
