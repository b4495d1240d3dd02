package io.cacheport.benchmarks.peer;

import static java.util.Objects.requireNonNull;

import com.alicp.jetcache.Cache;
import com.alicp.jetcache.CacheBuilder;
import com.alicp.jetcache.SimpleCacheManager;
import com.alicp.jetcache.anno.CacheType;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import com.alicp.jetcache.support.Fastjson2KeyConvertor;
import com.alicp.jetcache.support.JavaValueDecoder;
import com.alicp.jetcache.support.JavaValueEncoder;
import com.alicp.jetcache.support.Kryo5ValueDecoder;
import com.alicp.jetcache.support.Kryo5ValueEncoder;
import com.alicp.jetcache.template.CacheBuilderTemplate;
import com.alicp.jetcache.template.NotifyMonitorInstaller;
import com.alicp.jetcache.template.QuickConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** JetCache by its cache manager, with its protection of the source, which is a lock in this process. */
final class JetCachePeer implements Peer {

    private static final String NAME = "catalog:";

    private final Cache<String, Object> cache;
    private final Runnable closer;

    private JetCachePeer(Cache<String, Object> cache, Runnable closer) {
        this.cache = cache;
        this.closer = closer;
    }

    static Peer local() {
        SimpleCacheManager manager = manager(caffeine(), null);
        return new JetCachePeer(manager.getOrCreateCache(config(CacheType.LOCAL).build()), manager::close);
    }

    static Peer kryo(String uri) {
        return redis(uri, CacheType.REMOTE, Kryo5ValueEncoder.INSTANCE, Kryo5ValueDecoder.INSTANCE);
    }

    static Peer java(String uri) {
        return redis(uri, CacheType.REMOTE, JavaValueEncoder.INSTANCE, JavaValueDecoder.INSTANCE);
    }

    static Peer both(String uri) {
        return redis(uri, CacheType.BOTH, Kryo5ValueEncoder.INSTANCE, Kryo5ValueDecoder.INSTANCE);
    }

    private static Peer redis(
            String uri, CacheType where, Function<Object, byte[]> encoder, Function<byte[], Object> decoder) {
        RedisClient client = LettucePeer.client(uri);
        RedisLettuceCacheBuilder<?> remote = RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
                .redisClient(client)
                .keyConvertor(Fastjson2KeyConvertor.INSTANCE)
                .valueEncoder(encoder)
                .valueDecoder(decoder);
        Duration timeout = RedisAt.of(uri).given();
        if (timeout != null) {
            remote.setAsyncResultTimeoutInMillis(timeout.toMillis());
        }
        if (where == CacheType.BOTH) {
            remote.broadcastChannel("catalog-changes");
            remote.pubSubConnection(client.connectPubSub(ByteArrayCodec.INSTANCE));
        }
        SimpleCacheManager manager = manager(caffeine(), remote);
        QuickConfig.Builder config = config(where);
        if (where == CacheType.BOTH) {
            config.syncLocal(true);
        }
        return new JetCachePeer(manager.getOrCreateCache(config.build()), () -> {
            manager.close();
            client.shutdown(0, 1, TimeUnit.SECONDS);
        });
    }

    private static CaffeineCacheBuilder<?> caffeine() {
        return CaffeineCacheBuilder.createCaffeineCacheBuilder()
                .limit(Peers.MAXIMUM_ENTRIES)
                .expireAfterWrite(TTL.toMillis(), TimeUnit.MILLISECONDS)
                .keyConvertor(Fastjson2KeyConvertor.INSTANCE);
    }

    private static QuickConfig.Builder config(CacheType where) {
        return QuickConfig.newBuilder(NAME).cacheType(where).expire(TTL).penetrationProtect(true);
    }

    private static SimpleCacheManager manager(CacheBuilder local, @Nullable CacheBuilder remote) {
        Map<String, CacheBuilder> far = remote == null ? Map.of() : Map.of("default", remote);
        CacheBuilderTemplate template = new CacheBuilderTemplate(true, Map.of("default", local), far);
        template.getCacheMonitorInstallers().add(new NotifyMonitorInstaller(area -> template.getCacheBuilder(1, area)));
        SimpleCacheManager manager = new SimpleCacheManager();
        manager.setCacheBuilderTemplate(template);
        return manager;
    }

    @Override
    public void put(String key, Object value) {
        cache.put(key, value);
    }

    @Override
    public @Nullable Object get(String key) {
        return cache.get(key);
    }

    @Override
    public Object getOrLoad(String key, Callable<Object> loader) {
        return requireNonNull(cache.computeIfAbsent(key, missing -> CaffeinePeer.called(loader)));
    }

    @Override
    public Map<String, Object> getAll(List<String> keys) {
        return cache.getAll(new HashSet<>(keys));
    }

    @Override
    public void remove(String key) {
        boolean unused = cache.remove(key);
    }

    @Override
    public void close() {
        closer.run();
    }
}
