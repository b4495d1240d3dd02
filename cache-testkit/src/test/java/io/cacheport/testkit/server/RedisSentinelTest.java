package io.cacheport.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisSentinelTest {

    private static final Duration FAILOVER = Duration.ofSeconds(30);

    @Test
    void aKilledMasterIsReplacedAndComesBackAsAReplica() {
        RedisSentinel sentinel = RedisSentinel.start();
        try (sentinel) {
            RedisServer victim = sentinel.master();
            RedisServer other = sentinel.nodes().get(1);
            assertThat(victim).isSameAs(sentinel.nodes().get(0));
            assertThat(sentinel.nodes()).hasSize(2);
            assertThat(sentinel.masterName()).isEqualTo("mymaster");
            assertThat(sentinel.uri())
                    .matches(
                            "redis-sentinel://127\\.0\\.0\\.1:\\d+,127\\.0\\.0\\.1:\\d+,127\\.0\\.0\\.1:\\d+/mymaster");
            assertThat(sentinel.sentinels()).hasSize(3).allSatisfy(one -> {
                assertThat(sentinel.uri()).contains(":" + one.port());
                try (RespClient client = one.client()) {
                    assertThat(String.valueOf(client.call("SENTINEL", "MASTER", "mymaster")))
                            .contains("num-slaves, 1", "num-other-sentinels, 2")
                            .contains("down-after-milliseconds, 1000", "failover-timeout, 5000", "quorum, 2");
                    assertThat(String.valueOf(client.call("SENTINEL", "REPLICAS", "mymaster")))
                            .contains("master-link-status, ok", "port, " + other.port());
                }
            });
            write(victim, "before", 1);

            victim.kill();

            await("failover").atMost(FAILOVER).until(() -> sentinel.master() == other);
            await("promotion").atMost(FAILOVER).until(() -> "master".equals(roleOf(other)));
            assertThat(read(other)).isEqualTo("before");
            write(other, "after", 0);

            victim.restart();

            await("return").atMost(FAILOVER).until(() -> "slave".equals(roleOf(victim)));
            await("in step").atMost(FAILOVER).until(() -> "after".equals(read(victim)));
            assertThat(sentinel.master()).isSameAs(other);
        }
        sentinel.close();
        assertThat(sentinel.nodes()).noneMatch(RedisServer::isAlive);
        assertThat(sentinel.sentinels()).noneMatch(RedisServer::isAlive);
    }

    @Test
    void nodesMayWantAPassword() {
        try (RedisSentinel sentinel = RedisSentinel.start("--requirepass", "se cret", "--masterauth", "se cret")) {
            RedisServer victim = sentinel.master();
            try (RespClient client = victim.client()) {
                assertThatThrownBy(() -> client.call("PING")).hasMessageStartingWith("NOAUTH");
            }

            victim.kill();

            await("failover").atMost(FAILOVER).until(() -> sentinel.master() != victim);
        }
    }

    @Test
    void aSentinelThatIsDownIsNotAsked() {
        try (RedisSentinel sentinel = RedisSentinel.start()) {
            RedisServer first = sentinel.sentinels().get(0);
            first.kill();
            assertThat(sentinel.master()).isSameAs(sentinel.nodes().get(0));

            first.restart();
            try (RespClient client = first.client()) {
                assertThat(client.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "mymaster"))
                        .isEqualTo(List.of(
                                "127.0.0.1",
                                String.valueOf(sentinel.nodes().get(0).port())));
            }

            sentinel.sentinels().forEach(RedisServer::kill);
            assertThatIllegalStateException()
                    .isThrownBy(sentinel::master)
                    .withMessageContaining("no sentinel names a master");
        }
    }

    @Test
    void whatIsNotCompleteInTimeIsAnErrorThatSaysWhatIsMissing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> RedisSentinel.start(Duration.ofSeconds(2), "--requirepass", "secret"))
                .withMessageContaining("replica in step: not within 2 s")
                .withMessageContaining("master_link_status:down");
        assertThatIllegalStateException()
                .isThrownBy(() -> RedisSentinel.start(Duration.ofSeconds(2), "--replica-announced", "no"))
                .withMessageContaining("sentinels acquainted: not within 2 s: sentinel redis://127.0.0.1:")
                .withMessageContaining(" says of the ");
    }

    private static Object roleOf(RedisServer node) {
        try (RespClient client = node.client()) {
            return client.call("ROLE") instanceof List<?> reply ? reply.get(0) : "unknown";
        }
    }

    private static void write(RedisServer node, String value, long replicas) {
        try (RespClient client = node.client()) {
            client.call("SET", "k", value);
            assertThat(client.call("WAIT", String.valueOf(replicas), "10000")).isEqualTo(replicas);
        }
    }

    private static Object read(RedisServer node) {
        try (RespClient client = node.client()) {
            return String.valueOf(client.call("GET", "k"));
        }
    }
}
