package io.cacheport.benchmarks.peer;

import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.support.caching.CacheAccessor;
import io.lettuce.core.support.caching.CacheFrontend;
import io.lettuce.core.support.caching.ClientSideCaching;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lettuce's {@link ClientSideCaching} as its javadoc shows it. What it loads it stores without a TTL. */
final class LettuceNearPeer implements Peer {

    private final RedisClient client;
    private final StatefulRedisConnection<String, Object> connection;
    private final CacheFrontend<String, Object> cache;

    LettuceNearPeer(String uri, Class<?> type) {
        this.client = LettucePeer.client(uri);
        this.connection = client.connect(new JsonCodec(new Json(type)));
        this.cache = ClientSideCaching.enable(
                CacheAccessor.forMap(new ConcurrentHashMap<>()), connection, TrackingArgs.Builder.enabled());
    }

    @Override
    public void put(String key, Object value) {
        String unused = connection.sync().set(key, value, SetArgs.Builder.px(TTL));
    }

    @Override
    public @Nullable Object get(String key) {
        return cache.get(key);
    }

    @Override
    public Object getOrLoad(String key, Callable<Object> loader) {
        return cache.get(key, loader);
    }

    @Override
    public void remove(String key) {
        Long unused = connection.sync().unlink(key);
    }

    @Override
    public void close() {
        cache.close();
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }

    private record JsonCodec(Json json) implements RedisCodec<String, Object> {

        @Override
        public String decodeKey(ByteBuffer bytes) {
            return StringCodec.UTF8.decodeKey(bytes);
        }

        @Override
        public Object decodeValue(ByteBuffer bytes) {
            byte[] stored = new byte[bytes.remaining()];
            bytes.get(stored);
            return json.read(stored);
        }

        @Override
        public ByteBuffer encodeKey(String key) {
            return StringCodec.UTF8.encodeKey(key);
        }

        @Override
        public ByteBuffer encodeValue(Object value) {
            return ByteBuffer.wrap(json.bytes(value));
        }
    }
}
