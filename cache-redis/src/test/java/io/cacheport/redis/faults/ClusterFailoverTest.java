package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** One of three masters dies, or hangs, under traffic; its replica takes over. */
class ClusterFailoverTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long RECOVERY = Duration.ofSeconds(10).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long LEAST_HANG = 2 * SECOND;

    /** Without it the other masters too refuse everything from the verdict on a dead one until there is a new one. */
    private static final String[] PARTIAL = {"--cluster-require-full-coverage", "no"};

    @FaultRow(32)
    @Test
    void aMasterDies() throws Exception {
        Row row = FaultMatrix.row(32, "cluster: one of three masters dies");
        try (Shards shards = Shards.start(1, PARTIAL)) {
            Failover seen = LogWatch.quietly(() -> Failover.of(shards, RedisServer::kill));

            naively(row, seen);
            recovers(row, seen, "death");
            assertThat(seen.othersMissedUntil()).isLessThan(3 * SECOND);
            row.ours("the others go on where the cluster is set to (cluster-require-full-coverage no)")
                    .figure("other masters: " + seen.othersHits(), "100 % from 3 s on");
            aloud(shards, RedisServer::kill);
        }
    }

    /** The server's default, and not of our making: stated, because users will see it. */
    @FaultRow(32)
    @Test
    void aMasterDiesAndTheOthersRefuse() throws Exception {
        try (Shards shards = Shards.start(1)) {
            Failover seen = LogWatch.quietly(() -> Failover.of(shards, RedisServer::kill));

            assertThat(seen.victim().exceptions()).isEmpty();
            assertThat(seen.others().exceptions()).isEmpty();
            assertThat(seen.othersMissedUntil()).isLessThan(seen.promotion() + 2 * SECOND);
            FaultMatrix.row(32)
                    .ours("with Redis' own default the others say CLUSTERDOWN too until the promotion, and are a miss")
                    .figure(
                            "so set, other masters: " + seen.othersHits() + ", the last miss "
                                    + Failover.seconds(seen.othersMissedUntil() - seen.promotion())
                                    + " after the promotion",
                            "<= 2 s");
        }
    }

    @FaultRow(33)
    @Test
    void aMasterHangs() throws Exception {
        Row row = FaultMatrix.row(33, "cluster: one of three masters hangs");
        try (Shards shards = Shards.start(1, PARTIAL)) {
            Failover seen = LogWatch.quietly(() -> Failover.of(shards, RedisServer::pause));

            naively(row, seen);
            recovers(row, seen, "hang");
            assertThat(seen.othersMissedUntil()).isZero();
            row.ours("the heartbeat closes the connection, the look for a new master follows")
                    .figure("other masters: " + seen.othersHits(), "100 %")
                    .figure("other masters: " + seen.othersLatencies(), "p90 <= before + a bare call + 2 ms");
            assertThat(seen.othersSlowedBy()).isLessThan(Duration.ofMillis(2));
            aloud(shards, RedisServer::pause);
        }
    }

    private static void naively(Row row, Failover seen) {
        LoadResult naive = seen.naive();
        long answered = naive.firstHitAfter(0).map(Duration::toNanos).orElse(seen.watched());
        assertThat(answered).isGreaterThan(LEAST_HANG);
        row.naive(
                naive.firstHitAfter(0).isPresent()
                        ? "each caller waits; first answer after " + Failover.seconds(answered)
                        : "all " + naive.hung() + " callers hang, over the " + Failover.seconds(seen.watched())
                                + " that were watched");
    }

    private static void recovers(Row row, Failover seen, String fault) {
        row.ours("a miss at once or within T, then the new master")
                .figure("write " + seen.after(seen.write(), fault), "<= 10 s after the promotion")
                .figure("hit " + seen.after(seen.hit(), fault), "<= 10 s after the promotion")
                .figure(
                        "invalidation of meanwhile " + Failover.seconds(seen.invalidated() - seen.write())
                                + " after the first write",
                        "<= 1 s")
                .figure(seen.latencies(), "beyond a bare call: p99.9 <= T + 50 ms, max <= 2T + 100 ms")
                .figure(seen.openLatency(), "<= 2 ms beyond a bare call")
                .figure("0 exceptions, 0 values of other keys", "0");
        assertThat(seen.write() - seen.promotion()).isLessThan(RECOVERY);
        assertThat(seen.hit() - seen.promotion()).isLessThan(RECOVERY);
        assertThat(seen.invalidated() - seen.write()).isLessThan(SECOND);
        assertThat(seen.victim().exceptions()).isEmpty();
        assertThat(seen.others().exceptions()).isEmpty();
        assertThat(seen.victim().wrong() + seen.others().wrong()).isZero();
        assertThat(seen.added(99.9)).isLessThan(Profile.T.plusMillis(50));
        assertThat(seen.added(100)).isLessThan(Profile.T.multipliedBy(2).plusMillis(100));
        assertThat(seen.addedWhileOpen()).isLessThan(Duration.ofMillis(2));
    }

    /** The same with all loggers on: a third master, so that there are two faults. */
    private static void aloud(Shards shards, Consumer<RedisServer> fault) {
        String key = shards.keys(2) + "aloud";
        try (RedisCacheAdapter cache = Profile.open(shards.uri())) {
            cache.set(key, LogWatch.VALUE, MINUTE);
            fault.accept(shards.master(2));
            for (int i = 0; i < 3; i++) {
                cache.set(key, LogWatch.VALUE, MINUTE);
                cache.setAll(Map.of(key, LogWatch.VALUE, shards.keys(1), LogWatch.VALUE), MINUTE);
                assertThat(cache.get(key, String.class)).isNull();
                cache.del(key);
            }
        }
    }
}
