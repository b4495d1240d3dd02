package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheException;
import io.cacheport.CacheRefusedException;
import io.cacheport.CacheUnavailableException;
import io.cacheport.ErrorCause;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords, users and database numbers. */
class RedisSecurityTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String PASSWORD = "p@ss/w:rd?%";
    private static final String ENCODED = "p%40ss%2Fw:rd%3F%25";

    private final RedisServer server = RedisServer.start("--requirepass", PASSWORD);
    private final RespClient client = server.client();

    RedisSecurityTest() {
        client.call("AUTH", PASSWORD);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private RedisCacheAdapter open(String login, String path) {
        return RedisCacheAdapter.connect(server.uri().replace("//", "//" + login) + path);
    }

    private static void works(RedisCacheAdapter cache) {
        cache.strict().set("k", "v", MINUTE);
        assertThat(cache.strict().get("k", String.class)).isEqualTo("v");
        assertThat(cache.isConnected()).isTrue();
    }

    @Test
    void aPasswordWithEveryDelimiterInIt() {
        try (RedisCacheAdapter cache = open(":" + ENCODED + "@", "")) {
            works(cache);
        }
    }

    @Test
    void aUser() {
        client.call("ACL", "SETUSER", "shop", "on", ">secret", "~cache:*", "+@all", "-@dangerous");
        try (RedisCacheAdapter cache = open("shop:secret@", "")) {
            works(cache);
            assertThat(cache.flush("*")).isEqualTo(1);
            assertThat(String.valueOf(client.call("CLIENT", "LIST"))).contains("user=shop");
        }
    }

    @Test
    void aUserWhoMayOnlyRead() {
        client.call("SET", "cache:k", "\"v\"");
        client.call("ACL", "SETUSER", "reader", "on", ">secret", "~cache:*", "+@read", "+ping");
        try (RedisCacheAdapter cache = open("reader:secret@", "")) {
            assertThat(cache.get("k", String.class)).isEqualTo("v");
            assertThatExceptionOfType(CacheRefusedException.class)
                    .isThrownBy(() -> cache.strict().set("k", "w", MINUTE))
                    .satisfies(thrown -> assertThat(thrown.errorCause()).isEqualTo(ErrorCause.REFUSED));
        }
    }

    @Test
    void aUserWhoMayNotReadTheseKeys() {
        client.call("ACL", "SETUSER", "other", "on", ">secret", "~other:*", "+@all");
        try (RedisCacheAdapter cache = open("other:secret@", "")) {
            assertThatExceptionOfType(CacheUnavailableException.class)
                    .isThrownBy(() -> cache.strict().get("k", String.class))
                    .satisfies(thrown -> assertThat(thrown.errorCause()).isEqualTo(ErrorCause.CREDENTIALS));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {":wr0ng@", "nobody:wr0ng@", "default:wr0ng@", ""})
    void notLetInIsAMissAndOneLineThatSaysSo(String login) {
        try (RedisTestLog log = RedisTestLog.open();
                RedisCacheAdapter cache = open(login, "")) {
            assertThat(cache.get("k", String.class)).isNull();
            assertThat(cache.isConnected()).isFalse();
            assertThatExceptionOfType(CacheException.class)
                    .isThrownBy(() -> cache.strict().get("k", String.class))
                    .satisfies(thrown ->
                            assertThat(thrown.errorCause()).isIn(ErrorCause.CREDENTIALS, ErrorCause.UNAVAILABLE))
                    .satisfies(thrown -> assertThat(thrown.toString()).doesNotContain("wr0ng"));
            List<String> lines = log.lines("WARN Redis cannot be reached");
            assertThat(lines)
                    .hasSizeBetween(1, 2); // Lettuce takes one in a hundred for a connection that was closed first
            assertThat(lines.get(lines.size() - 1)).contains("cause=credentials");
            assertThat(log.lines()).noneMatch(line -> line.contains("wr0ng"));
        }
    }

    @Test
    void lettingItInLaterIsEnough() {
        try (RedisCacheAdapter cache = open("shop:secret@", "")) {
            assertThat(cache.isConnected()).isFalse();

            client.call("ACL", "SETUSER", "shop", "on", ">secret", "~cache:*", "+@all");

            await().atMost(SOON).until(cache::isConnected);
            works(cache);
        }
    }

    @Test
    void loginAndDatabaseComeBackAfterALoss() {
        try (RedisCacheAdapter cache = open(":" + ENCODED + "@", "/3")) {
            works(cache);
            client.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

            await().atMost(SOON).until(cache::isConnected);
            works(cache);

            assertThat(client.call("DBSIZE")).isEqualTo(0L);
            client.call("SELECT", "3");
            assertThat(RedisTestJson.get(client, "cache:k")).isEqualTo("\"v\"");
            assertThat(cache.getStats().keys()).isEqualTo(1);
        }
    }
}
