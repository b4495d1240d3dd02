package io.cacheport.redis.faults;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.cacheport.guard.CircuitBreakerPolicy;
import io.cacheport.guard.CircuitState;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.redis.guard.NodeCircuit;
import io.cacheport.testkit.fault.FaultProxy;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A circuit breaker that stays where it should not be. The naive one is Resilience4j's as most wrap it around a call. */
class CircuitRowsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @FaultRow(67)
    @Test
    void neverStuckHalfOpen() {
        Row row = FaultMatrix.row(67, "breaker stuck half-open");
        CircuitBreaker naive = CircuitBreaker.of(
                "naive",
                CircuitBreakerConfig.custom()
                        .permittedNumberOfCallsInHalfOpenState(3)
                        .build());
        naive.transitionToOpenState();
        naive.transitionToHalfOpenState();
        for (int i = 0; i < 3; i++) {
            assertThat(naive.tryAcquirePermission())
                    .isTrue(); // by callers that were cancelled and never say how it went
        }
        assertThat(naive.tryAcquirePermission()).isFalse();
        row.naive("half-open for ever once its permits were taken by calls that were cancelled");

        int events = 1_000_000;
        AtomicLong now = new AtomicLong();
        CircuitBreakerPolicy policy = CircuitBreakerPolicy.defaults();
        NodeCircuit circuit = new NodeCircuit("node", policy, Duration.ofMillis(50), now::get, change -> {});
        SplittableRandom random = new SplittableRandom(67);
        int rounds = 0;
        for (int event = 0; event < events; event++) {
            now.addAndGet(random.nextInt(5_000_000));
            if (!circuit.tryEnter()) {
                circuit.probeSucceeded();
            } else {
                switch (random.nextInt(4)) {
                    case 0 -> circuit.succeeded(1_000_000);
                    case 1 -> circuit.failed(1_000_000, random.nextBoolean());
                    case 2 -> circuit.succeeded(90_000_000);
                    default -> circuit.ignored();
                }
            }
            if (event % 1_000 == 0) {
                rounds++;
                closesByTwoProbes(circuit, policy);
            }
        }
        row.ours("a probe of its own closes it, whatever became of the calls");
        row.figure("0 of " + rounds + " times stuck, " + events + " random events", "0");
    }

    private static void closesByTwoProbes(NodeCircuit circuit, CircuitBreakerPolicy policy) {
        for (int probe = 0; circuit.state() != CircuitState.CLOSED; probe++) {
            assertThat(probe).isLessThan(3);
            circuit.probeSucceeded();
            for (int i = 0; i < policy.halfOpenCalls() && circuit.tryProbe(); i++) {
                circuit.succeeded(1);
            }
        }
    }

    @FaultRow(68)
    @Test
    void whatIsNotTheServersFaultDoesNotOpenIt() {
        Row row = FaultMatrix.row(68, "breaker fed with what is not the server's fault");
        CircuitBreaker naive = CircuitBreaker.of(
                "naive", CircuitBreakerConfig.custom().minimumNumberOfCalls(20).build());
        for (int i = 0; i < 20; i++) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> naive.executeRunnable(CircuitRowsTest::noSuchRow));
        }
        assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(() -> naive.executeRunnable(() -> {}));
        row.naive("20 loaders that throw open it around get-or-load");

        String key = LogWatch.KEY + ":68:";
        int each = 200;
        try (RedisServer server = RedisServer.start();
                RespClient client = server.client();
                RedisCacheAdapter cache = Profile.open(server.uri())) {
            client.call("SET", "cache:" + key + "broken", "{");
            client.call("RPUSH", "cache:" + key + "list", "x");
            client.call("CONFIG", "SET", "maxmemory", "1");
            for (int i = 0; i < each; i++) {
                cache.get(key + "broken", Integer.class);
                cache.get(key + "list", Integer.class);
                cache.set(key + "full", 1, MINUTE);
                String absent = key + i;
                assertThatExceptionOfType(IllegalStateException.class)
                        .isThrownBy(() -> withCache(cache, absent, MINUTE, String.class, () -> {
                            throw new IllegalStateException();
                        }));
            }
            assertThat(cache.guard().stats().opened()).isZero();
            assertThat(cache.guard().stats().rejected()).isZero();
        }
        row.ours("closed: unreadable values, wrong types, refused stores and loaders do not count");
        row.figure("opened 0 times by " + 4 * each + " such failures", "0");
    }

    private static void noSuchRow() {
        throw new IllegalStateException();
    }

    /** Answers within the timeout, but so late that the loader would have been better. */
    @FaultRow(69)
    @Test
    void slowIsAsBadAsFailing() throws Exception {
        Row row = FaultMatrix.row(69, "slow but not failing");
        try (RedisServer server = RedisServer.start();
                FaultProxy proxy = FaultProxy.to(server)) {
            CircuitBreaker naive = CircuitBreaker.ofDefaults("naive");
            try (NaiveCache cache = NaiveCache.connect(proxy.uri())) {
                proxy.latency(Duration.ofMillis(75), Duration.ZERO);
                for (int i = 0; i < 110; i++) {
                    naive.executeCallable(() -> cache.commands().get("row69"));
                }
            }
            assertThat(naive.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
            row.naive("closed after 110 calls of 75 ms: by default only a minute is slow");

            proxy.heal();
            LogWatch.quietly(() -> {
                ours(row, server, proxy);
                return true;
            });
        }
    }

    private static void ours(Row row, RedisServer server, FaultProxy proxy) throws Exception {
        try (RedisCacheAdapter cache = Profile.open(proxy.uri());
                Load load = new Load(Load.through(cache)).keys(10).perSecond(40).start()) {
            await().atMost(LIMIT).until(() -> cache.getStats().hits() > 20);
            proxy.latency(Duration.ofMillis(75), Duration.ZERO);
            long slow = load.now();
            await().atMost(LIMIT).until(() -> cache.guard().circuits().containsValue(CircuitState.OPEN));
            long opened = load.now();
            await().atMost(LIMIT).until(() -> load.now() - opened > TimeUnit.SECONDS.toNanos(1));
            long end = load.now();
            proxy.heal();
            LoadResult result = load.stop();
            LoadResult after = result.between(opened, end);

            assertThat(result.exceptions()).isEmpty();
            assertThat(result.from(slow).max()).isLessThan(Profile.T.plusMillis(50));
            assertThat(after.percentile(99)).isLessThan(Duration.ofMillis(2));
            assertThat(server.isAlive()).isTrue();
            row.ours(
                    "opens when half of the calls within the window took over half of the timeout; the loader answers");
            row.figure("open: " + after.latencies(), "p99 <= 2 ms");
        }
    }
}
