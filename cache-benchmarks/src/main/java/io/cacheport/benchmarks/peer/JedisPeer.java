package io.cacheport.benchmarks.peer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.builders.StandaloneClientBuilder;
import redis.clients.jedis.csc.DefaultCache;
import redis.clients.jedis.csc.DefaultCacheable;
import redis.clients.jedis.params.SetParams;

/** Jedis's RedisClient, pooled as it always is, with a typed reader; with its client-side cache if wanted. */
final class JedisPeer implements Peer {

    /** A connection for each thread, of which there are 64 at most: the default of 8 would let them queue. */
    private static final int POOL = 64;

    private final Json json;
    private final RedisClient client;

    private JedisPeer(Class<?> type, RedisClient client) {
        this.json = new Json(type);
        this.client = client;
    }

    static Peer plain(String uri, Class<?> type) {
        return new JedisPeer(type, builder(uri).build());
    }

    static Peer near(String uri, Class<?> type) {
        return new JedisPeer(type, builder(uri).cache(new CompatibleCache()).build());
    }

    private static StandaloneClientBuilder<RedisClient> builder(String uri) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(POOL);
        pool.setMaxIdle(POOL);
        StandaloneClientBuilder<RedisClient> builder = RedisClient.builder();
        RedisAt at = RedisAt.of(uri);
        builder.hostAndPort(at.host(), at.port());
        builder.poolConfig(pool);
        Duration timeout = at.timeout(Duration.ofMillis(Protocol.DEFAULT_TIMEOUT));
        builder.clientConfig(DefaultJedisClientConfig.builder()
                .resp3()
                .timeoutMillis(Math.toIntExact(timeout.toMillis()))
                .build());
        return builder;
    }

    /** Jedis's own cache, but for servers before Redis 7.4 too, which Jedis leaves to {@link #compatibilityMode()}. */
    private static final class CompatibleCache extends DefaultCache {

        CompatibleCache() {
            super(Peers.MAXIMUM_ENTRIES, DefaultCacheable.INSTANCE);
        }

        @Override
        public boolean compatibilityMode() {
            return true;
        }
    }

    @Override
    public void put(String key, Object value) {
        String unused =
                client.set(bytes(key), json.bytes(value), SetParams.setParams().px(TTL.toMillis()));
    }

    @Override
    public @Nullable Object get(String key) {
        return json.value(client.get(bytes(key)));
    }

    @Override
    public Map<String, Object> getAll(List<String> keys) {
        List<byte[]> stored = client.mget(keys.stream().map(JedisPeer::bytes).toArray(byte[][]::new));
        Map<String, Object> found = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            Object value = json.value(stored.get(i));
            if (value != null) {
                found.put(keys.get(i), value);
            }
        }
        return found;
    }

    @Override
    public void remove(String key) {
        long unused = client.unlink(bytes(key));
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
    }
}
