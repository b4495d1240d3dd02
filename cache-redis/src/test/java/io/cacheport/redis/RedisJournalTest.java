package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheException;
import io.cacheport.ErrorCause;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** G4 and G5 on a real server that keeps its data over a crash. */
class RedisJournalTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration BACK = Duration.ofSeconds(10);

    private final RedisServer server = RedisServer.start("--appendonly", "yes", "--appendfsync", "always");

    @AfterEach
    void stop() {
        server.close();
    }

    private RedisCacheBuilder builder() {
        return RedisCacheAdapter.builder(server.uri());
    }

    private static void awaitReplayed(RedisCacheAdapter cache) {
        await().atMost(BACK).until(() -> cache.guard().stats().pending() == 0);
    }

    private static Map<String, String> values(int count) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            values.put("k" + i, "old");
        }
        return values;
    }

    @Test
    void whatWasRemovedWhileRedisWasAwayIsGoneWhenItIsBack() {
        Map<String, String> values = values(20);
        values.put("other", "old");
        values.put("a:1", "old");
        try (RedisCacheAdapter cache = builder().build()) {
            cache.setAll(values, MINUTE);
            server.kill();

            assertThat(cache.del("k0")).isFalse();
            assertThat(cache.del(List.of("k1", "k2"))).isZero();
            assertThat(cache.flush("a:*")).isZero();
            assertThat(cache.guard().stats().pending()).isEqualTo(4);
            server.restart();
            awaitReplayed(cache);

            values.keySet().removeAll(List.of("k0", "k1", "k2", "a:1"));
            await().until(() -> cache.getAll(values.keySet(), String.class).equals(values));
            try (RespClient client = server.client()) {
                assertThat(client.call("EXISTS", "cache:k0", "cache:k1", "cache:k2", "cache:a:1"))
                        .isEqualTo(0L);
            }
            assertThat(cache.guard().stats().replayed()).isEqualTo(4);
            assertThat(cache.guard().stats().lost()).isZero();
        }
    }

    /** A server that answers again, and a replay that cannot be made: what waits is a miss, for every operation. */
    @Test
    void whatWaitsIsNotRead() {
        try (RedisCacheAdapter cache = builder().build();
                RespClient admin = server.client()) {
            cache.setAll(values(3), MINUTE);
            admin.call("ACL", "SETUSER", "default", "-unlink");
            cache.del("k0");
            cache.flush("k1*");

            assertThat(RedisTestJson.get(admin, "cache:k0")).isEqualTo("\"old\"");
            assertThat(cache.get("k0", String.class)).isNull();
            assertThat(cache.get("k1", String.class)).isNull();
            assertThat(cache.getAll(List.of("k0", "k1", "k2"), String.class)).containsOnlyKeys("k2");
            assertThat(cache.exists("k0")).isFalse();
            assertThat(cache.ttl("k0")).isEmpty();
            assertThat(cache.expire("k0", MINUTE)).isFalse();
            assertThat(cache.get("k2", String.class)).isEqualTo("old");
            assertThatExceptionOfType(CacheException.class)
                    .isThrownBy(() -> cache.strict().get("k0", String.class))
                    .satisfies(thrown -> assertThat(thrown.errorCause()).isEqualTo(ErrorCause.UNAVAILABLE));

            admin.call("ACL", "SETUSER", "default", "+unlink");
            awaitReplayed(cache);

            assertThat(admin.call("EXISTS", "cache:k0", "cache:k1")).isEqualTo(0L);
            cache.set("k0", "new", MINUTE);
            assertThat(cache.get("k0", String.class)).isEqualTo("new");
        }
    }

    @Test
    void aStrictCallerHearsOfTheFailureAndTheRemovalIsKept() {
        try (RedisCacheAdapter cache = builder().build()) {
            cache.set("k", "old", MINUTE);
            server.kill();
            assertThatExceptionOfType(CacheException.class)
                    .isThrownBy(() -> cache.strict().del("k"));
            server.restart();
            awaitReplayed(cache);

            await().until(cache::isConnected);
            assertThat(cache.exists("k")).isFalse();
        }
    }

    @Test
    void tooMuchToKeepBecomesEverythingUnderThePrefix() {
        try (RedisTestLog log = RedisTestLog.open();
                RedisCacheAdapter cache = builder().journalLimit(10).build();
                RedisCacheAdapter other = builder().keyPrefix("other:").build()) {
            cache.setAll(values(50), MINUTE);
            other.setAll(values(5), MINUTE);
            server.kill();
            for (int i = 0; i < 11; i++) {
                cache.del("k" + i);
            }

            assertThat(cache.guard().stats().overflows()).isEqualTo(1);
            assertThat(cache.guard().stats().pending()).isEqualTo(1);
            assertThat(log.lines("WARN too many invalidations")).hasSize(1);
            server.restart();
            awaitReplayed(cache);

            try (RespClient client = server.client()) {
                assertThat(client.call("DBSIZE")).as("the other prefix").isEqualTo(5L);
            }
            assertThat(cache.guard().stats().lost()).isZero();
        }
    }

    @Test
    void whatCannotBeMadeBeforeCloseIsCountedAndSaid() {
        try (RedisTestLog log = RedisTestLog.open()) {
            RedisCacheAdapter cache = builder().build();
            server.kill();
            cache.del(List.of("k1", "k2"));
            cache.flush("a*");

            cache.close();

            assertThat(cache.guard().stats().lost()).isEqualTo(3);
            assertThat(log.lines("WARN closed with invalidations"))
                    .singleElement()
                    .asString()
                    .contains("lost=3");
        }
    }

    /** With a connection that is up, closing is the last occasion and is used. */
    @Test
    void closingMakesWhatCanBeMade() {
        try (RespClient admin = server.client()) {
            RedisCacheAdapter cache = builder().build();
            cache.set("k", "old", MINUTE);
            cache.guard().forceOpen();
            cache.del("k");
            assertThat(admin.call("EXISTS", "cache:k")).isEqualTo(1L);

            cache.close();

            assertThat(admin.call("EXISTS", "cache:k")).isEqualTo(0L);
            assertThat(cache.guard().stats().lost()).isZero();
        }
    }

    /** A value too large is refused, and the older one must not come back either. */
    @Test
    void theOlderValueOfOneTooLargeIsRemovedLater() {
        try (RedisCacheAdapter cache = builder().maximumValueBytes(100).build()) {
            cache.set("k", "old", MINUTE);
            server.kill();
            cache.set("k", "x".repeat(200), MINUTE);
            server.restart();
            awaitReplayed(cache);

            await().until(cache::isConnected);
            assertThat(cache.exists("k")).isFalse();
        }
    }
}
