package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.guard.CircuitState;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.protocol.ProtocolVersion;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that came back with its data and is still reading it. */
@FaultRow(18)
class LoadingTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofSeconds(1);

    /** Seconds of loading, in steps short enough to answer in between. */
    private static final String[] SLOW_START = ("--enable-debug-command local --key-load-delay 5000"
                    + " --rdbcompression no --loading-process-events-interval-bytes 1024")
            .split(" ", -1);

    @ParameterizedTest
    @EnumSource
    void loadsUntilTheServerHasItsDataAndThenHits(ProtocolVersion protocol) throws Exception {
        Row row = FaultMatrix.row(18, "LOADING after restart");
        try (RedisServer server = RedisServer.start(SLOW_START);
                NaiveCache naive = NaiveCache.connect(server.uri())) {
            naive.set("row18", "value", Duration.ofMinutes(10));
            LogWatch.quietly(() -> {
                run(row, protocol, server, naive);
                return null;
            });
        }
    }

    private static void run(Row row, ProtocolVersion protocol, RedisServer server, NaiveCache naive) throws Exception {
        try (RedisCacheAdapter cache =
                        Profile.builder(server.uri()).protocol(protocol).build();
                Load load = new Load(Load.through(cache))
                        .threads(50)
                        .keys(20)
                        .perSecond(400)
                        .start()) {
            await().atMost(SOON).until(() -> cache.getStats().hits() > 200);
            try (RespClient client = server.client()) {
                client.call("DEBUG", "POPULATE", "600", "filler", "1000");
                client.call("SAVE");
            }
            server.kill();
            CompletableFuture<Void> loaded =
                    CompletableFuture.runAsync(server::restart, task -> new Thread(task, "restart").start());
            await().atMost(SOON).pollInterval(Duration.ofMillis(10)).until(() -> isLoading(server));
            long loading = load.now();
            await().atMost(SOON)
                    .until(
                            () -> Naive.attempt(LIMIT, () -> naive.read("row18", () -> "loaded")),
                            "RedisLoadingException"::equals);
            long hitsBefore = cache.getStats().hits();
            await().atMost(SOON).until(() -> cache.guard().circuits().containsValue(CircuitState.OPEN));
            Calling open = Calling.of(cache, 10_000);
            String connect = Naive.attempt(SOON, () -> connectByResp2(server));
            assertThat(cache.getStats().hits()).isEqualTo(hitsBefore);
            assertThat(isLoading(server)).isTrue();
            loaded.get(20, TimeUnit.SECONDS);
            long ready = load.now();
            await().atMost(SOON).until(() -> cache.guard().circuits().containsValue(CircuitState.CLOSED));
            long hits = cache.getStats().hits();
            await().atMost(SOON).until(() -> cache.getStats().hits() > hits);
            LoadResult result = load.stop();
            LoadResult during = result.between(loading, ready);
            Duration recovered = result.firstHitAfter(ready).orElseThrow();

            assertThat(connect).isEqualTo("RedisConnectionException");
            assertThat(result.exceptions()).isEmpty();
            assertThat(result.wrong() + result.hung()).isZero();
            assertThat(cache.guard().stats().opened()).isPositive();
            assertThat(during.max()).isLessThan(Profile.T.multipliedBy(2).plusMillis(100));
            assertThat(open.p99()).isLessThan(Duration.ofMillis(2).toNanos());
            assertThat(recovered).isLessThan(Duration.ofSeconds(3));
            assertThat(LogWatch.warnings()).anyMatch(line -> line.contains("circuit opened"));
            row.naive("every read throws RedisLoadingException; a new connection by RESP2 fails with " + connect);
            row.ours("loads, 0 exceptions, cause unavailable; the circuit opens, and closes when the data is there");
            row.figure(
                    protocol + ": " + Row.ms(ready - loading) + " of loading, 50 callers, 400/s: " + during.latencies(),
                    "max 300 ms");
            row.figure(protocol + ": p99 " + Row.ms(open.p99()) + " for 10,000 calls with the circuit open", "2 ms");
            row.figure(protocol + ": " + Row.ms(recovered.toNanos()) + " from its end to the first hit", "3 s");
        }
    }

    private static String connectByResp2(RedisServer server) {
        RedisClient client = RedisClient.create(server.uri());
        client.setOptions(
                ClientOptions.builder().protocolVersion(ProtocolVersion.RESP2).build());
        try {
            return client.connect().sync().ping();
        } finally {
            client.shutdown(Duration.ZERO, LIMIT);
        }
    }

    private static boolean isLoading(RedisServer server) {
        try (RespClient client = server.client()) {
            return String.valueOf(client.call("INFO", "persistence")).contains("loading:1\r\n");
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }
}
