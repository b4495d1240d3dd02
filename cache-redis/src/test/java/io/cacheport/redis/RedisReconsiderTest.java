package io.cacheport.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.testkit.server.RedisCluster;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What asking for a second look at a cluster does that would not happen by itself, or later. */
class RedisReconsiderTest {

    /** Without commands nothing tells Lettuce so but its own look, every fifteen seconds. */
    @Test
    void aMoveThatNobodyStumbledOverIsSeen() {
        try (RedisCluster cluster = RedisCluster.start();
                RedisLink link = RedisLink.open(RedisLinkTestSettings.of(cluster.uri()), null)) {
            byte[] key = "k".getBytes(UTF_8);
            String owner = link.nodeOf(key);
            RedisServer replica = replicaOf(owner, cluster);
            try (RespClient client = replica.client()) {
                client.call("CLUSTER", "FAILOVER");
            }
            await("failover").until(() -> cluster.masters().contains(replica));

            await().atMost(Duration.ofSeconds(5)).until(() -> {
                link.reconsider(owner, false);
                return link.nodeOf(key).equals(nameOf(replica));
            });
            await().atMost(Duration.ofSeconds(1)).until(() -> link.isUp(nameOf(replica)));
        }
    }

    /** Sooner than by the heartbeat, which takes two seconds at least. */
    @Test
    void aConnectionThatHangsIsClosedAtOnce() {
        try (RedisCluster cluster = RedisCluster.start(3, 0);
                RedisLink link = RedisLink.open(RedisLinkTestSettings.of(cluster.uri()), null)) {
            RedisServer hung = cluster.nodes().get(0);
            assertThat(link.isUp(nameOf(hung))).isTrue();
            hung.pause();

            link.reconsider(nameOf(hung), true);

            await().atMost(Duration.ofMillis(1_500)).until(() -> !link.isUp(nameOf(hung)));
            assertThat(link.isUp(nameOf(cluster.nodes().get(1)))).isTrue();
            hung.resume();
            await().atMost(Duration.ofSeconds(10)).until(() -> link.isUp(nameOf(hung)));
        }
    }

    private static RedisServer replicaOf(String master, RedisCluster cluster) {
        String port = master.substring(master.indexOf(':') + 1);
        return cluster.replicas().stream()
                .filter(replica -> {
                    try (RespClient client = replica.client()) {
                        return String.valueOf(client.call("INFO", "replication"))
                                .contains("master_port:" + port + "\r");
                    }
                })
                .findFirst()
                .orElseThrow();
    }

    private static String nameOf(RedisServer server) {
        return server.host() + ":" + server.port();
    }

    @Test
    void aHungMasterIsReplacedSoonAfterTheServersDidSo() throws Exception {
        try (RedisCluster cluster = RedisCluster.start();
                RedisLink link = RedisLink.open(RedisLinkTestSettings.of(cluster.uri()), null)) {
            byte[] key = "k".getBytes(UTF_8);
            String owner = link.nodeOf(key);
            RedisServer hung = cluster.masters().stream()
                    .filter(master -> owner.equals(master.host() + ":" + master.port()))
                    .findFirst()
                    .orElseThrow();
            assertThat(isSet(link, key)).isTrue();

            hung.pause();
            await("the servers' own failover")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> cluster.masters().size() == 3);

            await("ours").atMost(Duration.ofSeconds(10)).until(() -> {
                link.reconsider(link.nodeOf(key), true);
                return isSet(link, key);
            });
            assertThat(link.nodeOf(key)).isNotEqualTo(owner);
            assertThat(link.nodes()).doesNotContain(owner).contains(link.nodeOf(key));
            hung.resume();
        }
    }

    private static boolean isSet(RedisLink link, byte[] key) throws InterruptedException {
        try {
            return "OK".equals(link.commands().set(key, key).get(100, TimeUnit.MILLISECONDS));
        } catch (CommandFailure | ExecutionException | TimeoutException refused) {
            return false;
        }
    }
}
