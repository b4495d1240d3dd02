package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.lettuce.core.RedisClient;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A cache opened and closed again and again, also while Redis is away: nothing may be left. */
@FaultRow(66)
class OpenCloseTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int CYCLES = 200;
    private static final int NAIVE_CYCLES = 20;
    private static final int IN_OUTAGE = 10;

    /** What this JVM and the server hold open. */
    private record Held(int threads, int files, long connections) {
        static Held now(RespClient client) {
            int threads = (int) Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !thread.getName().matches("awaitility.*|process reaper.*"))
                    .count();
            String[] files = Objects.requireNonNullElse(new File("/proc/self/fd").list(), new String[0]);
            long connections =
                    String.valueOf(client.call("CLIENT", "LIST")).lines().count();
            return new Held(threads, files.length, connections);
        }

        String above(Held other) {
            return String.format(
                    "%+d threads, %+d files, %+d connections",
                    Math.max(0, threads - other.threads),
                    Math.max(0, files - other.files),
                    Math.max(0, connections - other.connections));
        }
    }

    @Test
    void nothingIsLeft() {
        Row row = FaultMatrix.row(66, "start and stop, in an outage too");
        try (RedisServer server = RedisServer.start("--requirepass", LogWatch.PASSWORD);
                RespClient client = authenticated(server)) {
            cycle(server, true); // loads what is loaded once
            Held before = Held.now(client);

            long longest = 0;
            for (int i = 0; i < CYCLES; i++) {
                longest = Math.max(longest, cycle(server, true));
            }
            awaitNoMoreThan(before, client);
            String left = Held.now(client).above(before);

            row.naive(naively(server, client));
            row.ours(
                    "all given back, closed twice each time; a few closed sockets keep their descriptor until a collection");
            row.figure("after " + CYCLES + " cycles: " + left, "+0");
            assertThat(longest).isLessThan(2_000_000_000L);
            row.figure("close took " + Row.ms(longest) + " at most", "2 s");
        }
        outage(row);
    }

    /** A few closed sockets give their descriptor back only when they are collected. */
    private static void awaitNoMoreThan(Held before, RespClient client) {
        await().atMost(SOON).untilAsserted(() -> {
            System.gc();
            assertThat(Held.now(client).above(before)).doesNotContainPattern("\\+[1-9]");
        });
    }

    private static RespClient authenticated(RedisServer server) {
        RespClient client = server.client();
        client.call("AUTH", LogWatch.PASSWORD);
        return client;
    }

    private static String uri(RedisServer server) {
        return server.uri().replace("//", "//:" + LogWatch.PASSWORD + "@");
    }

    /** Opens, uses and closes; how long closing took. */
    private static long cycle(RedisServer server, boolean up) {
        RedisCacheAdapter cache = Profile.open(uri(server));
        cache.set(LogWatch.KEY + ":66", LogWatch.VALUE, MINUTE);
        assertThat(cache.get(LogWatch.KEY + ":66", String.class)).isEqualTo(up ? LogWatch.VALUE : null);
        return timeToClose(cache);
    }

    private static long timeToClose(RedisCacheAdapter cache) {
        long start = System.nanoTime();
        cache.close();
        cache.close();
        return System.nanoTime() - start;
    }

    /** Closed while it looks for a server that died, made while there is none, and closed while one hangs. */
    private static void outage(Row row) {
        try (RedisServer server = RedisServer.start("--requirepass", LogWatch.PASSWORD);
                RedisServer other = RedisServer.start("--requirepass", LogWatch.PASSWORD);
                RespClient client = authenticated(other)) {
            cycle(server, true);
            Held before = Held.now(client);
            long longest = 0;
            for (int i = 0; i < IN_OUTAGE; i++) {
                RedisCacheAdapter cache = Profile.open(uri(server));
                server.kill();
                longest = Math.max(longest, timeToClose(cache));
                longest = Math.max(longest, cycle(server, false));
                server.restart();
                RedisCacheAdapter hung = Profile.open(uri(server));
                server.pause();
                hung.get(LogWatch.KEY, String.class);
                longest = Math.max(longest, timeToClose(hung));
                server.resume();
            }
            awaitNoMoreThan(before, client);
            assertThat(longest).isLessThan(2_000_000_000L);
            row.figure(
                    "closed " + 3 * IN_OUTAGE + " times in an outage: " + Row.ms(longest) + " at most, nothing left",
                    "2 s, +0");
        }
    }

    /** Closes the connection, as the tutorials do, and not the client. */
    private static String naively(RedisServer server, RespClient client) {
        Held before = Held.now(client);
        List<RedisClient> forgotten = new ArrayList<>();
        for (int i = 0; i < NAIVE_CYCLES; i++) {
            RedisClient naive = RedisClient.create(uri(server));
            forgotten.add(naive);
            naive.connect().close();
        }
        Held after = Held.now(client);
        forgotten.forEach(naive -> naive.shutdown(Duration.ZERO, Duration.ofSeconds(2)));
        assertThat(after.threads()).isGreaterThan(before.threads() + NAIVE_CYCLES);
        return "connections closed, clients not: " + after.above(before) + " after " + NAIVE_CYCLES + " cycles";
    }
}
