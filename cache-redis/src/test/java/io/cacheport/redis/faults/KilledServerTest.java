package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The server's process dies under load, and with it its connections. */
class KilledServerTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @FaultRowAlways(1)
    @Test
    void costsNobodyMoreThanOneTimeout() throws Exception {
        Row row = FaultMatrix.row(1, "server process dies");
        try (RedisServer server = RedisServer.start();
                NaiveCache naive = NaiveCache.connect(server.uri())) {
            LogWatch.quietly(() -> {
                underLoad(row, server, naive);
                return null;
            });
            try (RedisCacheAdapter cache = Profile.open(server.uri())) {
                server.kill();
                assertThat(Load.through(cache).read(LogWatch.KEY + ":1", () -> LogWatch.VALUE))
                        .isEqualTo(LogWatch.VALUE);
            }
        }
        row.ours("every call gets its value, by its loader while the server is away");
    }

    private static void underLoad(Row row, RedisServer server, NaiveCache naive) throws Exception {
        try (RedisCacheAdapter cache = Profile.open(server.uri());
                Load load = Lat.startWarm(cache, SECOND)) {
            Lat.Fault fault = Lat.begin(cache, load, server::kill);
            Lat.open(row, "SIGKILL", cache);
            String naively = Naive.attempt(SECOND, () -> naive.read("naive:1", () -> "loaded"));
            assertThat(naively).isEqualTo("hung over 1 s");
            row.naive("a read " + naively + ", of the 60 s that it waits");

            server.restart();
            long back = load.now();
            Duration recovery = Lat.passUntilHits(load, cache);
            LoadResult all = load.stop();
            Lat.everyCallServed(all);
            fault.check(row, "SIGKILL under " + Lat.load(), all, back);
            Lat.recovered(row, "started again", recovery);
        }
    }
}
