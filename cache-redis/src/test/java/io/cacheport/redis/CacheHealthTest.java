package io.cacheport.redis;

import static io.cacheport.guard.CircuitState.CLOSED;
import static io.cacheport.guard.CircuitState.FORCED_CLOSED;
import static io.cacheport.guard.CircuitState.FORCED_OPEN;
import static io.cacheport.guard.CircuitState.HALF_OPEN;
import static io.cacheport.guard.CircuitState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.guard.CircuitState;
import io.cacheport.guard.CircuitTransition;
import io.cacheport.guard.Guard;
import io.cacheport.guard.GuardStats;
import io.cacheport.health.CacheHealth;
import io.cacheport.health.Degradation;
import io.cacheport.health.Diagnosed;
import io.cacheport.health.HealthCheck;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.key.KeySpace;
import io.cacheport.key.ScopedCache;
import io.cacheport.spi.ForwardingCacheService;
import io.cacheport.testkit.server.RedisFixture;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredCache;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Health: its JSON, what it calls degraded, and that a store which hangs is waited for once. */
class CacheHealthTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofMillis(400);

    @Test
    void theJsonIsThatOfAJsonLibrary() throws Exception {
        try (InMemoryCacheAdapter cache = InMemoryCacheAdapter.create()) {
            cache.set("k", 1, MINUTE);
            for (int i = 0; i < 14; i++) {
                cache.get("k", Integer.class);
            }
            cache.get("none", Integer.class);

            CacheHealth well = CacheHealth.of(cache);

            assertThat(well.toJson())
                    .isEqualTo(
                            "{\"connected\":true,\"hits\":14,\"misses\":1,\"keys\":1,\"totalRequests\":15,"
                                    + "\"hitRate\":\"93.33%\",\"efficiency\":\"optimal\",\"status\":\"healthy\",\"reason\":null}")
                    .isEqualTo(new ObjectMapper().writeValueAsString(well));
        }
    }

    @Test
    void aClosedCacheIsDegraded() throws Exception {
        InMemoryCacheAdapter cache = InMemoryCacheAdapter.create();
        cache.close();
        CacheHealth closed = CacheHealth.of(cache);
        assertThat(closed.toJson()).isEqualTo(new ObjectMapper().writeValueAsString(closed));
        assertDegraded(closed, "not_connected");
    }

    @Test
    void aHitRateBelowTheFloorIsDegradedOnceEnoughWasAsked() {
        try (InMemoryCacheAdapter cache = InMemoryCacheAdapter.create()) {
            HealthCheck check = HealthCheck.of(cache).hitRateFloor(0.5, 3);
            cache.get("none", Integer.class);
            cache.get("none", Integer.class);
            assertThat(check.now().reason()).isNull();

            cache.get("none", Integer.class);
            assertDegraded(check.now(), "hit_rate_low");
            assertThat(CacheHealth.of(cache).status()).isEqualTo("healthy");

            cache.set("k", 1, MINUTE);
            for (int i = 0; i < 3; i++) {
                cache.get("k", Integer.class);
            }
            assertThat(check.now().reason()).isNull(); // 50 % is not below 50 %
            assertThatIllegalArgumentException().isThrownBy(() -> check.hitRateFloor(1.5, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> check.hitRateFloor(0.5, 0));
        }
    }

    @Test
    void aCacheOfSomebodyElsesMayThrow() {
        assertDegraded(CacheHealth.of(new Throwing(InMemoryCacheAdapter.create())), "not_connected");
    }

    private static final class Throwing extends ForwardingCacheService {

        Throwing(CacheServicePort delegate) {
            super(delegate);
        }

        @Override
        public boolean isConnected() {
            throw new IllegalStateException("no");
        }

        @Override
        public CacheStats knownStats() {
            throw new IllegalStateException("no");
        }

        @Override
        public CacheServicePort strict() {
            return this;
        }
    }

    @Test
    void aStoreThatHangsOrIsGoneIsWaitedForOnceAndNamed() {
        try (RedisServer server = RedisServer.start();
                RedisCacheAdapter redis = RedisCacheAdapter.builder(server.uri())
                        .commandTimeout(TIMEOUT)
                        .build();
                TieredCache tiered = Tiered.near(InMemoryCacheAdapter.create())
                        .far(RedisCacheAdapter.builder(server.uri())
                                .commandTimeout(TIMEOUT)
                                .build())) {
            CacheServicePort scoped = ScopedCache.over(redis, KeySpace.of("catalog"));
            redis.set("k", 1, MINUTE);
            redis.get("k", Integer.class);
            List<CacheServicePort> all = List.of(redis, scoped, tiered);
            await().untilAsserted(() ->
                    assertThat(all).allMatch(one -> CacheHealth.of(one).status().equals("healthy")));
            assertThat(CacheHealth.of(scoped)).isEqualTo(CacheHealth.of(redis));

            server.pause();
            assertThat(redis.guard().circuits().values())
                    .allMatch(state -> state.tag().equals("closed"));
            for (CacheServicePort one : all) {
                long start = System.nanoTime();
                CacheHealth health = CacheHealth.of(one);
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isLessThan(TIMEOUT.multipliedBy(7).dividedBy(4));
                assertDegraded(health, "not_connected");
                assertThat(health.connected()).isFalse();
                assertThat(health.keys()).isEqualTo(-1);
            }
            assertThat(CacheHealth.of(scoped).hits()).isEqualTo(1);
            server.resume();
            awaitWell(all);

            server.kill();
            awaitReason(redis, "not_connected");
            assertDegraded(CacheHealth.of(tiered), "not_connected");
            assertThat(redis.del("k")).isFalse();
            server.restart();
            awaitWell(all);
        }
    }

    @Test
    void whatTheGuardKnowsIsTold() {
        try (RedisCacheAdapter redis =
                        RedisCacheAdapter.connect(RedisFixture.shared().uri());
                TieredCache tiered = Tiered.near(InMemoryCacheAdapter.create()).far(redis)) {
            awaitReason(redis, null);
            redis.guard().forceOpen();
            assertDegraded(CacheHealth.of(redis), "circuit_forced_open");
            assertDegraded(CacheHealth.of(tiered), "circuit_forced_open");
            assertDegraded(CacheHealth.of(ScopedCache.over(redis, KeySpace.of("x"))), "circuit_forced_open");
            assertThat(CacheHealth.of(redis).connected()).isTrue();

            redis.guard().release();
            awaitReason(redis, null);
        }
    }

    @Test
    void circuitsAndJournalInTheOrderInWhichTheyExplainEachOther() {
        assertThat(Diagnosed.degradationOf(new Known(0, CLOSED, FORCED_CLOSED))).isNull();
        assertThat(Diagnosed.degradationOf(new Known(1, CLOSED))).isEqualTo(Degradation.INVALIDATIONS_PENDING);
        assertThat(Diagnosed.degradationOf(new Known(1, CLOSED, OPEN))).isEqualTo(Degradation.CIRCUIT_OPEN);
        assertThat(Diagnosed.degradationOf(new Known(0, HALF_OPEN))).isEqualTo(Degradation.CIRCUIT_OPEN);
        assertThat(Diagnosed.degradationOf(new Known(1, OPEN, FORCED_OPEN))).isEqualTo(Degradation.CIRCUIT_FORCED_OPEN);
    }

    /** A guard that stands as it stands. */
    private static final class Known implements Guard {

        private final long pending;
        private final Map<String, CircuitState> circuits = new HashMap<>();

        Known(long pending, CircuitState... states) {
            this.pending = pending;
            for (CircuitState state : states) {
                circuits.put("node" + circuits.size(), state);
            }
        }

        @Override
        public Map<String, CircuitState> circuits() {
            return circuits;
        }

        @Override
        public GuardStats stats() {
            return new GuardStats(0, 0, pending, 0, 0, 0);
        }

        @Override
        public void forceOpen() {
            throw new AssertionError("only asked");
        }

        @Override
        public void forceClosed() {
            throw new AssertionError("only asked");
        }

        @Override
        public void release() {
            throw new AssertionError("only asked");
        }

        @Override
        public void onTransition(Consumer<CircuitTransition> listener) {
            throw new AssertionError("only asked");
        }
    }

    @Test
    void aNearCacheThatHearsOfNothingIsNotServed() {
        try (RedisServer server = RedisServer.start();
                RespClient client = server.client()) {
            client.call("ACL", "SETUSER", "deaf", "on", ">pw", "~*", "&*", "+@all");
            try (TieredCache tiered = Tiered.near(InMemoryCacheAdapter.create())
                    .far(RedisCacheAdapter.connect(server.uri().replace("redis://", "redis://deaf:pw@")))) {
                awaitReason(tiered, null);
                client.call("ACL", "SETUSER", "deaf", "-client|tracking");
                client.call("CLIENT", "KILL", "USER", "deaf");

                awaitReason(tiered, "near_not_served");
                await().atMost(Duration.ofSeconds(15)).until(tiered::isConnected);
            }
        }
    }

    private static void awaitWell(List<CacheServicePort> all) {
        all.forEach(one -> awaitReason(one, null));
    }

    private static void awaitReason(CacheServicePort cache, @Nullable String reason) {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(CacheHealth.of(cache).reason()).isEqualTo(reason));
    }

    private static void assertDegraded(CacheHealth health, String reason) {
        assertThat(health.reason()).isEqualTo(reason);
        assertThat(health.status()).isEqualTo("degraded");
        assertThat(health.efficiency()).isEqualTo("degraded");
    }
}
