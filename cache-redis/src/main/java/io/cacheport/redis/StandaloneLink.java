package io.cacheport.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One server at a time: at an address, or wherever the sentinels say that the master is, whom Lettuce asks again for each
 * connect and reconnect.
 */
final class StandaloneLink extends RedisLink {

    private final String node;
    private final RedisURI uri;
    private final RedisClient client;
    private final @Nullable GatheredReads reads;
    private volatile @Nullable StatefulRedisConnection<byte[], byte[]> connection;

    StandaloneLink(RedisSettings settings, @Nullable ClientResources given) {
        super(settings, given);
        this.node = settings.target().toString();
        this.uri = settings.target().sentinel()
                ? masterUri()
                : redisUri(settings.target().nodes().get(0));
        this.reads = settings.sharedFlushes() ? new GatheredReads() : null;
        this.client = RedisClient.create(resources, uri);
        client.setOptions(LettuceOptions.standalone(settings));
    }

    @Override
    AbstractRedisClient client() {
        return client;
    }

    @Override
    CompletionStage<?> stopLooking() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    CompletionStage<Integer> connectOnce() {
        return client.connectAsync(ByteArrayCodec.INSTANCE, uri).thenApply(made -> {
            connection = made;
            return 1;
        });
    }

    @Override
    @Nullable
    StatefulRedisConnection<byte[], byte[]> connection() {
        return connection;
    }

    @Override
    RedisClusterAsyncCommands<byte[], byte[]> commands() throws CommandFailure {
        return own();
    }

    private RedisAsyncCommands<byte[], byte[]> own() throws CommandFailure {
        StatefulRedisConnection<byte[], byte[]> made = connection;
        if (made == null) {
            throw CommandFailure.notConnected();
        }
        return made.async();
    }

    @Override
    CompletionStage<byte[]> get(RedisClusterAsyncCommands<byte[], byte[]> commands, byte[] redisKey) {
        return reads == null ? super.get(commands, redisKey) : reads.get(commands, redisKey);
    }

    @Override
    Collection<List<byte[]>> groups(List<byte[]> keys) {
        return List.of(keys);
    }

    @Override
    boolean isUp() {
        StatefulRedisConnection<byte[], byte[]> made = connection;
        return made != null && made.isOpen();
    }

    @Override
    String nodeOf(byte[] key) {
        return node;
    }

    @Override
    Collection<String> nodes() {
        return List.of(node);
    }

    @Override
    RedisAsyncCommands<byte[], byte[]> commandsOf(String only) throws CommandFailure {
        return own();
    }

    @Override
    boolean isUp(String only) {
        return isUp();
    }

    @Override
    BitSet allSlots() {
        return BitSet.valueOf(new long[] {1});
    }

    @Override
    BitSet slotsOf(String only) {
        return allSlots();
    }

    @Override
    int slotOf(byte[] redisKey) {
        return 0;
    }

    @Override
    RedisURI uriOf(String only) {
        return uri;
    }

    /** A name may lead elsewhere by now. */
    @Override
    void lookAnew(String only, boolean hangs) {
        StatefulRedisConnection<byte[], byte[]> made = connection;
        if (made != null) {
            disconnect(made);
        }
    }
}
