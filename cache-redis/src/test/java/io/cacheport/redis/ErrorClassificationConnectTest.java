package io.cacheport.redis;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.ErrorCause;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.testkit.server.RespException;
import io.lettuce.core.protocol.ProtocolVersion;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that lets nobody in. Callers get unavailable, for nothing was sent; why is in the log. */
class ErrorClassificationConnectTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(10);

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            SERVER'S  | LOGIN         | PROTOCOL | REPLIES   | LOGGED CAUSE
            secret    | ''            | RESP3    | NOAUTH    | credentials
            secret    | :wr0ng@       | RESP3    | WRONGPASS | credentials
            secret    | :wr0ng@       | RESP2    | WRONGPASS | credentials
            secret    | nobody:wr0ng@ | RESP3    | WRONGPASS | credentials
            ''        | nobody:wr0ng@ | RESP3    | WRONGPASS | credentials
            ''        | :needless@    | RESP2    | ERR       | credentials
            """)
    void atTheStart(String password, String login, ProtocolVersion protocol, String replies, String loggedCause) {
        try (RedisTestLog log = RedisTestLog.open();
                RedisServer server = RedisServer.start("--requirepass", password);
                RespClient client = server.client();
                RedisCacheAdapter cache = open(server, login, protocol)) {
            everythingIsUnavailable(cache);
            if (!password.isEmpty()) {
                client.call("AUTH", password);
            }
            assertThat(String.valueOf(client.call("INFO", "errorstats"))).contains("errorstat_" + replies + ":");
            // one in a hundred refusals is a closed connection to Lettuce; the next attempt is told from it
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(log.lines("WARN Redis cannot be reached"))
                            .hasSizeLessThanOrEqualTo(2)
                            .last()
                            .asString()
                            .contains("cause=" + loggedCause));
        }
    }

    /** Who is in stays in; it takes a reconnect to be shut out. */
    @Test
    void aPasswordSetLater() {
        try (RedisTestLog log = RedisTestLog.open();
                RedisServer server = RedisServer.start();
                RespClient client = server.client();
                RedisCacheAdapter cache = open(server, "", ProtocolVersion.RESP3)) {
            awaitWorking(cache);
            client.call("CONFIG", "SET", "requirepass", "secret");
            assertThat(cache.strict().get("k", String.class)).isEqualTo("v");

            client.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

            await().atMost(SOON).until(() -> !log.lines("is lost").isEmpty());
            await().atMost(SOON)
                    .until(() ->
                            String.valueOf(client.call("INFO", "errorstats")).contains("errorstat_NOAUTH"));
            everythingIsUnavailable(cache);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(log.lines("WARN Redis cannot be reached"))
                            .singleElement()
                            .asString()
                            .contains("cause=credentials")
                            .doesNotContain("secret"));

            client.call("CONFIG", "SET", "requirepass", "");

            awaitWorking(cache);
        }
    }

    @Test
    void allConnectionsTaken() {
        try (RedisTestLog log = RedisTestLog.open();
                RedisServer server = RedisServer.start("--maxclients", "1")) {
            RespClient only = awaitSlot(server);
            try (RedisCacheAdapter cache = open(server, "", ProtocolVersion.RESP3)) {
                everythingIsUnavailable(cache);
                assertThat(log.lines("WARN Redis cannot be reached"))
                        .singleElement()
                        .asString()
                        .contains("cause=unavailable");
                assertThat(String.valueOf(only.call("INFO", "stats"))).doesNotContain("rejected_connections:0");

                only.close();

                awaitWorking(cache);
            } finally {
                only.close();
            }
        }
    }

    private static RedisCacheAdapter open(RedisServer server, String login, ProtocolVersion protocol) {
        return RedisCacheAdapter.builder(server.uri().replace("//", "//" + login))
                .commandTimeout(Duration.ofSeconds(5))
                .protocol(protocol)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    private static void everythingIsUnavailable(RedisCacheAdapter cache) {
        List<String> all = RedisTestCall.ALL.stream().map(RedisTestCall::name).toList();
        ErrorClassificationTest.check(cache, all, ErrorCause.UNAVAILABLE, "nothing");
        assertThat(withCache(cache, "k", MINUTE, String.class, () -> "loaded")).isEqualTo("loaded");
        assertThat(cache.isConnected()).isFalse();
    }

    /** The server may not have noticed yet that the client it was started with is gone. */
    private static RespClient awaitSlot(RedisServer server) {
        return await().atMost(SOON).until(() -> slotOrNull(server), slot -> slot != null);
    }

    private static @Nullable RespClient slotOrNull(RedisServer server) {
        RespClient client = server.client();
        try {
            client.call("PING");
            return client;
        } catch (RespException full) {
            client.close();
            return null;
        }
    }

    private static void awaitWorking(RedisCacheAdapter cache) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(10)).until(() -> {
            cache.set("k", "v", MINUTE);
            return "v".equals(cache.get("k", String.class));
        });
    }
}
