package io.cacheport.redis.faults;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.support.caching.CacheAccessor;
import io.lettuce.core.support.caching.CacheFrontend;
import io.lettuce.core.support.caching.ClientSideCaching;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The near cache that Lettuce brings along, over a map, as its documentation has it. Reads the keys of ours. */
final class NaiveNear implements AutoCloseable {

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    private final Map<String, String> copies = new ConcurrentHashMap<>();
    private final CacheFrontend<String, String> frontend;

    NaiveNear(String uri) {
        this.client = RedisClient.create(uri);
        client.setOptions(
                ClientOptions.builder().protocolVersion(ProtocolVersion.RESP3).build());
        this.connection = client.connect();
        this.frontend =
                ClientSideCaching.enable(CacheAccessor.forMap(copies), connection, TrackingArgs.Builder.enabled());
    }

    @Nullable
    Long read(String key) {
        return Near.number(frontend.get("cache:" + key));
    }

    /** What it would answer without asking Redis. */
    @Nullable
    Long copy(String key) {
        return Near.number(copies.get("cache:" + key));
    }

    /** Returns when all that the server has said by now was heard, if it says anything. */
    void awaitHeard() {
        connection.sync().ping();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
