package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.guard.CircuitState;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisCluster;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A master without a replica dies, and the others refuse to serve without it. */
@FaultRow(22)
class ClusterDownTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration DOWN = Duration.ofSeconds(10);

    @Test
    void loadsUntilTheClusterIsWholeAndThenHits() throws Exception {
        Row row = FaultMatrix.row(22, "CLUSTERDOWN");
        try (RedisCluster cluster = RedisCluster.start(3, 0);
                NaiveCache naive = NaiveCache.connect(cluster.uri())) {
            LogWatch.quietly(() -> {
                run(row, cluster, naive);
                return null;
            });
        }
    }

    private static void run(Row row, RedisCluster cluster, NaiveCache naive) throws Exception {
        RedisServer dead = cluster.nodes().get(0);
        try (RedisCacheAdapter cache = Profile.open(cluster.uri());
                Load load = new Load(Load.through(cache))
                        .threads(50)
                        .keys(60)
                        .perSecond(400)
                        .start()) {
            await().atMost(SOON).until(() -> cache.getStats().hits() > 400);
            long killed = load.now();
            dead.kill();
            await().atMost(SOON)
                    .until(() -> isDown(cluster.nodes().get(1))
                            && isDown(cluster.nodes().get(2)));
            long down = load.now();
            int refused = 0;
            for (int i = 0; i < 20; i++) {
                String key = "row22:" + i;
                refused += Naive.attempt(LIMIT, () -> naive.read(key, () -> "loaded"))
                                .equals("loaded")
                        ? 0
                        : 1;
            }
            await().atMost(SOON)
                    .until(() -> cache.guard().circuits().values().stream()
                            .noneMatch(state -> state == CircuitState.CLOSED));
            Calling open = Calling.of(cache, 10_000);
            await().atMost(SOON).until(() -> load.now() > down + DOWN.toNanos());
            long hits = cache.getStats().hits();
            dead.restart();
            await().atMost(SOON).until(() -> cluster.nodes().stream().noneMatch(ClusterDownTest::isDown));
            long whole = load.now();
            await().atMost(SOON)
                    .until(() ->
                            cache.guard().circuits().values().stream().allMatch(state -> state == CircuitState.CLOSED));
            long closed = load.now() - whole;
            long opened = cache.guard().stats().opened();
            await().atMost(SOON).until(() -> cache.getStats().hits() > hits + 10);
            LoadResult result = load.stop();
            LoadResult during = result.between(killed, whole);
            Duration recovered = result.firstHitAfter(whole).orElseThrow();

            assertThat(refused).isEqualTo(20);
            assertThat(result.exceptions()).isEmpty();
            assertThat(result.wrong() + result.hung()).isZero();
            assertThat(during.max()).isLessThan(Profile.T.multipliedBy(2).plusMillis(100));
            assertThat(open.p99()).isLessThan(Duration.ofMillis(2).toNanos());
            row.naive(refused + " of 20 reads over all shards throw");
            row.ours("loads, 0 exceptions; each node's own circuit opens, and closes when the cluster is whole");
            row.figure("10 s of it, 50 callers, 400/s: " + during.latencies(), "max 300 ms");
            row.figure("p99 " + Row.ms(open.p99()) + " for 10,000 calls with all circuits open", "2 ms");
            row.figure(Row.ms(recovered.toNanos()) + " from its end to the first hit", "3 s");
            row.figure(Row.ms(closed) + " to all circuits closed", "3 s");
            row.figure("a circuit opened " + opened + " times", "3, once for each node");
            assertThat(opened).isEqualTo(3);
            assertThat(recovered).isLessThan(Duration.ofSeconds(3));
            assertThat(closed).isLessThan(Duration.ofSeconds(3).toNanos());
        }
    }

    private static boolean isDown(RedisServer node) {
        try (RespClient client = node.client()) {
            return !String.valueOf(client.call("CLUSTER", "INFO")).contains("cluster_state:ok");
        } catch (UncheckedIOException dead) {
            return true;
        }
    }
}
