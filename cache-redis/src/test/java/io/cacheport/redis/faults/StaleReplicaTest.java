package io.cacheport.redis.faults;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.guard.CircuitState;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisCluster;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A replica that lost its master: it refuses, or it answers what it had. */
@FaultRow(21)
class StaleReplicaTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final String KEY = LogWatch.KEY + ":21:";
    private static final String OLD = LogWatch.VALUE + " old";
    private static final int READS = 500;

    @Test
    void oneThatRefusesIsLoadedAround() throws Exception {
        Row row = FaultMatrix.row(21, "MASTERDOWN / stale replica");
        try (RedisServer master = RedisServer.start("--repl-diskless-sync-delay", "0");
                RedisServer replica = RedisServer.start("--replica-serve-stale-data", "no");
                RespClient client = replica.client();
                NaiveCache naive = NaiveCache.connect(replica.uri());
                RedisCacheAdapter cache = Profile.open(replica.uri())) {
            try (RedisCacheAdapter atMaster = Profile.open(master.uri())) {
                atMaster.set(KEY, OLD, MINUTE);
            }
            try (NaiveCache atMaster = NaiveCache.connect(master.uri())) {
                atMaster.set("row21", "old", MINUTE);
            }
            client.call("REPLICAOF", master.host(), String.valueOf(master.port()));
            awaitLink(client, "up");
            assertThat(cache.get(KEY, String.class)).isEqualTo(OLD);
            master.kill();
            awaitLink(client, "down");

            String refused = Naive.attempt(LIMIT, () -> naive.read("row21", () -> "new"));
            assertThat(refused).isEqualTo("RedisCommandExecutionException");
            for (int i = 0; i < READS; i++) {
                assertThat(withCache(cache, KEY, MINUTE, String.class, () -> LogWatch.VALUE))
                        .isEqualTo(LogWatch.VALUE);
            }
            assertThat(cache.guard().stats().opened()).isEqualTo(1);
            assertThat(LogWatch.warnings()).anyMatch(line -> line.contains("cause=unavailable"));
            Calling open = LogWatch.quietly(() -> Calling.of(cache, 10_000));
            assertThat(open.p99()).isLessThan(Duration.ofMillis(2).toNanos());

            long serves = System.nanoTime();
            client.call("CONFIG", "SET", "replica-serve-stale-data", "yes");
            await().atMost(SOON).until(() -> cache.guard().circuits().containsValue(CircuitState.CLOSED));
            // whoever gives the address of a replica gets what the replica has
            assertThat(cache.get(KEY, String.class)).isEqualTo(OLD);
            long recovered = System.nanoTime() - serves;
            assertThat(Naive.attempt(LIMIT, () -> naive.read("row21", () -> "new")))
                    .isEqualTo("old");
            assertThat(recovered).isLessThan(Duration.ofSeconds(3).toNanos());

            row.naive(
                    "a read of one that refuses throws " + refused + "; one that serves stale data answers old values");
            row.ours(
                    "a refusal is loaded around, the circuit opens; at the address of a replica that serves stale data the "
                            + "same old values");
            row.figure(READS + " of " + READS + " loaded, 0 exceptions", "all, 0");
            row.figure("p99 " + Row.ms(open.p99()) + " for 10,000 calls with the circuit open", "2 ms");
            row.figure(Row.ms(recovered) + " from its answers to the first hit", "3 s");
        }
    }

    @Test
    void aReplicaIsNotReadUnlessAskedFor() {
        Row row = FaultMatrix.row(21, "MASTERDOWN / stale replica");
        RedisCluster cluster = RedisCluster.shared();
        long before = gets(cluster);
        try (RedisCacheAdapter cache = Profile.open(cluster.uri())) {
            for (int i = 0; i < READS; i++) {
                cache.set(KEY + i, OLD, MINUTE);
                assertThat(cache.get(KEY + i, String.class)).isEqualTo(OLD);
            }
            assertThat(cache.clear()).isGreaterThanOrEqualTo(READS);
        }
        long atReplicas = gets(cluster) - before;
        assertThat(atReplicas).isZero();
        row.ours(
                "a cluster's replicas are not read unless replicaReads() is set, whose documentation says how old that is");
        row.figure(atReplicas + " of " + READS + " reads of a cluster went to replicas", "0");
    }

    private static long gets(RedisCluster cluster) {
        long gets = 0;
        for (RedisServer replica : cluster.replicas()) {
            try (RespClient client = replica.client()) {
                gets += String.valueOf(client.call("INFO", "commandstats"))
                        .lines()
                        .filter(line -> line.startsWith("cmdstat_get:calls="))
                        .mapToLong(line -> Long.parseLong(line.substring(18, line.indexOf(','))))
                        .sum();
            }
        }
        return gets;
    }

    private static void awaitLink(RespClient client, String state) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(10))
                .until(() ->
                        String.valueOf(client.call("INFO", "replication")).contains("master_link_status:" + state));
    }
}
