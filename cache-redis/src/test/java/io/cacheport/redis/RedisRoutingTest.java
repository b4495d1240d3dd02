package io.cacheport.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.cacheport.ErrorCause;
import io.cacheport.testkit.server.RedisCluster;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which server has a key, whether it can be used, and the second look at it. */
class RedisRoutingTest {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Pattern CLIENT = Pattern.compile("id=(\\d+) .*name=cacheport ");

    @Test
    void oneServerHasEveryKey() throws Exception {
        try (RedisServer server = RedisServer.start();
                RedisLink link = RedisLink.open(RedisLinkTestSettings.of(server.uri()), null)) {
            assertThat(link.nodes()).containsExactly(server.uri());
            assertThat(link.nodeOf(key("a"))).isEqualTo(server.uri());
            assertThat(link.isUp(server.uri())).isTrue();
            assertThat(link.commandsOf(server.uri()).ping().get(1, TimeUnit.SECONDS))
                    .isEqualTo("PONG");

            server.kill();

            await().atMost(SOON).until(() -> !link.isUp(server.uri()));
        }
    }

    @Test
    void aSecondLookConnectsAnewOnceInTwoSeconds() {
        try (RedisServer server = RedisServer.start();
                RespClient client = server.client();
                RedisLink link = RedisLink.open(RedisLinkTestSettings.of(server.uri()), null)) {
            String before = connectionId(client);

            link.reconsider(link.nodeOf(key("a")), false);

            await().atMost(SOON)
                    .until(() -> !connectionId(client).isEmpty()
                            && !connectionId(client).equals(before));
            await().atMost(SOON).until(link::isUp);
            String after = connectionId(client);
            link.reconsider(link.nodeOf(key("a")), false);
            await().during(Duration.ofMillis(500))
                    .until(() -> connectionId(client).equals(after));
        }
    }

    @Test
    void whoNeverConnectedHasNoNodeYet() {
        try (RedisLink link = RedisLink.open(RedisLinkTestSettings.of("redis-cluster://127.0.0.1:1"), null)) {
            assertThat(link.nodes()).isEmpty();
            assertThat(link.nodeOf(key("a"))).isEqualTo(RedisLink.UNKNOWN_NODE);
            assertThat(link.isUp(RedisLink.UNKNOWN_NODE)).isFalse();
            assertThat(link.isUp("127.0.0.1:1")).isFalse();
            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(() -> link.commandsOf("127.0.0.1:1"))
                    .satisfies(failure -> assertThat(failure.errorCause()).isEqualTo(ErrorCause.UNAVAILABLE));
            link.reconsider("127.0.0.1:1", true); // nothing to look at, and no failure
        }
    }

    @Test
    void aClusterHasEachKeyWhereTheServersSay() throws Exception {
        RedisCluster cluster = RedisCluster.shared();
        try (RedisLink link = RedisLink.open(RedisLinkTestSettings.of(cluster.uri()), null)) {
            Set<String> masters = new HashSet<>();
            for (RedisServer master : cluster.masters()) {
                String node = master.host() + ":" + master.port();
                masters.add(node);
                assertThat(link.isUp(node)).isTrue();
                assertThat(link.commandsOf(node).info("server").get(1, TimeUnit.SECONDS))
                        .contains("tcp_port:" + master.port() + "\r\n");
                for (int i = 0; i < 100; i++) {
                    byte[] key = key("k" + i);
                    assertThat(link.nodeOf(key).equals(node))
                            .as("k%d on %s", i, node)
                            .isEqualTo(has(master, "k" + i));
                    assertThat(link.nodeOf(key)).isSameAs(link.nodeOf(key));
                }
            }
            assertThat(link.nodes()).containsExactlyInAnyOrderElementsOf(masters);
            assertThat(link.isUp("127.0.0.1:1")).isFalse();
        }
    }

    private static boolean has(RedisServer master, String key) {
        try (RespClient client = master.client()) {
            Object answer = client.pipeline(List.<String[]>of(new String[] {"GET", key}))
                    .get(0);
            return answer == null || answer instanceof String;
        }
    }

    private static byte[] key(String text) {
        return text.getBytes(UTF_8);
    }

    /** Of the adapter's connection as the server numbers it, or nothing while there is none. */
    private static String connectionId(RespClient client) {
        Matcher connection = CLIENT.matcher(String.valueOf(client.call("CLIENT", "LIST")));
        return connection.find() ? connection.group(1) : "";
    }
}
