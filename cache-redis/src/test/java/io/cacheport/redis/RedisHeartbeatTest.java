package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheException;
import io.cacheport.CacheUnavailableException;
import io.cacheport.ErrorCause;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A server that hangs with its sockets open, and the choice not to start without one. */
class RedisHeartbeatTest {

    private static final Pattern CLIENT = Pattern.compile("id=(\\d+) .*name=cacheport ");

    @Test
    void aConnectionThatHangsIsReplaced() {
        try (RedisServer server = RedisServer.start();
                RedisCacheAdapter cache = RedisCacheAdapter.connect(server.uri())) {
            String before = connectionId(server);
            server.pause();

            // until the connection is closed a call can only time out; then it is known to be down
            await().atMost(Duration.ofSeconds(6)).until(() -> causeOfGet(cache) == ErrorCause.UNAVAILABLE);
            server.resume();

            await().atMost(Duration.ofSeconds(5)).until(cache::isConnected);
            assertThat(connectionId(server)).isNotEqualTo(before);
        }
    }

    @Test
    void resourcesThatAreGivenGetTheHeartbeatToo() {
        ClientResources shared = ClientResources.create();
        try (RedisServer server = RedisServer.start();
                RedisCacheAdapter cache = RedisCacheAdapter.builder(server.uri())
                        .clientResources(shared)
                        .build()) {
            server.pause();

            await().atMost(Duration.ofSeconds(6)).until(() -> causeOfGet(cache) == ErrorCause.UNAVAILABLE);
        } finally {
            shared.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
        }
    }

    @Test
    void anIdleConnectionIsKept() {
        try (RedisServer server = RedisServer.start();
                RespClient client = server.client();
                RedisCacheAdapter cache = RedisCacheAdapter.connect(server.uri())) {
            String before = connectionId(server);
            client.call("CONFIG", "RESETSTAT");

            await().atMost(Duration.ofSeconds(10)).until(() -> RedisHeartbeatTest.pings(client) >= 4);

            assertThat(connectionId(server)).isEqualTo(before);
            assertThat(cache.getStats().errors()).isZero();
        }
    }

    @Test
    void requiredAtStartupAndAbsent() {
        assertThatExceptionOfType(CacheUnavailableException.class)
                .isThrownBy(() -> RedisCacheAdapter.builder("redis://127.0.0.1:1")
                        .requireAtStartup()
                        .build())
                .withMessageContaining("redis://127.0.0.1:1 is required at start-up");
    }

    @Test
    void requiredAtStartupWithAWrongPassword() {
        try (RedisServer server = RedisServer.start("--requirepass", "right")) {
            assertThatExceptionOfType(CacheException.class)
                    .isThrownBy(() -> RedisCacheAdapter.builder(server.uri().replace("://", "://:wrong-secret@"))
                            .requireAtStartup()
                            .build())
                    .satisfies(thrown -> assertThat(thrown.errorCause()).isEqualTo(ErrorCause.CREDENTIALS))
                    .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("wrong-secret"));
        }
    }

    @Test
    void requiredAtStartupAndThere() {
        try (RedisServer server = RedisServer.start();
                RedisCacheAdapter cache = RedisCacheAdapter.builder(server.uri())
                        .requireAtStartup()
                        .build()) {
            assertThat(cache.isConnected()).isTrue();
        }
    }

    private static ErrorCause causeOfGet(RedisCacheAdapter cache) {
        try {
            cache.strict().get("k", String.class);
            return ErrorCause.OTHER;
        } catch (CacheException failure) {
            return failure.errorCause();
        }
    }

    private static String connectionId(RedisServer server) {
        try (RespClient client = server.client()) {
            Matcher connection = CLIENT.matcher(String.valueOf(Objects.requireNonNull(client.call("CLIENT", "LIST"))));
            assertThat(connection.find()).isTrue();
            return connection.group(1);
        }
    }

    private static int pings(RespClient client) {
        Matcher calls = Pattern.compile("cmdstat_ping:calls=(\\d+)")
                .matcher(String.valueOf(client.call("INFO", "commandstats")));
        return calls.find() ? Integer.parseInt(calls.group(1)) : 0;
    }
}
