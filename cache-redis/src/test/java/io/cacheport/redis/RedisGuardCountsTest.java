package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheException;
import io.cacheport.ErrorCause;
import io.cacheport.guard.CircuitBreakerPolicy;
import io.cacheport.guard.CircuitState;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a circuit hears of, and what is counted, on the paths that are seldom gone. */
class RedisGuardCountsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration BACK = Duration.ofSeconds(10);

    private final RedisServer server = RedisServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private RedisCacheBuilder builder() {
        return RedisCacheAdapter.builder(server.uri());
    }

    private static boolean isOpen(RedisCacheAdapter cache) {
        return cache.guard().circuits().containsValue(CircuitState.OPEN);
    }

    @Test
    void callsForManyKeysFindOutToo() {
        try (RedisCacheAdapter cache = builder().build()) {
            cache.getAll(List.of("k1", "k2"), String.class);
            server.kill();
            for (int i = 0; i < 50; i++) {
                cache.getAll(List.of("k1", "k2"), String.class);
            }
            assertThat(isOpen(cache)).isTrue();
            assertThat(cache.guard().stats().rejected()).isPositive();
        }
    }

    /** Nor good news: many of them would hide that nobody else is answered. */
    @Test
    void aCallerWhoWasInterruptedIsNoNews() {
        try (RedisCacheAdapter cache = builder()
                .commandTimeout(Duration.ofMillis(50))
                .circuitBreaker(CircuitBreakerPolicy.defaults().minimumCalls(2))
                .build()) {
            server.pause();
            for (int i = 0; i < 2; i++) {
                for (int interrupted = 0; interrupted < 3; interrupted++) {
                    Thread.currentThread().interrupt();
                    cache.get("k", String.class);
                    assertThat(Thread.interrupted()).isTrue();
                }
                cache.get("k", String.class);
            }
            assertThat(isOpen(cache)).isTrue();
            server.resume();
        }
    }

    @Test
    void aFlushThatIsNotLetInCountsAsRejected() {
        try (RedisCacheAdapter cache = builder().build()) {
            cache.guard().forceOpen();
            cache.flush("a*");
            assertThat(cache.guard().stats().rejected()).isEqualTo(1);
        }
    }

    @Test
    void closedIsSaidWhateverTheCircuit() {
        RedisCacheAdapter cache = builder().build();
        cache.guard().forceOpen();
        cache.close();
        assertThatExceptionOfType(CacheException.class)
                .isThrownBy(() -> cache.strict().get("k", String.class))
                .satisfies(thrown -> assertThat(thrown.errorCause()).isEqualTo(ErrorCause.CLOSED));
        cache.del("k");
        cache.flush("a*");
        assertThat(cache.guard().stats().pending()).as("nobody will replay it").isZero();
    }

    @Test
    void manyCallsMadeTogetherAreOneWordToTheCircuit() {
        try (RedisCacheAdapter cache = builder().build()) {
            server.kill();
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < 50; i++) {
                values.put("k" + i, "v");
            }
            cache.setAll(values, MINUTE);
            assertThat(isOpen(cache)).isFalse();
        }
    }

    @Test
    void theLineSaysWhy() {
        try (RedisTestLog log = RedisTestLog.open();
                RedisCacheAdapter cache = builder()
                        .commandTimeout(Duration.ofMillis(50))
                        .circuitBreaker(CircuitBreakerPolicy.defaults().minimumCalls(2))
                        .build()) {
            server.pause();
            cache.get("k", String.class);
            cache.get("k", String.class);
            assertThat(log.lines("WARN circuit opened"))
                    .singleElement()
                    .asString()
                    .contains("cause=" + ErrorCause.TIMEOUT.tag());
            server.resume();
        }
    }

    /** Nobody knows the nodes yet, so there is none to fail. */
    @Test
    void aFlushOfAClusterNeverReachedIsKept() {
        server.kill();
        try (RedisCacheAdapter cache = RedisCacheAdapter.builder(
                        "redis-cluster://" + server.host() + ":" + server.port())
                .connectTimeout(Duration.ofMillis(100))
                .build()) {
            assertThatExceptionOfType(CacheException.class)
                    .isThrownBy(() -> cache.strict().flush("a*"));
            assertThat(cache.guard().stats().pending()).isEqualTo(1);
        }
    }

    @Test
    void anOpenCircuitIsNotProbedBeforeItsTime() {
        try (RedisCacheAdapter cache = builder()
                        .circuitBreaker(CircuitBreakerPolicy.defaults().recovery(MINUTE))
                        .build();
                RespClient admin = server.client()) {
            admin.call("ACL", "SETUSER", "default", "-get");
            while (!isOpen(cache)) {
                cache.get("k", String.class);
            }
            String before = refusals(admin);
            await().during(Duration.ofMillis(1_500))
                    .atMost(BACK)
                    .until(() -> refusals(admin).equals(before));
        }
    }

    private static String refusals(RespClient admin) {
        return String.valueOf(admin.call("INFO", "commandstats"))
                .lines()
                .filter(line -> line.startsWith("cmdstat_get:"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aConnectionThatIsBackIsFoundSoonHoweverLongTheRecovery() {
        try (RedisCacheAdapter cache = builder()
                .circuitBreaker(CircuitBreakerPolicy.defaults().recovery(MINUTE))
                .build()) {
            server.kill();
            await().atMost(BACK).until(() -> !cache.isConnected());
            while (!isOpen(cache)) {
                cache.get("k", String.class);
            }
            await().during(Duration.ofMillis(200)).atMost(BACK).until(() -> isOpen(cache)); // some probes in vain
            server.restart();
            await().atMost(BACK).until(() -> !isOpen(cache));
        }
    }
}
