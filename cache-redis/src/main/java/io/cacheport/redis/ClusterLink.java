package io.cacheport.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ConnectionIntent;
import io.lettuce.core.resource.ClientResources;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A cluster: one logical connection, which Lettuce routes by slot. */
final class ClusterLink extends RedisLink {

    private final ClusterClient client;
    private final ClusterNodes nodes = new ClusterNodes();
    private final AtMostEvery refreshes = new AtMostEvery(RECONSIDER_PAUSE, System::nanoTime);
    private volatile @Nullable StatefulRedisClusterConnection<byte[], byte[]> connection;

    ClusterLink(RedisSettings settings, @Nullable ClientResources given) {
        super(settings, given);
        this.client = new ClusterClient(
                resources,
                settings.target().nodes().stream().map(this::redisUri).toList());
        client.setOptions(LettuceOptions.cluster(settings));
    }

    @Override
    AbstractRedisClient client() {
        return client;
    }

    @Override
    CompletionStage<?> stopLooking() {
        return client.stop();
    }

    /** Also connects to each master: with commands rejected while disconnected, the first to each would be lost. */
    @Override
    CompletionStage<Integer> connectOnce() {
        return client.refreshPartitionsAsync()
                .thenCompose(refreshed -> client.connectAsync(ByteArrayCodec.INSTANCE))
                .thenApply(this::readingFrom)
                .thenCompose(made -> CompletableFuture.allOf(connections(made)).handle((all, unreachableNode) -> {
                    connection = made;
                    return nodes.all(made.getPartitions()).size();
                }));
    }

    private StatefulRedisClusterConnection<byte[], byte[]> readingFrom(
            StatefulRedisClusterConnection<byte[], byte[]> made) {
        if (settings.connect().replicaReads()) {
            made.setReadFrom(ReadFrom.REPLICA_PREFERRED);
        }
        return made;
    }

    private CompletableFuture<?>[] connections(StatefulRedisClusterConnection<byte[], byte[]> made) {
        boolean replicasToo = settings.connect().replicaReads();
        return made.getPartitions().stream()
                .filter(node -> replicasToo || isMaster(node))
                .map(node -> made.getConnectionAsync(
                        node.getUri().getHost(),
                        node.getUri().getPort(),
                        isMaster(node) ? ConnectionIntent.WRITE : ConnectionIntent.READ))
                .toArray(CompletableFuture<?>[]::new);
    }

    @Override
    @Nullable
    StatefulRedisClusterConnection<byte[], byte[]> connection() {
        return connection;
    }

    @Override
    RedisClusterAsyncCommands<byte[], byte[]> commands() throws CommandFailure {
        return own().async();
    }

    private static List<RedisClusterNode> mastersOf(StatefulRedisClusterConnection<byte[], byte[]> made) {
        return made.getPartitions().stream().filter(ClusterLink::isMaster).toList();
    }

    private static boolean isMaster(RedisClusterNode node) {
        return node.getRole().isUpstream() && !node.hasNoSlots();
    }

    private StatefulRedisClusterConnection<byte[], byte[]> own() throws CommandFailure {
        StatefulRedisClusterConnection<byte[], byte[]> made = connection;
        if (made == null) {
            throw CommandFailure.notConnected();
        }
        return made;
    }

    /** By slot: Redis refuses a command that names keys of two slots, though one node has both. */
    @Override
    Collection<List<byte[]>> groups(List<byte[]> keys) {
        return keys.stream().collect(Collectors.groupingBy(SlotHash::getSlot)).values();
    }

    /** A cluster is up in parts: which node a command goes to, and whether that one is up, Lettuce finds out. */
    @Override
    boolean isUp() {
        return connection != null;
    }

    @Override
    String nodeOf(byte[] key) {
        StatefulRedisClusterConnection<byte[], byte[]> made = connection;
        ClusterNode owner = made == null ? null : nodes.ownerOf(SlotHash.getSlot(key), made.getPartitions());
        return owner == null ? UNKNOWN_NODE : owner.toString();
    }

    @Override
    Collection<String> nodes() {
        StatefulRedisClusterConnection<byte[], byte[]> made = connection;
        return made == null
                ? List.of()
                : nodes.all(made.getPartitions()).stream()
                        .map(ClusterNode::toString)
                        .toList();
    }

    @Override
    RedisAsyncCommands<byte[], byte[]> commandsOf(String node) throws CommandFailure {
        StatefulRedisConnection<byte[], byte[]> to = connectionTo(node, own());
        if (to == null) {
            throw CommandFailure.notConnected();
        }
        return to.async();
    }

    @Override
    BitSet allSlots() {
        BitSet all = new BitSet(SlotHash.SLOT_COUNT);
        all.set(0, SlotHash.SLOT_COUNT);
        return all;
    }

    @Override
    BitSet slotsOf(String node) {
        BitSet slots = new BitSet(SlotHash.SLOT_COUNT);
        StatefulRedisClusterConnection<byte[], byte[]> made = connection;
        if (made != null) {
            mastersOf(made).stream()
                    .filter(master -> node.equals(
                            master.getUri().getHost() + ":" + master.getUri().getPort()))
                    .forEach(master -> master.getSlots().forEach(slots::set));
        }
        return slots;
    }

    @Override
    int slotOf(byte[] redisKey) {
        return SlotHash.getSlot(redisKey);
    }

    @Override
    RedisURI uriOf(String node) {
        int colon = node.lastIndexOf(':');
        return redisUri(new RedisTarget.Node(node.substring(0, colon), Integer.parseInt(node.substring(colon + 1))));
    }

    /** Where nobody owns the key, Lettuce is to find out: it looks anew then. */
    @Override
    boolean isUp(String node) {
        StatefulRedisClusterConnection<byte[], byte[]> made = connection;
        if (made == null || node.equals(UNKNOWN_NODE)) {
            return made != null;
        }
        StatefulRedisConnection<byte[], byte[]> to = connectionTo(node, made);
        return to != null && to.isOpen();
    }

    private @Nullable StatefulRedisConnection<byte[], byte[]> connectionTo(
            String node, StatefulRedisClusterConnection<byte[], byte[]> made) {
        ClusterNode known = nodes.named(node, made.getPartitions());
        return known == null ? null : known.connection(made);
    }

    /** Also connects to a master that is new, whose first command would be rejected otherwise. */
    @Override
    void lookAnew(String node, boolean hangs) {
        StatefulRedisClusterConnection<byte[], byte[]> made = connection;
        if (made == null) {
            return;
        }
        StatefulRedisConnection<byte[], byte[]> to = hangs ? connectionTo(node, made) : null;
        if (to != null) {
            disconnect(to);
        }
        if (refreshes.allows("refresh")) {
            CompletionStage<?> unused = client.refreshPartitionsAsync().thenRun(() -> {
                if (!isClosed()) {
                    connections(made);
                }
            });
        }
    }
}
