package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The server is away for a while and callers go on: what that leaves behind, and how long it takes to come back. */
class LongOutageTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long HEAP = 64 << 20;
    private static final int QUEUED = 200_000;

    @FaultRow(1)
    @Test
    void leavesNothingBehind() throws Exception {
        Row row = FaultMatrix.row(1, "server process dies");
        LogWatch.quietly(() -> {
            try (RedisServer server = RedisServer.start();
                    RedisCacheAdapter cache = Profile.open(server.uri())) {
                for (int i = 0; i < 8; i++) { // makes what is kept for good, such as the threads of a pool
                    server.restart();
                    await().atMost(SOON).until(cache::isConnected);
                }
                outage(server, cache);
                pass(Duration.ofSeconds(7)); // the recovery thread ends when it was idle for five
                Resources before = Resources.now(server);

                outage(server, cache);

                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(Resources.now(server))
                                .matches(after -> after.isWithin(before), "within " + before));
                row.figure(
                        "after an outage of 3 s at most the " + before.threads() + " threads, " + before.descriptors()
                                + " descriptors, " + Resources.mb(before.direct()) + " outside the heap and "
                                + before.connections() + " connection of before",
                        "+0");
            }
            return null;
        });
    }

    private static void outage(RedisServer server, RedisCacheAdapter cache) throws Exception {
        try (Load load = Lat.startWarm(cache, Duration.ofMillis(500))) {
            server.kill();
            Lat.pass(load, Duration.ofSeconds(3));
            server.restart();
            Lat.passUntilHits(load, cache);
            Lat.everyCallServed(load.stop());
        }
    }

    @FaultRow(2)
    @Test
    void queuesNothing() throws Exception {
        Row row = FaultMatrix.row(2, "outage with unbounded queue");
        try (RedisServer server = RedisServer.start()) {
            naively(row, server);
            server.restart();
            LogWatch.quietly(() -> {
                ours(row, server);
                return null;
            });
            try (RedisCacheAdapter cache = Profile.open(server.uri())) {
                cache.set(LogWatch.KEY + ":2", LogWatch.VALUE, MINUTE);
            }
        }
    }

    /** Without waiting for the answers, which is what fills memory. */
    private static void naively(Row row, RedisServer server) {
        RedisClient client = RedisClient.create(server.uri());
        try {
            RedisAsyncCommands<String, String> commands = client.connect().async();
            server.kill();
            long before = Resources.heap();
            List<Future<String>> sent = new ArrayList<>();
            for (int i = 0; i < QUEUED; i++) {
                sent.add(commands.set("naive:2:" + i, "value " + "x".repeat(100)));
            }
            long grown = Resources.heap() - before;
            long done = sent.stream().filter(Future::isDone).count();
            assertThat(done).isZero();
            assertThat(grown).isGreaterThan(HEAP);
            row.naive(String.format(
                    Locale.ROOT, "%,d asynchronous SET: %s of heap, none done", QUEUED, Resources.mb(grown)));
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        }
    }

    private static void ours(Row row, RedisServer server) {
        try (RedisCacheAdapter cache = Profile.open(server.uri())) {
            server.kill();
            long errors = cache.getStats().errors();
            long before = Resources.heap();
            for (int i = 0; i < QUEUED; i++) {
                cache.set("2:" + i, "value " + "x".repeat(100), MINUTE);
            }
            long grown = Resources.heap() - before;
            long refused = cache.getStats().errors() - errors;
            row.figure(
                    String.format(
                            Locale.ROOT,
                            "%s of heap after %,d SET, %,d of them counted as errors",
                            Resources.mb(Math.max(0, grown)),
                            QUEUED,
                            refused),
                    Resources.mb(HEAP));
            assertThat(grown).isLessThanOrEqualTo(HEAP);
            assertThat(refused).isEqualTo(QUEUED);
            assertThat(cache.getStats().sets()).isZero();
            server.restart();
            await().atMost(SOON).until(cache::isConnected);
            assertThat(cache.getStats().keys())
                    .as("none was kept and sent later")
                    .isLessThanOrEqualTo(0);
            row.ours("each is refused at once and counted; nothing is queued, or sent later");
        }
    }

    @FaultRow(3)
    @Test
    void isOverSoonAfterTheServerIsBack() throws Exception {
        Row row = FaultMatrix.row(3, "recovery after long outage");
        Duration outage = Duration.ofMillis(10_500);
        LogWatch.quietly(() -> {
            try (RedisServer server = RedisServer.start();
                    NaiveCache naive = NaiveCache.connect(server.uri());
                    RedisCacheAdapter cache = Profile.open(server.uri());
                    Load load = Lat.startWarm(cache, Duration.ofMillis(500))) {
                server.kill();
                Lat.pass(load, outage);
                server.restart();
                long back = System.nanoTime();
                Duration recovery = Lat.passUntilHits(load, cache);
                Lat.everyCallServed(load.stop());
                Lat.recovered(row, "started again after 10.5 s", recovery);

                String naively = Naive.attempt(SOON, () -> naive.commands().ping());
                Duration late = Duration.ofNanos(System.nanoTime() - back);
                assertThat(naively).isEqualTo("PONG");
                assertThat(late).isGreaterThan(Lat.REC);
                row.naive("usable " + Lat.seconds(late) + " after the server; its pauses double up to 30 s");
            }
            return null;
        });
        row.ours("its pauses end at 2 s, each a random part of that");
    }

    private static void pass(Duration time) {
        await().atMost(time.plus(SOON)).pollDelay(time).until(() -> true);
    }
}
