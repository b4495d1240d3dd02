package io.cacheport.redis.feed;

import io.cacheport.tiered.Coherence;
import io.cacheport.tiered.FeedSource.Changes;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One way in which changes are heard of. */
public sealed interface Way {

    /** What it is called. */
    Coherence coherence();

    /** A connection over which they are, from when the stage completes; without a connection if none is needed. */
    CompletionStage<@Nullable StatefulRedisConnection<byte[], byte[]>> connect(RedisURI uri);

    /**
     * The server remembers what it was asked for over this connection, and says so once when that has changed.
     *
     * @param client speaks RESP3
     * @param prefix what the cache's keys begin with
     */
    record Tracking(RedisClient client, String prefix, Changes changes) implements Way {

        private static final String INVALIDATE = "invalidate";

        @Override
        public Coherence coherence() {
            return Coherence.TRACKING;
        }

        @Override
        public CompletionStage<@Nullable StatefulRedisConnection<byte[], byte[]>> connect(RedisURI uri) {
            return client.connectAsync(ByteArrayCodec.INSTANCE, uri).thenCompose(made -> {
                made.addListener((io.lettuce.core.api.push.PushListener) message -> {
                    if (message.getType().equals(INVALIDATE)) {
                        heard(message.getContent().get(1));
                    }
                });
                return made.async()
                        .clientTracking(TrackingArgs.Builder.enabled())
                        .handle((done, failure) -> orClosed(made, failure))
                        .thenCompose(stage -> stage);
            });
        }

        /** A list of keys, or null when all are gone: FLUSHALL, FLUSHDB. */
        private void heard(@Nullable Object keys) {
            if (!(keys instanceof List<?> list)) {
                changes.everythingChanged();
                return;
            }
            for (Object one : list) {
                if (one instanceof ByteBuffer key) {
                    String redisKey =
                            StandardCharsets.UTF_8.decode(key.duplicate()).toString();
                    if (redisKey.startsWith(prefix)) {
                        changes.changed(redisKey.substring(prefix.length()));
                    }
                }
            }
        }
    }

    /**
     * The other caches say what they have changed.
     *
     * @param client speaks whatever the server does
     */
    record PubSub(RedisClient client, Messages messages) implements Way {

        @Override
        public Coherence coherence() {
            return Coherence.PUBSUB;
        }

        @Override
        public CompletionStage<@Nullable StatefulRedisConnection<byte[], byte[]>> connect(RedisURI uri) {
            return client.connectPubSubAsync(ByteArrayCodec.INSTANCE, uri).thenCompose(made -> {
                made.addListener(new RedisPubSubAdapter<byte[], byte[]>() {
                    @Override
                    public void message(byte[] channel, byte[] message) {
                        messages.heard(message);
                    }
                });
                StatefulRedisPubSubConnection<byte[], byte[]> subscribed = made;
                return made.async()
                        .subscribe(messages.channel())
                        .handle((done, failure) -> orClosed(subscribed, failure))
                        .thenCompose(stage -> stage);
            });
        }
    }

    /** They are not. */
    record Nothing() implements Way {

        @Override
        public Coherence coherence() {
            return Coherence.SHORT_TTL;
        }

        @Override
        public CompletionStage<@Nullable StatefulRedisConnection<byte[], byte[]>> connect(RedisURI uri) {
            return CompletableFuture.completedFuture(null);
        }
    }

    private static CompletionStage<@Nullable StatefulRedisConnection<byte[], byte[]>> orClosed(
            StatefulRedisConnection<byte[], byte[]> made, @Nullable Throwable failure) {
        if (failure == null) {
            return CompletableFuture.completedFuture(made);
        }
        return made.closeAsync()
                .handle((closed, unused) -> null)
                .thenCompose(unused -> CompletableFuture.failedFuture(failure));
    }
}
