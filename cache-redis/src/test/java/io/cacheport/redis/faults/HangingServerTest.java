package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheTimeoutException;
import io.cacheport.CacheUnavailableException;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The server's process stands still: its sockets are open and its kernel acknowledges, but nothing is answered. */
class HangingServerTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @FaultRowAlways(4)
    @Test
    void costsNobodyMoreThanOneTimeout() throws Exception {
        Row row = FaultMatrix.row(4, "server hangs, sockets alive");
        try (RedisServer server = RedisServer.start();
                NaiveCache naive = NaiveCache.connect(server.uri())) {
            LogWatch.quietly(() -> {
                underLoad(row, server, naive);
                return null;
            });
            try (RedisCacheAdapter cache = Profile.open(server.uri())) {
                server.pause();
                assertThat(Load.through(cache).read(LogWatch.KEY + ":4", () -> LogWatch.VALUE))
                        .isEqualTo(LogWatch.VALUE);
            }
        }
        row.ours("every call gets its value, by its loader while the server hangs");
    }

    private static void underLoad(Row row, RedisServer server, NaiveCache naive) throws Exception {
        try (RedisCacheAdapter cache = Profile.open(server.uri());
                Load load = Lat.startWarm(cache, SECOND)) {
            Lat.Fault fault = Lat.begin(cache, load, server::pause);
            Lat.open(row, "SIGSTOP", cache);
            String naively = Naive.attempt(SECOND, () -> naive.read("naive:4", () -> "loaded"));
            assertThat(naively).isEqualTo("hung over 1 s");
            row.naive("a read " + naively + ", of the 60 s that it waits; its connection is never replaced");
            fault.awaitHeartbeat(row, "SIGSTOP");

            server.resume();
            long back = load.now();
            Duration recovery = Lat.passUntilHits(load, cache);
            LoadResult all = load.stop();
            Lat.everyCallServed(all);
            fault.check(row, "SIGSTOP under " + Lat.load(), all, back);
            Lat.recovered(row, "SIGCONT", recovery);
        }
    }

    /** The circuit is kept closed, or it would keep the calls from the queue that they are to fill. */
    @FaultRow(5)
    @Test
    void aFullQueueRefusesAtOnce() throws Exception {
        Row row = FaultMatrix.row(5, "bounded queue full of dead commands");
        try (RedisServer server = RedisServer.start()) {
            naively(row, server);
            LogWatch.quietly(() -> {
                fullQueue(row, server);
                return null;
            });
        }
    }

    private static void naively(Row row, RedisServer server) throws Exception {
        RedisClient client = RedisClient.create(server.uri());
        client.setOptions(ClientOptions.builder().requestQueueSize(1_000).build());
        try {
            RedisAsyncCommands<String, String> commands = client.connect().async();
            commands.ping().get(5, TimeUnit.SECONDS);
            server.pause();
            long refused = 0;
            for (int i = 0; i < 1_500; i++) {
                String one = outcome(commands.get("naive:5"));
                refused += one.equals("RedisException") ? 1 : 0;
            }
            await().atMost(SECOND).until(() -> outcome(commands.get("naive:5")).equals("RedisException"));
            row.naive("with a bound of 1,000: of 1,500 GET " + refused
                    + " refused at once, the others wait 60 s; after that every " + "call is refused");
        } finally {
            server.resume();
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        }
    }

    private static String outcome(RedisFuture<String> sent) throws InterruptedException {
        return !sent.await(0, TimeUnit.NANOSECONDS)
                ? "waits"
                : sent.handle((answer, failure) ->
                                failure == null ? "answer" : failure.getClass().getSimpleName())
                        .toCompletableFuture()
                        .join();
    }

    private static void fullQueue(Row row, RedisServer server) throws Exception {
        try (RedisCacheAdapter cache = Profile.open(server.uri());
                Load load = new Load(Load.through(cache))
                        .threads(400)
                        .keys(4_000)
                        .perSecond(3_600)
                        .start()) {
            Lat.pass(load, SECOND);
            cache.guard().forceClosed();
            server.pause();
            await().atMost(Duration.ofSeconds(3))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> isRefused(cache));
            long took = medianOfRefusals(cache);
            row.figure("refused after " + Row.ms(took) + ", as unavailable", Lat.OPEN.toMillis() + " ms");
            Lat.begin(cache, load, cache.guard()::release);

            server.resume();
            Duration recovery = Lat.passUntilHits(load, cache);
            LoadResult all = load.stop();
            Lat.everyCallServed(all);
            Lat.recovered(row, "SIGCONT", recovery);
            row.figure(all.wrong() + " wrong values of " + all.calls().size(), "0");
            assertThat(took).isLessThanOrEqualTo(Lat.OPEN.toNanos());
        }
        row.ours("when 4,096 commands wait, the next is refused at once as unavailable, which opens the circuit");
    }

    /** 400 threads share two processors with the one that is timed. */
    private static long medianOfRefusals(RedisCacheAdapter cache) {
        long[] nanos = new long[9];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            assertThat(isRefused(cache)).isTrue();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[nanos.length / 2];
    }

    private static boolean isRefused(RedisCacheAdapter cache) {
        try {
            cache.strict().get(LogWatch.KEY + ":5", String.class);
            return false;
        } catch (CacheUnavailableException refused) {
            return LogWatch.warnings().stream().noneMatch(warning -> warning.contains("is lost"));
        } catch (CacheTimeoutException waited) {
            return false;
        }
    }
}
