package io.cacheport.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.testkit.server.RedisCluster;
import io.cacheport.testkit.server.RedisServer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A master that hangs: Lettuce alone notices by its periodic look, up to fifteen seconds later. */
class RedisReconsiderTest {

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
