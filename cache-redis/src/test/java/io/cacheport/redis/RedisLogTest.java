package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import io.cacheport.testkit.server.RedisCluster;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator reads, and what nobody may. */
class RedisLogTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void eachChangeOfTheConnectionIsOneLine() {
        try (RedisServer server = RedisServer.start();
                RedisTestLog log = RedisTestLog.open()) {
            RedisCacheAdapter cache = RedisCacheAdapter.connect(server.uri());
            try (cache) {
                assertThat(log.lines())
                        .satisfiesExactlyInAnyOrder(
                                line -> assertThat(line).startsWith("INFO connecting to Redis redis=" + server.uri()),
                                line -> assertThat(line).startsWith("INFO connection to Redis is up"),
                                line -> assertThat(line)
                                        .startsWith("INFO Redis is ready")
                                        .contains("nodes=1"));

                server.kill();
                await().atMost(SOON).until(() -> !log.lines("is lost").isEmpty());
                for (int i = 0; i < 1_000; i++) {
                    cache.get("k", String.class);
                    cache.set("k", "v", MINUTE);
                }

                assertThat(log.lines("WARN"))
                        .satisfiesExactlyInAnyOrder(
                                line -> assertThat(line).startsWith("WARN connection to Redis is lost"),
                                line -> assertThat(line)
                                        .startsWith("WARN cache operation failed")
                                        .contains("operation=get", "cause=unavailable"),
                                line -> assertThat(line)
                                        .startsWith("WARN circuit opened")
                                        .contains("cause=unavailable", "journal=0"));

                server.restart();
                await().atMost(SOON)
                        .until(() -> !log.lines("INFO circuit closed").isEmpty());
                await().atMost(SOON).until(cache::isConnected);

                assertThat(log.lines("connection to Redis is up")).hasSize(2);
                assertThat(log.lines("is lost")).hasSize(1);
            }
            assertThat(log.lines("closing the connection")).hasSize(1);
            assertThat(log.lines("is lost")).as("closing is no loss").hasSize(1);
            assertThat(log.lines("ERROR")).isEmpty();
        }
    }

    /** Each attempt is accepted and cut off, so that the attempts can be counted. */
    @ParameterizedTest
    @EnumSource
    void manyAttemptsAreOneLine(Kind kind) throws IOException {
        AtomicInteger attempts = new AtomicInteger();
        try (RedisTestLog log = RedisTestLog.open();
                ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread acceptor = new Thread(() -> cutOff(socket, attempts), "acceptor");
            acceptor.setDaemon(true);
            acceptor.start();
            try (RedisCacheAdapter cache =
                    RedisCacheAdapter.connect(kind.scheme + "127.0.0.1:" + socket.getLocalPort())) {
                await().atMost(SOON).until(() -> attempts.get() >= 6);
                assertThat(cache.isConnected()).isFalse();
            }
            assertThat(log.lines("WARN"))
                    .singleElement()
                    .asString()
                    .startsWith("WARN Redis cannot be reached")
                    .contains("127.0.0.1:" + socket.getLocalPort());
            assertThat(log.lines("is up")).isEmpty();
        }
    }

    enum Kind {
        SERVER("redis://"),
        CLUSTER("redis-cluster://");

        private final String scheme;

        Kind(String scheme) {
            this.scheme = scheme;
        }
    }

    private static void cutOff(ServerSocket socket, AtomicInteger attempts) {
        try {
            while (!socket.isClosed()) {
                socket.accept().close();
                attempts.incrementAndGet();
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void aClusterThatIsWellNeverWarns() {
        RedisCluster cluster = RedisCluster.shared();
        try (RedisTestLog log = RedisTestLog.open();
                RedisCacheAdapter cache = RedisCacheAdapter.connect(cluster.uri())) {
            assertThat(log.lines("INFO Redis is ready"))
                    .singleElement()
                    .asString()
                    .contains("nodes=3");
            assertThat(log.lines("connection to Redis is up"))
                    .doesNotHaveDuplicates()
                    .hasSizeBetween(3, 6);
            assertThat(cache.isConnected()).isTrue();
            assertThat(log.lines("WARN")).as("of connections for the topology").isEmpty();
        }
    }

    @Test
    void noLineHasAPasswordAKeyOrAValue() {
        try (RedisServer server = RedisServer.start("--requirepass", "canary-password");
                RedisTestLog log = RedisTestLog.open();
                RespClient client = server.client()) {
            client.call("AUTH", "canary-password");
            client.call("SET", "cache:canary-key", "{\"canary-value\"");
            client.call("LPUSH", "cache:canary-key-list", "canary-value");
            String uri = server.uri().replace("//", "//:canary-password@");
            Duration quick = Duration.ofMillis(100);
            try (RedisCacheAdapter cache =
                            RedisCacheAdapter.builder(uri).commandTimeout(quick).build();
                    RedisCacheAdapter wrong = RedisCacheAdapter.connect(uri.replace("rd@", "rd-wrong@"))) {
                everythingWithCanaries(cache);
                everythingWithCanaries(wrong);
                server.pause();
                everythingWithCanaries(cache);
                server.kill();
                await().atMost(SOON).until(() -> !log.lines("is lost").isEmpty());
                everythingWithCanaries(cache);
            }
            assertThat(log.lines()).hasSizeGreaterThan(8).noneMatch(line -> line.contains("canary"));
            assertThat(log.lines("WARN cache operation failed"))
                    .anyMatch(line -> line.contains("cause=unreadable"))
                    .anyMatch(line -> line.contains("cause=wrong_type"))
                    .anyMatch(line -> line.contains("cause=too_large"))
                    .anyMatch(line -> line.contains("cause=timeout"))
                    .anyMatch(line -> line.contains("cause=unavailable"));
        }
    }

    private static void everythingWithCanaries(RedisCacheAdapter cache) {
        cache.get("canary-key", String.class);
        cache.get("canary-key", new TypeRef<Map<String, Integer>>() {});
        cache.get("canary-key-list", String.class);
        cache.getAll(List.of("canary-key", "canary-key-2"), Integer.class);
        cache.set("canary-key-2", "canary-value", MINUTE);
        cache.set("canary-key-3", "canary-value".repeat(100_000), MINUTE);
        cache.setAll(Map.of("canary-key-4", "canary-value"), MINUTE);
        cache.exists("canary-key-2");
        cache.ttl("canary-key-2");
        cache.expire("canary-key-2", MINUTE);
        cache.del("canary-key-2");
        cache.flush("canary-key-2*");
        try {
            cache.set("canary-key", new Object(), MINUTE);
        } catch (ValueEncodingException expected) {
            assertThat(expected.toString()).doesNotContain("canary");
        }
    }
}
