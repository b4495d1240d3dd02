package io.cacheport.redis.faults;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.guard.CircuitState;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** A server that holds back writes, or everything, as it does before a planned failover. */
class PausedForWritesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LIMIT = Duration.ofMillis(500);
    private static final Duration RECOVERY = Duration.ofSeconds(10);
    private static final String KEY = LogWatch.KEY + ":27:";
    private static final String OLD = LogWatch.VALUE + " old";
    private static final String LATE = LogWatch.VALUE + " late";
    private static final int READS = 500;
    private static final long SLOWEST =
            Profile.T.multipliedBy(2).plusMillis(100).toNanos();

    private long slowest;

    @FaultRowAlways(27)
    @Test
    void whatWasRemovedMeanwhileStaysRemoved() throws Exception {
        Row row = FaultMatrix.row(27, "CLIENT PAUSE ALL / WRITE");
        try (RedisServer server = RedisServer.start();
                RespClient client = server.client();
                NaiveCache naive = NaiveCache.connect(server.uri());
                RedisCacheAdapter reader = Profile.open(server.uri());
                RedisCacheAdapter writer = Profile.open(server.uri())) {
            writer.set(KEY + "read", OLD, MINUTE);
            writer.set(KEY + "removed", OLD, MINUTE);
            naive.set("row27", "value", MINUTE);
            client.call("CLIENT", "PAUSE", "60000", "WRITE");

            String store = Naive.attempt(LIMIT, () -> naive.read("row27:new", () -> "loaded"));
            String readBehind = Naive.attempt(LIMIT, () -> naive.read("row27", () -> "loaded"));
            assertThat(store).isEqualTo("hung over 500 ms");
            assertThat(readBehind).isEqualTo("hung over 500 ms");

            long hits = 0;
            for (int i = 0; i < READS; i++) {
                hits += OLD.equals(reader.get(KEY + "read", String.class)) ? 1 : 0;
            }
            assertThat(hits).isEqualTo(READS);

            assertThat(timed(() -> withCache(writer, KEY + "new", MINUTE, String.class, () -> LATE)))
                    .isEqualTo(LATE);
            timed(() -> {
                writer.set(KEY + "removed", LATE, MINUTE); // times out, and will be applied
                return "";
            });
            assertThat(timed(() -> writer.del(KEY + "removed"))).isEqualTo(false);
            assertThat(writer.guard().stats().pending()).isOne();
            assertThat(timed(() -> Arrays.asList(writer.get(KEY + "removed", String.class))))
                    .isEqualTo(Arrays.asList((Object) null));
            assertThat(LogWatch.warnings()).anyMatch(line -> line.contains("cause=timeout"));
            giveUp(writer);
            assertThat(slowest).isLessThan(SLOWEST);

            long unpaused = System.nanoTime();
            client.call("CLIENT", "UNPAUSE");
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> writer.guard().stats().pending() == 0);
            assertThat(client.call("EXISTS", "cache:" + KEY + "removed")).isEqualTo(0L);
            long removed = System.nanoTime() - unpaused;
            await().atMost(Duration.ofSeconds(3)).until(() -> OLD.equals(writer.get(KEY + "read", String.class)));
            long recovered = System.nanoTime() - unpaused;
            assertThat(client.call("EXISTS", "cache:" + KEY + "removed")).isEqualTo(0L);
            assertThat(reader.get(KEY + "removed", String.class)).isNull();
            assertThat(removed).isLessThan(Duration.ofSeconds(4).toNanos());
            assertThat(recovered).isLessThan(Duration.ofSeconds(3).toNanos());

            row.naive("a store hangs, and every read behind it on the connection: " + store);
            row.ours(
                    "PAUSE WRITE: other processes read on; here the loaded value is returned after one timeout, the circuit "
                            + "opens, a removal is kept and made after the pause, after the store that was late");
            row.figure(hits + " of " + READS + " reads hit where nothing was written", "all");
            row.figure(Row.ms(slowest) + " for the slowest call", "300 ms");
            row.figure(Row.ms(removed) + " from the end of the pause to the removal", "4 s");
            row.figure(Row.ms(recovered) + " to the first hit", "3 s");
        }
    }

    /** As many calls as it takes. */
    private void giveUp(RedisCacheAdapter cache) throws InterruptedException {
        try (Load load = new Load(Load.through(cache)).threads(8).perSecond(200).start()) {
            await().atMost(RECOVERY).until(() -> cache.guard().stats().opened() > 0);
            LoadResult result = load.stop();
            assertThat(result.exceptions()).isEmpty();
            assertThat(result.wrong() + result.hits()).isZero();
            slowest = Math.max(slowest, result.max().toNanos());
        }
    }

    @FaultRow(27)
    @Test
    void aServerThatAnswersNothingForAWhile() throws Exception {
        Row row = FaultMatrix.row(27, "CLIENT PAUSE ALL / WRITE");
        Duration pause = Duration.ofSeconds(5);
        try (RedisServer server = RedisServer.start();
                RespClient client = server.client();
                NaiveCache naive = NaiveCache.connect(server.uri())) {
            naive.set("row27", "value", MINUTE);
            LogWatch.quietly(() -> {
                try (RedisCacheAdapter cache = Profile.open(server.uri());
                        Load load = new Load(Load.through(cache))
                                .threads(50)
                                .keys(100)
                                .perSecond(400)
                                .start()) {
                    await().atMost(RECOVERY).until(() -> cache.getStats().hits() > 200);
                    long paused = load.now();
                    client.call("CLIENT", "PAUSE", String.valueOf(pause.toMillis()), "ALL");
                    String read = Naive.attempt(LIMIT, () -> naive.read("row27", () -> "loaded"));
                    await().atMost(RECOVERY).until(() -> cache.guard().stats().opened() > 0);
                    Calling open = Calling.of(cache, 10_000);
                    long resumed = paused + pause.toNanos();
                    await().atMost(RECOVERY).until(() -> load.now() > resumed);
                    await().atMost(RECOVERY)
                            .until(() -> cache.guard().circuits().containsValue(CircuitState.CLOSED));
                    long hits = cache.getStats().hits();
                    await().atMost(RECOVERY).until(() -> cache.getStats().hits() > hits);
                    LoadResult result = load.stop();
                    LoadResult during = result.between(paused, resumed);
                    Duration recovered = result.firstHitAfter(resumed).orElseThrow();

                    assertThat(read).isEqualTo("hung over 500 ms");
                    assertThat(result.exceptions()).isEmpty();
                    assertThat(result.wrong() + result.hung()).isZero();
                    assertThat(during.max().toNanos()).isLessThan(SLOWEST);
                    assertThat(open.p99()).isLessThan(Duration.ofMillis(2).toNanos());
                    assertThat(recovered).isLessThan(Duration.ofSeconds(3));
                    row.naive("PAUSE ALL: a read " + read);
                    row.ours("PAUSE ALL: loads, 0 exceptions");
                    row.figure("5 s of PAUSE ALL, 50 callers, 400/s: " + during.latencies(), "max 300 ms");
                    row.figure("p99 " + Row.ms(open.p99()) + " for 10,000 calls with the circuit open", "2 ms");
                    row.figure(Row.ms(recovered.toNanos()) + " from its end to the first hit", "3 s");
                }
                return null;
            });
        }
    }

    private <T> T timed(Callable<T> call) throws Exception {
        long start = System.nanoTime();
        T answer = Objects.requireNonNull(call.call());
        slowest = Math.max(slowest, System.nanoTime() - start);
        return answer;
    }
}
