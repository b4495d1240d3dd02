package io.cacheport.testkit.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RedisClusterTest {

    @Test
    void theSharedClusterIsWhole() {
        RedisCluster cluster = RedisCluster.shared();

        assertThat(RedisCluster.shared()).isSameAs(cluster);
        assertThat(cluster.nodes()).hasSize(6);
        assertThat(cluster.masters()).isEqualTo(cluster.nodes().subList(0, 3));
        assertThat(cluster.replicas()).isEqualTo(cluster.nodes().subList(3, 6));
        for (RedisServer node : cluster.nodes()) {
            try (RespClient client = node.client()) {
                assertThat(String.valueOf(client.call("CLUSTER", "INFO")))
                        .contains("cluster_state:ok", "cluster_slots_ok:16384", "cluster_known_nodes:6");
            }
        }
        for (RedisServer replica : cluster.replicas()) {
            try (RespClient client = replica.client()) {
                assertThat(String.valueOf(client.call("INFO", "replication"))).contains("master_link_status:up");
            }
        }
    }

    @Test
    void everySlotIsServedByExactlyOneMaster() {
        RedisCluster cluster = RedisCluster.shared();
        List<Integer> ports = new ArrayList<>();
        int expectedFirst = 0;
        try (RespClient client = cluster.nodes().get(0).client()) {
            for (Object range : sortedSlots(client)) {
                List<?> fields = (List<?>) range;
                assertThat(fields.get(0)).isEqualTo((long) expectedFirst);
                expectedFirst = ((Long) fields.get(1)).intValue() + 1;
                ports.add(((Long) ((List<?>) fields.get(2)).get(1)).intValue());
                assertThat(fields).as("slots, master, replica").hasSize(4);
            }
        }
        assertThat(expectedFirst).isEqualTo(16_384);
        assertThat(ports)
                .containsExactlyElementsOf(
                        cluster.masters().stream().map(RedisServer::port).toList());
    }

    @Test
    void eachMasterTakesTheKeysOfItsSlotsAndSendsTheOthersToTheirs() {
        Set<Integer> owners = new HashSet<>();
        List<RedisServer> masters = RedisCluster.shared().masters();
        for (int i = 0; i < 30; i++) {
            String[] set = {"SET", "key-" + i, "v"};
            Map<Integer, String> replies = new LinkedHashMap<>();
            for (RedisServer master : masters) {
                try (RespClient client = master.client()) {
                    replies.put(
                            master.port(),
                            String.valueOf(
                                    client.pipeline(List.<String[]>of(set)).get(0)));
                }
            }
            assertThat(replies.values()).containsOnlyOnce("OK");
            int owner = replies.entrySet().stream()
                    .filter(reply -> reply.getValue().equals("OK"))
                    .findFirst()
                    .orElseThrow()
                    .getKey();
            replies.remove(owner);
            assertThat(replies.values()).allMatch(reply -> reply.contains("MOVED") && reply.endsWith(":" + owner));
            owners.add(owner);
        }
        assertThat(owners).hasSize(3);
    }

    @Test
    void aKilledMasterIsReplacedAtOnceAndComesBackAsAReplica() {
        try (RedisCluster cluster = RedisCluster.start()) {
            RedisServer victim = cluster.masters().get(1);
            victim.kill();

            assertThat(cluster.masters()).hasSize(2).doesNotContain(victim);
            await("failover")
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> cluster.masters().size(), size -> size == 3);
            assertThat(cluster.replicas()).hasSize(2);

            victim.restart();

            await("return")
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> cluster.replicas().contains(victim));
        }
    }

    @Test
    void otherShapesAndOptionsArePossible() {
        RedisCluster cluster = RedisCluster.start(1, 2, "--maxmemory", "10mb");
        try (cluster) {
            assertThat(cluster.uri())
                    .matches("redis-cluster://127\\.0\\.0\\.1:\\d+,127\\.0\\.0\\.1:\\d+,127\\.0\\.0\\.1:\\d+");
            assertThat(cluster.masters()).hasSize(1);
            assertThat(cluster.replicas()).hasSize(2);
            try (RespClient client = cluster.replicas().get(0).client()) {
                assertThat(client.call("CONFIG", "GET", "maxmemory")).isEqualTo(List.of("maxmemory", "10485760"));
            }
        }
        cluster.close();
        assertThat(cluster.nodes()).noneMatch(RedisServer::isAlive);
    }

    @Test
    void aClusterWithoutAMasterIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisCluster.start(0, 1))
                .withMessageContaining("masters 0");
    }

    private static List<?> sortedSlots(RespClient client) {
        List<?> ranges = (List<?>) requireNonNull(client.call("CLUSTER", "SLOTS"));
        return ranges.stream()
                .sorted((a, b) -> Long.compare(firstOf(a), firstOf(b)))
                .toList();
    }

    private static long firstOf(Object range) {
        return (Long) ((List<?>) range).get(0);
    }
}
