package io.cacheport.redis.faults;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A map in front of Redis, from which a key is removed when a message says that it was changed. */
final class NaiveMessages implements AutoCloseable {

    private static final String CHANNEL = "naive46";

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    private final Map<String, Long> copies = new ConcurrentHashMap<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong heard = new AtomicLong();

    NaiveMessages(String uri) {
        this.client = RedisClient.create(uri);
        this.connection = client.connect();
        StatefulRedisPubSubConnection<String, String> subscription = client.connectPubSub();
        subscription.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String key) {
                heard.incrementAndGet();
                copies.remove(key);
            }
        });
        subscription.sync().subscribe(CHANNEL);
    }

    @Nullable
    Long read(String key) {
        Long copy = copies.get(key);
        if (copy == null) {
            copy = Near.number(connection.sync().get("cache:" + key));
            if (copy != null) {
                copies.put(key, copy);
            }
        }
        return copy;
    }

    /** Tells of it, and waits until Redis has it. */
    void changed(String key) {
        connection.sync().publish(CHANNEL, key);
        sent.incrementAndGet();
    }

    long sent() {
        return sent.get();
    }

    long lost() {
        return sent.get() - heard.get();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
