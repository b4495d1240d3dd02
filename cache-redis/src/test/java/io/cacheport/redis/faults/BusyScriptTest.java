package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.guard.CircuitState;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.testkit.server.RespException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A script of somebody else's that does not end: first no answers, then BUSY. */
@FaultRow(23)
class BusyScriptTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofSeconds(1);

    @Test
    void loadsUntilTheScriptIsKilledAndThenHits() throws Exception {
        Row row = FaultMatrix.row(23, "BUSY script");
        try (RedisServer server = RedisServer.start("--busy-reply-threshold", "300");
                NaiveCache naive = NaiveCache.connect(server.uri())) {
            naive.set("row23", "value", Duration.ofMinutes(10));
            LogWatch.quietly(() -> {
                run(row, server, naive);
                return null;
            });
        }
    }

    private static void run(Row row, RedisServer server, NaiveCache naive) throws Exception {
        try (RedisCacheAdapter cache = Profile.open(server.uri());
                Load load = new Load(Load.through(cache))
                        .threads(50)
                        .keys(20)
                        .perSecond(400)
                        .start()) {
            await().atMost(SOON).until(() -> cache.getStats().hits() > 200);
            long busy = load.now();
            CompletableFuture<Void> script =
                    CompletableFuture.runAsync(() -> runForEver(server), task -> new Thread(task, "script").start());
            await().atMost(SOON).until(() -> cache.guard().stats().opened() > 0);
            await().atMost(SOON)
                    .until(
                            () -> Naive.attempt(LIMIT, () -> naive.read("row23", () -> "loaded")),
                            "RedisBusyException"::equals);
            await().atMost(SOON)
                    .until(() -> load.now() > busy + Duration.ofSeconds(4).toNanos());
            await().atMost(SOON).until(() -> cache.guard().circuits().containsValue(CircuitState.OPEN));
            Calling open = Calling.of(cache, 10_000);
            try (RespClient client = server.client()) {
                client.call("SCRIPT", "KILL");
            }
            script.get(10, TimeUnit.SECONDS);
            long killed = load.now();
            await().atMost(SOON).until(() -> cache.guard().circuits().containsValue(CircuitState.CLOSED));
            long hits = cache.getStats().hits();
            await().atMost(SOON).until(() -> cache.getStats().hits() > hits);
            LoadResult result = load.stop();
            LoadResult during = result.between(busy, killed);
            Duration recovered = result.firstHitAfter(killed).orElseThrow();

            assertThat(result.exceptions()).isEmpty();
            assertThat(result.wrong() + result.hung()).isZero();
            assertThat(during.max()).isLessThan(Profile.T.multipliedBy(2).plusMillis(100));
            assertThat(open.p99()).isLessThan(Duration.ofMillis(2).toNanos());
            assertThat(recovered).isLessThan(Duration.ofSeconds(3));
            row.naive("every read throws RedisBusyException");
            row.ours("loads, 0 exceptions; the circuit opens, and closes when the script has ended; sends no script");
            row.figure("4 s of it, 50 callers, 400/s: " + during.latencies(), "max 300 ms");
            row.figure("p99 " + Row.ms(open.p99()) + " for 10,000 calls with the circuit open", "2 ms");
            row.figure(Row.ms(recovered.toNanos()) + " from its end to the first hit", "3 s");
        }
    }

    private static void runForEver(RedisServer server) {
        try (RespClient client = server.client()) {
            client.call("EVAL", "while true do end", "0");
        } catch (RespException killed) {
            assertThat(killed).hasMessageContaining("killed");
        }
    }
}
