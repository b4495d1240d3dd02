package io.cacheport.benchmarks.peer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RBucket;
import org.redisson.api.RedissonClient;
import org.redisson.codec.TypedJsonJacksonCodec;
import org.redisson.config.Config;
import org.redisson.config.SingleServerConfig;

/** Redisson's RBucket, a key of its own for each value. It has no way to load: get, load, set. */
final class RedissonBucketPeer implements Peer {

    private final RedissonClient client;
    private final TypedJsonJacksonCodec codec;

    RedissonBucketPeer(String uri, Class<?> type) {
        this.client = client(uri);
        this.codec = new TypedJsonJacksonCodec(type);
    }

    /** With Redisson's own threads and connections. */
    static RedissonClient client(String uri) {
        Config config = new Config();
        RedisAt at = RedisAt.of(uri);
        SingleServerConfig server = config.useSingleServer().setAddress(at.uri());
        Duration timeout = at.given();
        if (timeout != null) {
            int millis = Math.toIntExact(timeout.toMillis());
            server.setTimeout(millis);
            server.setConnectTimeout(millis);
        }
        return Redisson.create(config);
    }

    private RBucket<Object> bucket(String key) {
        return client.getBucket(key, codec);
    }

    @Override
    public void put(String key, Object value) {
        bucket(key).set(value, TTL);
    }

    @Override
    public @Nullable Object get(String key) {
        return bucket(key).get();
    }

    @Override
    public Object getOrLoad(String key, Callable<Object> loader) throws Exception {
        RBucket<Object> bucket = bucket(key);
        Object found = bucket.get();
        if (found != null) {
            return found;
        }
        Object loaded = loader.call();
        bucket.set(loaded, TTL);
        return loaded;
    }

    @Override
    public Map<String, Object> getAll(List<String> keys) {
        return client.getBuckets(codec).get(keys.toArray(String[]::new));
    }

    @Override
    public void remove(String key) {
        boolean unused = bucket(key).unlink();
    }

    @Override
    public void flush(String prefix) {
        long unused = client.getKeys().unlinkByPattern(prefix + "*");
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
