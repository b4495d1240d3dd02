package io.cacheport.redis;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheServices;
import io.cacheport.aside.LoadRejectedException;
import io.cacheport.guard.CircuitBreakerPolicy;
import io.cacheport.guard.CircuitState;
import io.cacheport.guard.CircuitTransition;
import io.cacheport.guard.Guard;
import io.cacheport.guard.GuardedCache;
import io.cacheport.spi.LoadLimit;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** G1 to G3 on a real server. */
class RedisGuardTest {

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

    private @Nullable CircuitState state(GuardedCache cache) {
        return cache.guard().circuits().get(server.uri());
    }

    private static void get(CacheServicePort cache, int times) {
        for (int i = 0; i < times; i++) {
            cache.get("k", String.class);
        }
    }

    @Test
    void aDeadServerIsNotAskedAndComesBackByItself() {
        Queue<CircuitTransition> told = new ConcurrentLinkedQueue<>();
        try (RedisCacheAdapter cache = builder().build()) {
            cache.guard().onTransition(told::add);
            cache.set("k", "v", MINUTE);
            assertThat(state(cache)).isEqualTo(CircuitState.CLOSED);
            server.kill();

            get(cache, 50);

            assertThat(state(cache)).isEqualTo(CircuitState.OPEN);
            assertThat(cache.guard().stats().opened()).isEqualTo(1);
            assertThat(cache.guard().stats().rejected()).isGreaterThan(20);
            assertThat(cache.getStats().keys()).isEqualTo(-1);
            server.restart();
            await().atMost(BACK).until(() -> state(cache) == CircuitState.CLOSED);
            assertThat(told)
                    .extracting(CircuitTransition::to)
                    .containsExactly(CircuitState.OPEN, CircuitState.HALF_OPEN, CircuitState.CLOSED);
            cache.set("k", "v", MINUTE);
            assertThat(cache.get("k", String.class)).isEqualTo("v");
        }
    }

    /** Hung, it costs a timeout for each of the calls that find out, and none after. */
    @Test
    void aHungServerIsGivenUpAfterTheLeastNumberOfCalls() {
        try (RedisCacheAdapter cache = builder()
                .commandTimeout(Duration.ofMillis(50))
                .circuitBreaker(CircuitBreakerPolicy.defaults().minimumCalls(5))
                .build()) {
            cache.get("k", String.class);
            server.pause();
            get(cache, 10);

            assertThat(state(cache)).isEqualTo(CircuitState.OPEN);
            long before = cache.guard().stats().rejected();
            get(cache, 100);
            assertThat(cache.guard().stats().rejected()).isEqualTo(before + 100);

            server.resume();
            await().atMost(BACK).until(() -> state(cache) == CircuitState.CLOSED);
        }
    }

    /** Errors that are not the server's: values that cannot be read, wrong types, refused writes, loaders that throw. */
    @Test
    void onlyWhatTheNodeCannotServeCounts() {
        try (RedisCacheAdapter cache = builder().build();
                RespClient admin = server.client()) {
            admin.call("SET", "cache:broken", "{");
            admin.call("RPUSH", "cache:list", "v");
            admin.call("CONFIG", "SET", "maxmemory", "1");
            for (int i = 0; i < 100; i++) {
                assertThat(cache.get("broken", Integer.class)).isNull();
                assertThat(cache.get("list", Integer.class)).isNull();
                cache.set("k", "v", MINUTE);
                assertThatExceptionOfType(IllegalStateException.class)
                        .isThrownBy(() -> withCache(cache, "k" + System.nanoTime(), MINUTE, String.class, () -> {
                            throw new IllegalStateException();
                        }));
            }
            assertThat(cache.getStats().errors()).isEqualTo(400); // of each four, one a lease that was refused
            assertThat(state(cache)).isEqualTo(CircuitState.CLOSED);
            assertThat(cache.guard().stats().opened()).isZero();
        }
    }

    @Test
    void aUserWhoMayNoLongerReadCounts() {
        try (RedisCacheAdapter cache = builder().build();
                RespClient admin = server.client()) {
            cache.get("k", String.class);
            admin.call("ACL", "SETUSER", "default", "-get");
            get(cache, 50);
            assertThat(state(cache)).isEqualTo(CircuitState.OPEN);
            admin.call("ACL", "SETUSER", "default", "+get");

            await().atMost(BACK).until(() -> state(cache) == CircuitState.CLOSED);
        }
    }

    @Test
    void forcedOpenTheCacheAnswersAsIfRedisWereAway() {
        try (RedisTestLog log = RedisTestLog.open();
                RedisCacheAdapter cache = builder().build()) {
            cache.set("k", "v", MINUTE);
            Guard guard = cache.guard();

            guard.forceOpen();

            assertThat(state(cache)).isEqualTo(CircuitState.FORCED_OPEN);
            for (RedisTestCall call : RedisTestCall.ALL) {
                assertThat(call.on(cache)).as(call.name()).isEqualTo(call.whenIll());
            }
            assertThat(guard.stats().pending()).isPositive();
            assertThat(log.lines("WARN circuit forced")).hasSize(1);

            guard.release();

            assertThat(state(cache)).isEqualTo(CircuitState.CLOSED);
            await().atMost(BACK).until(() -> guard.stats().pending() == 0);
            cache.set("k", "v", MINUTE);
            assertThat(cache.get("k", String.class)).isEqualTo("v");
        }
    }

    @Test
    void forcedClosedItAsksWhateverHappens() {
        try (RedisCacheAdapter cache = builder().build()) {
            cache.guard().forceClosed();
            server.kill();
            get(cache, 100);

            assertThat(state(cache)).isEqualTo(CircuitState.FORCED_CLOSED);
            assertThat(cache.guard().stats().rejected()).isZero();
        }
    }

    @Test
    void loadsAreLimitedWhileTheServerIsAwayAndForAWhileAfter() throws InterruptedException {
        LoadLimit limit = LoadLimit.of(1, Duration.ZERO);
        try (RedisCacheAdapter cache = builder()
                .loadLimit(limit)
                .circuitBreaker(CircuitBreakerPolicy.defaults().window(Duration.ofSeconds(1)))
                .build()) {
            assertThat(cache.loadLimit("k")).isNull();
            server.kill();
            await().until(() -> cache.loadLimit("k") == limit);
            AtomicInteger rejected = new AtomicInteger();
            withCache(cache, "outer", MINUTE, String.class, () -> {
                Thread other = new Thread(() -> {
                    try {
                        withCache(cache, "inner", MINUTE, String.class, () -> "v");
                    } catch (LoadRejectedException full) {
                        rejected.incrementAndGet();
                    }
                });
                other.start();
                other.join();
                return "v";
            });
            assertThat(rejected).hasValue(1);
            get(cache, 50);
            server.restart();
            await().atMost(BACK).until(() -> state(cache) == CircuitState.CLOSED);
            assertThat(cache.loadLimit("k")).as("it may be back empty").isSameAs(limit);
            await().atMost(BACK).until(() -> cache.loadLimit("k") == null);
        }
    }

    /** Never two timeouts in one call: what was not found out by reading is not stored either. */
    @Test
    void aCallWaitsForAHungServerOnce() {
        Duration timeout = Duration.ofMillis(300);
        try (RedisCacheAdapter cache = builder().commandTimeout(timeout).build()) {
            cache.get("k", String.class);
            server.pause();

            long start = System.nanoTime();
            assertThat(withCache(cache, "k", MINUTE, String.class, () -> "loaded"))
                    .isEqualTo("loaded");

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(timeout, timeout.multipliedBy(2));
            assertThat(cache.getStats().errors()).isEqualTo(1);
        }
    }

    @Test
    void aListenerThatThrowsHarmsNobody() {
        try (RedisCacheAdapter cache = builder().build()) {
            cache.guard().onTransition(change -> {
                throw new IllegalStateException();
            });
            server.kill();
            get(cache, 50);

            assertThat(state(cache)).isEqualTo(CircuitState.OPEN);
        }
    }

    @Test
    void theEnvironmentSetsTheCircuitBreaker() {
        Map<String, String> environment = Map.of("REDIS_URL", server.uri(), "CACHE_CB_FAILURE_THRESHOLD", "2");
        try (CacheServicePort cache = CacheServices.fromEnvironment(environment)) {
            server.kill();
            get(cache, 2);

            assertThat(state((GuardedCache) cache)).isEqualTo(CircuitState.OPEN);
        }
    }

    @Test
    void aSlowCallThatCannotBeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder()
                        .commandTimeout(Duration.ofMillis(100))
                        .circuitBreaker(CircuitBreakerPolicy.defaults().slowCalls(50, Duration.ofMillis(100)))
                        .build())
                .withMessageContainingAll("slowCall PT0.1S", "commandTimeout PT0.1S");
    }

    @Test
    void aJournalWithoutRoomIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().journalLimit(0).build())
                .withMessage("journalLimit 0 is not from 1 to 10000000");
        assertThat(List.of(builder().journalLimit(1).settings().journalLimit())).containsExactly(1);
    }
}
