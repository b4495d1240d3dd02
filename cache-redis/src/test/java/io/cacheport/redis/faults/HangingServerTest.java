package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import java.time.Duration;
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
}
