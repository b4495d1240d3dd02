package io.cacheport.redis;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.ErrorCause;
import io.cacheport.testkit.server.RedisCluster;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cluster that lost a shard for good, and by default serves none then. */
class ErrorClassificationClusterTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void aLostShardMakesTheOthersUnavailable() {
        try (RedisCluster cluster = RedisCluster.start(3, 0, "--cluster-node-timeout", "500");
                RedisCacheAdapter cache = RedisCacheAdapter.builder(cluster.uri())
                        .connectTimeout(Duration.ofSeconds(5))
                        .commandTimeout(Duration.ofSeconds(5))
                        .build()) {
            awaitWorking(cache);
            RedisServer owner = ownerOf("cache:k", cluster.nodes());
            RedisServer victim = cluster.nodes().stream()
                    .filter(node -> node != owner)
                    .findFirst()
                    .orElseThrow();

            victim.kill();

            await().atMost(SOON).until(() -> info(owner).contains("cluster_state:fail"));
            List<String> onTheOwner = List.of("get", "set", "exists", "ttl", "expire", "del");
            ErrorClassificationTest.check(cache, onTheOwner, ErrorCause.UNAVAILABLE, "CLUSTERDOWN");
            assertThat(withCache(cache, "k", MINUTE, String.class, () -> "loaded"))
                    .isEqualTo("loaded");

            victim.restart();

            awaitWorking(cache);
        }
    }

    private static RedisServer ownerOf(String key, List<RedisServer> masters) {
        return masters.get(SlotHash.getSlot(key) * masters.size() / SlotHash.SLOT_COUNT);
    }

    private static String info(RedisServer node) {
        try (RespClient client = node.client()) {
            return String.valueOf(client.call("CLUSTER", "INFO"));
        }
    }

    private static void awaitWorking(RedisCacheAdapter cache) {
        await().atMost(SOON).until(() -> {
            cache.set("k", "v", MINUTE);
            return "v".equals(cache.get("k", String.class));
        });
    }
}
