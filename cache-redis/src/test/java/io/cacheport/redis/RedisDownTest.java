package io.cacheport.redis;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheTimeoutException;
import io.cacheport.CacheUnavailableException;
import io.cacheport.ErrorCause;
import io.cacheport.testkit.server.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Redis away: absent at the start, killed, hanging, and back. */
class RedisDownTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration BACK = Duration.ofSeconds(5);

    private final RedisServer server = RedisServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private RedisCacheAdapter open() {
        return RedisCacheAdapter.connect(server.uri());
    }

    private static Duration timeOf(Runnable code) {
        long start = System.nanoTime();
        code.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void awaitWorking(CacheServicePort cache) {
        await().atMost(BACK).pollInterval(Duration.ofMillis(20)).until(() -> {
            cache.set("back", "yes", MINUTE);
            return "yes".equals(cache.get("back", String.class));
        });
        assertThat(cache.isConnected()).isTrue();
    }

    private static void everyMethodAnswersAsIll(CacheServicePort cache) {
        for (RedisTestCall call : RedisTestCall.ALL) {
            assertThat(timeOf(() -> assertThat(call.on(cache)).as(call.name()).isEqualTo(call.whenIll())))
                    .as(call.name())
                    .isLessThan(SECOND);
        }
        assertThat(cache.isConnected()).isFalse();
        assertThat(cache.getStats().keys()).isEqualTo(-1);
        assertThat(cache.getStats().errors()).isEqualTo(RedisTestCall.ALL.size());
        assertThat(cache.getStats().misses()).isEqualTo(3);
        assertThat(cache.getStats().sets()).isZero();
    }

    private static void everyStrictMethodThrows(CacheServicePort cache) {
        for (RedisTestCall call : RedisTestCall.ALL) {
            assertThatExceptionOfType(CacheUnavailableException.class)
                    .as(call.name())
                    .isThrownBy(() -> call.on(cache.strict()))
                    .satisfies(thrown -> assertThat(thrown.errorCause()).isEqualTo(ErrorCause.UNAVAILABLE));
        }
    }

    @Test
    void absentAtTheStart() {
        server.kill();
        long start = System.nanoTime();
        try (RedisCacheAdapter cache = open()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            everyMethodAnswersAsIll(cache);
            everyStrictMethodThrows(cache);
            assertThat(cache.getStats().misses())
                    .as("a read that throws is a miss too")
                    .isEqualTo(6);
            assertThat(withCache(cache, "k", MINUTE, String.class, () -> "loaded"))
                    .isEqualTo("loaded");

            server.restart();

            awaitWorking(cache);
        }
    }

    @Test
    void hangingAtTheStart() {
        server.pause();
        long start = System.nanoTime();
        try (RedisCacheAdapter cache = open()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            everyMethodAnswersAsIll(cache);

            server.resume();

            awaitWorking(cache);
        }
    }

    @Test
    void killedAndStartedAgain() {
        try (RedisTestLog log = RedisTestLog.open();
                RedisCacheAdapter cache = open()) {
            server.kill();

            everyMethodAnswersAsIll(cache);
            everyStrictMethodThrows(cache);
            assertThat(withCache(cache, "k", MINUTE, String.class, () -> "loaded"))
                    .isEqualTo("loaded");
            await().atMost(BACK).until(() -> !log.lines("is lost").isEmpty());
            Duration thousand = timeOf(() -> {
                for (int i = 0; i < 1_000; i++) {
                    assertThat(cache.get("k" + i, String.class)).isNull();
                }
            });
            assertThat(thousand).isLessThan(Duration.ofSeconds(2));

            server.restart();

            awaitWorking(cache);
        }
    }

    @Test
    void killedManyTimes() {
        try (RedisCacheAdapter cache = open()) {
            for (int i = 0; i < 5; i++) {
                server.restart();
                awaitWorking(cache);
            }
        }
    }

    @Test
    void aHangingServerCostsTheCommandTimeout() {
        try (RedisCacheAdapter cache = open()) {
            cache.set("k", "v", MINUTE);
            cache.get("k", String.class);
            server.pause();

            Duration wait =
                    timeOf(() -> assertThat(cache.get("k", String.class)).isNull());
            assertThat(wait).isBetween(Duration.ofMillis(240), Duration.ofMillis(500));
            assertThatExceptionOfType(CacheTimeoutException.class)
                    .isThrownBy(() -> cache.strict().get("k", String.class))
                    .satisfies(thrown -> assertThat(thrown.errorCause()).isEqualTo(ErrorCause.TIMEOUT));
            assertThat(withCache(cache, "k", MINUTE, String.class, () -> "loaded"))
                    .isEqualTo("loaded");
            assertThat(cache.getStats().errors()).isGreaterThanOrEqualTo(3);

            server.resume();

            awaitWorking(cache);
        }
    }
}
