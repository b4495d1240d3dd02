package io.cacheport.redis;

import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The masters of a cluster as last heard of. Lettuce makes new objects of all nodes with every refresh; here one address
 * stays one object, and finding it costs two look-ups.
 */
final class ClusterNodes {

    private record Known(
            IdentityHashMap<RedisClusterNode, ClusterNode> byDescription, Map<String, ClusterNode> byText) {}

    private volatile Known known = new Known(new IdentityHashMap<>(), Map.of());

    /** Who owns the slot now, or null while nobody does. */
    @Nullable
    ClusterNode ownerOf(int slot, Partitions partitions) {
        RedisClusterNode master = partitions.getMasterBySlot(slot);
        if (master == null) {
            return null;
        }
        ClusterNode node = known.byDescription().get(master);
        return node != null ? node : renew(partitions).byDescription().get(master);
    }

    /** By its text, or null if there is no such master. */
    @Nullable
    ClusterNode named(String text, Partitions partitions) {
        ClusterNode node = known.byText().get(text);
        return node != null ? node : renew(partitions).byText().get(text);
    }

    Collection<ClusterNode> all(Partitions partitions) {
        return renew(partitions).byText().values();
    }

    private Known renew(Partitions partitions) {
        Map<String, ClusterNode> before = known.byText();
        // by identity: descriptions are equal by the id of the node, which may have moved to another address
        IdentityHashMap<RedisClusterNode, ClusterNode> byDescription = new IdentityHashMap<>();
        Map<String, ClusterNode> byText = new HashMap<>();
        for (RedisClusterNode master : partitions) {
            if (!master.getRole().isUpstream() || master.hasNoSlots()) {
                continue;
            }
            ClusterNode fresh =
                    new ClusterNode(master.getUri().getHost(), master.getUri().getPort());
            ClusterNode node = before.getOrDefault(fresh.toString(), fresh);
            byDescription.put(master, node);
            byText.put(node.toString(), node);
        }
        Known now = new Known(byDescription, byText);
        known = now;
        return now;
    }
}
