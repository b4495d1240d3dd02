package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisCluster;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A walk over all keys of a cluster, of which a master dies on the way. */
@FaultRow(82)
class SweepOnClusterTest {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final Duration FAILOVER = Duration.ofSeconds(30);
    private static final int KEYS = 60_000;

    @Test
    void endsSoonAndSaysThatItIsNotComplete() throws Exception {
        Row row = FaultMatrix.row(82, "SCAN on a cluster of which a master dies");
        long plain = flushWhileAMasterDies(row, false);
        long strict = flushWhileAMasterDies(row, true);
        row.ours(
                "the flush ends and is counted and logged as an error, strict() throws; repeated after the failover it "
                        + "removes the rest");
        row.figure(
                String.format(Locale.ROOT, "ended %s and %s after the kill", Row.ms(plain), Row.ms(strict)),
                BOUND.toSeconds() + " s");
    }

    /** How long after the kill the call ended. */
    private static long flushWhileAMasterDies(Row row, boolean strict) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (RedisCluster cluster = RedisCluster.start();
                RedisCacheAdapter adapter = Profile.builder(cluster.uri())
                        .connectTimeout(Duration.ofSeconds(5))
                        .build();
                NaiveCache naive = NaiveCache.connect(cluster.uri())) {
            CacheServicePort cache = strict ? adapter.strict() : adapter;
            List<RedisServer> masters = cluster.masters();
            RedisServer victim = masters.get(1);
            fill(adapter);
            long before = sizes(masters);
            assertThat(before).isEqualTo(KEYS);
            AtomicLong ended = new AtomicLong();
            CompletableFuture<Object> flush = CompletableFuture.supplyAsync(() -> outcome(cache, ended), executor);
            try (RespClient client = victim.client()) { // when it is this master's turn
                long own = size(client);
                while (size(client) > own - 1_000) {
                    assertThat(flush).isNotDone();
                }
            }
            long killed = System.nanoTime();
            victim.kill();

            Object outcome = flush.get(BOUND.toSeconds(), TimeUnit.SECONDS);

            assertThat(outcome).isInstanceOf(strict ? CacheException.class : Long.class);
            if (!strict) {
                assertThat((Long) outcome).isBetween(1_000L, KEYS - 1L);
                assertThat(adapter.getStats().deletes()).isEqualTo(outcome);
            }
            assertThat(adapter.getStats().errors()).isPositive();
            assertThat(LogWatch.warnings()).isNotEmpty();
            if (!strict) {
                String naively = Naive.attempt(Duration.ofSeconds(1), () -> naive.flush("naive:*"));
                assertThat(naively)
                        .satisfiesAnyOf(
                                text -> assertThat(text).startsWith("hung"),
                                text -> assertThat(text).endsWith("Exception"));
                row.naive("KEYS: " + naively);
            }
            await("the rest").atMost(FAILOVER).untilAsserted(() -> {
                long unused = adapter.flush("*");
                assertThat(cluster.masters()).hasSize(3);
                assertThat(sizes(cluster.masters())).isZero();
            });
            return ended.get() - killed;
        } finally {
            executor.shutdownNow();
        }
    }

    private static Object outcome(CacheServicePort cache, AtomicLong ended) {
        try {
            return cache.flush(LogWatch.KEY + "*");
        } catch (CacheException reported) {
            return reported;
        } finally {
            ended.set(System.nanoTime());
        }
    }

    private static void fill(CacheServicePort cache) {
        Map<String, Integer> batch = new HashMap<>();
        List<Map<String, Integer>> batches = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            batch.put(LogWatch.KEY + i, i);
            if (batch.size() == 1_000) {
                batches.add(Map.copyOf(batch));
                batch.clear();
            }
        }
        batches.forEach(some -> await().atMost(FAILOVER).until(() -> {
            cache.setAll(some, TEN_MINUTES);
            return cache.getAll(some.keySet(), Integer.class).size() == some.size();
        }));
    }

    private static long sizes(List<RedisServer> masters) {
        long sum = 0;
        for (RedisServer master : masters) {
            try (RespClient client = master.client()) {
                sum += size(client);
            }
        }
        return sum;
    }

    private static long size(RespClient client) {
        return client.call("DBSIZE") instanceof Long size ? size : 0;
    }
}
