package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheException;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Redis replicates after it has answered: what a master acknowledged and no replica has received is gone with it. That
 * cannot be helped from outside, so this row has no bound to meet; it says how long the window is and what ends the harm.
 */
@FaultRow(37)
class LostWriteTest {

    private static final Duration TTL = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int MASTER = 1;
    private static final int ROUNDS = 500;

    @Test
    void whatNoReplicaHasReceivedIsUndone() throws Exception {
        Row row = FaultMatrix.row(37, "acknowledged write lost in a failover");
        try (Shards shards = Shards.start(1);
                NaiveCache naive = NaiveCache.connect(shards.uri());
                RedisCacheAdapter cache = Profile.open(shards.uri())) {
            String written = shards.keys(MASTER) + "written";
            String removed = shards.keys(MASTER) + "removed";
            String naively = shards.naiveKeys(MASTER) + "written";
            cache.strict().set(written, "old " + LogWatch.VALUE, TTL);
            cache.strict().set(removed, "old " + LogWatch.VALUE, TTL);
            naive.set(naively, "old", TTL);
            shards.awaitInStep(MASTER);
            String window = window(shards);
            CompletableFuture<Long> promotion = shards.promotion(MASTER);

            shards.replica(MASTER).pause();
            cutOff(shards.master(MASTER));
            cache.strict().set(written, "new " + LogWatch.VALUE, TTL);
            assertThat(cache.strict().del(removed)).isTrue();
            naive.set(naively, "new", TTL);
            shards.master(MASTER).kill();
            shards.replica(MASTER).resume();

            Long unused = promotion.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            awaitAnswer(cache, written);
            assertThat(cache.strict().get(written, String.class)).isEqualTo("old " + LogWatch.VALUE);
            assertThat(cache.strict().get(removed, String.class)).isEqualTo("old " + LogWatch.VALUE);
            assertThat(cache.strict().ttl(removed).orElseThrow()).isBetween(Duration.ofSeconds(1), TTL);
            assertThat(inNewMaster(shards.replica(MASTER), naively)).contains("old");
            row.naive("the old value is back, for its TTL");
            row.ours(
                            "the same: an acknowledged write and an acknowledged invalidation are undone (docs/guarantees.md); "
                                    + "the old value goes when the TTL it was stored with is over")
                    .figure(
                            "window from the answer until the replica has it: " + window
                                    + " on loopback; without end while the replica stands still",
                            "none: Redis promises none")
                    .figure(
                            "the old value's TTL goes on: " + TTL.toSeconds() + " s at most from when it was stored",
                            "its TTL");
        }
    }

    /** Of its replica, which while it stands still does not come back; else what it is sent waits in its socket. */
    private static void cutOff(RedisServer master) {
        try (RespClient client = master.client()) {
            assertThat(client.call("CLIENT", "KILL", "TYPE", "replica")).isEqualTo(1L);
        }
    }

    /** The longest that an acknowledged write can have been on the master alone: until WAIT says that the replica has it. */
    private static String window(Shards shards) {
        String key = "window" + shards.naiveKeys(MASTER);
        List<Long> nanos = new ArrayList<>();
        try (RespClient client = shards.master(MASTER).client()) {
            for (int i = 0; i < ROUNDS; i++) {
                client.call("SET", key, String.valueOf(i));
                long acknowledged = System.nanoTime();
                assertThat(client.call("WAIT", "1", "1000")).isEqualTo(1L);
                nanos.add(System.nanoTime() - acknowledged);
            }
        }
        nanos.sort(null);
        return String.format(
                Locale.ROOT,
                "p50 %.2f ms, p99 %.2f ms, max %.2f ms",
                nanos.get(ROUNDS / 2) / 1e6,
                nanos.get(ROUNDS * 99 / 100) / 1e6,
                nanos.get(ROUNDS - 1) / 1e6);
    }

    private static void awaitAnswer(RedisCacheAdapter cache, String key) {
        await("recovery").atMost(PATIENCE).until(() -> {
            try {
                return cache.strict().get(key, String.class) != null;
            } catch (CacheException stillDown) {
                return false;
            }
        });
    }

    private static String inNewMaster(RedisServer master, String key) {
        try (RespClient client = master.client()) {
            return String.valueOf(client.call("GET", key));
        }
    }
}
