package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.guard.CircuitState;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.fault.FaultProxy;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One of three masters is a long way off: its circuit opens, nobody else's. */
@FaultRow(36)
class SlowShardTest {

    private static final Duration DELAY = Duration.ofMillis(80);
    private static final Duration JITTER = Duration.ofMillis(20);
    private static final Duration PHASE = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RECOVERY = Duration.ofSeconds(3);
    private static final Duration OPEN_LIMIT = Duration.ofMillis(2);

    /** How much later than it is due a call may begin. */
    private static final Duration LAG = Duration.ofMillis(20);

    private static final int SLOW = 1;
    private static final int OTHER = 0;
    private static final int PER_SECOND = 200;

    /** Enough that, though each call takes as long as the timeout, none waits for a thread. */
    private static final int THREADS = 40;

    private final Row row = FaultMatrix.row(36, "cluster: one of three masters is slow");

    @Test
    void onlyItsCircuitOpens() throws Exception {
        try (Shards shards = Shards.start(0);
                FaultProxy proxy = FaultProxy.to(shards.master(SLOW))) {
            announce(shards, proxy);
            LogWatch.quietly(() -> {
                naively(shards, proxy);
                proxy.heal();
                ours(shards, proxy);
                return null;
            });
            aloud(shards, proxy);
        }
    }

    /** Has the cluster name the proxy where it named the node. */
    private static void announce(Shards shards, FaultProxy proxy) {
        try (RespClient client = shards.master(SLOW).client()) {
            client.call("CONFIG", "SET", "cluster-announce-port", String.valueOf(proxy.port()));
        }
        for (RedisServer node : shards.cluster().nodes()) {
            try (RespClient client = node.client()) {
                await("announcement")
                        .atMost(PATIENCE)
                        .until(() ->
                                String.valueOf(client.call("CLUSTER", "NODES")).contains(":" + proxy.port() + "@"));
            }
        }
    }

    /** One breaker around one client, as one puts it around a database; two of three calls go to the slow master. */
    private void naively(Shards shards, FaultProxy proxy) throws Exception {
        CircuitBreaker breaker = CircuitBreaker.of(
                "all",
                CircuitBreakerConfig.custom()
                        .slowCallDurationThreshold(Profile.T.dividedBy(2))
                        .slowCallRateThreshold(50)
                        .build());
        try (NaiveCache naive = NaiveCache.connect(shards.uri())) {
            shards.fill(naive, SLOW);
            shards.fill(naive, OTHER);
            Load.Reader reader = (key, loader) -> {
                if (!breaker.tryAcquirePermission()) {
                    return loader.call();
                }
                long start = System.nanoTime();
                String value = naive.read(key, loader);
                breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
                return value;
            };
            try (Load slow = shards.load(reader, shards.naiveKeys(SLOW), PER_SECOND, THREADS);
                    Load others = shards.load(reader, shards.naiveKeys(OTHER), PER_SECOND / 2, 4)) {
                proxy.latency(DELAY, JITTER);
                await("breaker").atMost(PATIENCE).until(() -> breaker.getState() == CircuitBreaker.State.OPEN);
                long open = others.now();
                pass(PHASE);
                LoadResult unused = slow.stop();
                LoadResult lost = others.stop().from(open);
                assertThat(lost.hits()).isLessThan(lost.calls().size() / 10);
                row.naive("one breaker for all: it opens, other masters: " + Failover.hitsOf(lost));
            }
        }
    }

    private void ours(Shards shards, FaultProxy proxy) throws Exception {
        String slowNode = proxy.host() + ":" + proxy.port();
        try (RedisCacheAdapter cache = Profile.open(shards.uri())) {
            shards.fill(cache, SLOW);
            shards.fill(cache, OTHER);
            assertThat(cache.guard().circuits()).hasSize(Shards.MASTERS).containsKey(slowNode);
            try (Load slow = shards.load(Load.through(cache), shards.keys(SLOW), PER_SECOND, THREADS);
                    Load others = shards.load(Load.through(cache), shards.keys(OTHER), PER_SECOND, 4);
                    Load bare = shards.load((key, loader) -> loader.call(), "bare", PER_SECOND, 4)) {
                pass(PHASE);
                long slowAt = slow.now();
                long othersAt = others.now();
                long bareAt = bare.now();
                NavigableMap<Long, CircuitState> states = new ConcurrentSkipListMap<>(Map.of(0L, CircuitState.CLOSED));
                Set<String> changed = ConcurrentHashMap.newKeySet();
                cache.guard().onTransition(change -> {
                    changed.add(change.node());
                    states.put(slow.now(), change.to());
                });
                proxy.latency(DELAY, JITTER);
                long open = await("circuit").atMost(PATIENCE).until(() -> states.higherKey(0L), Objects::nonNull);
                LoadResult onceOpen = manyCalls(shards, cache, slow);
                long healed = slow.now();
                long othersHealed = others.now();
                proxy.heal();
                await("circuit").atMost(PATIENCE).until(() -> stateOf(cache, slowNode) == CircuitState.CLOSED);
                pass(Duration.ofSeconds(1));
                LoadResult seen = slow.stop();
                LoadResult otherKeys = others.stop();
                LoadResult nothing = bare.stop().from(bareAt);

                assertThat(seen.exceptions()).isEmpty();
                assertThat(otherKeys.exceptions()).isEmpty();
                assertThat(seen.wrong() + otherKeys.wrong()).isZero();
                assertThat(changed).containsExactly(slowNode);
                row.ours("only that master's circuit opens");
                beforeOpen(seen.between(slowAt, open), nothing, open - slowAt);
                onceOpen(onceOpen, states, nothing);
                others(otherKeys.between(0, othersAt), otherKeys.between(othersAt, othersHealed), nothing);
                Duration recovery = seen.firstHitAfter(healed).orElse(PATIENCE);
                row.figure("first hit after the end of it: " + Failover.seconds(recovery.toNanos()), "<= 3 s");
                assertThat(recovery).isLessThan(RECOVERY);
            }
        }
    }

    /** So many that their p99 is more than a handful of calls; at moments of the other load. */
    private static LoadResult manyCalls(Shards shards, RedisCacheAdapter cache, Load other)
            throws InterruptedException {
        try (Load load = shards.load(Load.through(cache), shards.keys(SLOW), PER_SECOND * 5, 8)) {
            long later = other.now() - load.now();
            pass(PHASE);
            LoadResult result = load.stop();
            return new LoadResult(
                    result.calls().stream()
                            .map(call ->
                                    new Samples.Sample(call.at() + later, call.nanos(), call.kind(), call.failure()))
                            .toList(),
                    result.loads(),
                    result.hung());
        }
    }

    private static CircuitState stateOf(RedisCacheAdapter cache, String node) {
        return cache.guard().circuits().getOrDefault(node, CircuitState.CLOSED);
    }

    private void beforeOpen(LoadResult closed, LoadResult bare, long nanos) {
        row.figure(
                "slow master (80 +-20 ms), until its circuit opened after " + Failover.seconds(nanos) + ": "
                        + closed.latencies() + " (a bare call: " + bare.latencies() + ")",
                "beyond a bare call: p99.9 <= T + 50 ms, max <= 2T + 100 ms");
        assertThat(closed.percentile(99.9).minus(bare.percentile(99.9))).isLessThan(Profile.T.plusMillis(50));
        assertThat(closed.max().minus(bare.max()))
                .isLessThan(Profile.T.multipliedBy(2).plusMillis(100));
    }

    /**
     * Every half second or so the circuit is half open, and some callers are let in to decide: they pay up to T, which is
     * a per cent or two of the calls at this rate, and more the fewer calls there are.
     */
    private void onceOpen(LoadResult calls, NavigableMap<Long, CircuitState> states, LoadResult bare) {
        LoadResult open = new LoadResult(
                calls.calls().stream().filter(call -> isOpen(states, call.at())).toList(), calls.loads(), calls.hung());
        Duration all = calls.percentile(99).minus(bare.percentile(99));
        row.figure("while open: p99 " + Row.ms(open.percentile(99).toNanos()), "<= 2 ms beyond a bare call")
                .figure(
                        "with the callers that are let in to decide: " + calls.latencies(),
                        "p99 <= 2 ms beyond a bare call" + (all.compareTo(OPEN_LIMIT) < 0 ? "" : " (missed)")
                                + ", p99.9 <= T + 50 ms");
        assertThat(open.calls()).isNotEmpty();
        assertThat(open.percentile(99).minus(bare.percentile(99))).isLessThan(OPEN_LIMIT);
        assertThat(calls.percentile(99.9).minus(bare.percentile(99.9))).isLessThan(Profile.T.plusMillis(50));
    }

    /** And was for as long as T, since until then a call may share one that began before, and is when the call begins. */
    private static boolean isOpen(NavigableMap<Long, CircuitState> states, long moment) {
        Map.Entry<Long, CircuitState> last = states.floorEntry(moment);
        Long next = states.higherKey(moment);
        return last != null
                && last.getValue() == CircuitState.OPEN
                && moment - last.getKey() >= Profile.T.toNanos()
                && (next == null || next - moment >= LAG.toNanos());
    }

    private void others(LoadResult before, LoadResult during, LoadResult bare) {
        row.figure("other masters: " + Failover.hitsOf(during), ">= 99 %")
                .figure(
                        "other masters: before " + before.latencies() + ", during " + during.latencies()
                                + " (a bare call: " + bare.latencies() + ")",
                        "p90 <= before + a bare call + 2 ms, p99.9 <= T + 50 ms beyond a bare call");
        assertThat(during.hits()).isGreaterThanOrEqualTo(during.calls().size() * 99L / 100);
        assertThat(during.percentile(90))
                .isLessThan(before.percentile(90).plus(bare.percentile(90)).plusMillis(2));
        assertThat(during.percentile(99.9).minus(bare.percentile(99.9))).isLessThan(Profile.T.plusMillis(50));
    }

    /** The same with all loggers on. */
    private static void aloud(Shards shards, FaultProxy proxy) {
        String key = shards.keys(SLOW) + "aloud";
        try (RedisCacheAdapter cache = Profile.open(shards.uri())) {
            cache.set(key, LogWatch.VALUE, PATIENCE);
            proxy.latency(DELAY.multipliedBy(2), Duration.ZERO);
            for (int i = 0; i < 30; i++) {
                assertThat(cache.get(key, String.class)).isNull();
                cache.set(key, LogWatch.VALUE, PATIENCE);
            }
            cache.del(key);
            assertThat(stateOf(cache, proxy.host() + ":" + proxy.port())).isNotEqualTo(CircuitState.CLOSED);
        }
    }

    private static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
    }
}
