package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cacheport.CacheUnavailableException;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The service starts before its Redis. */
class AbsentServerTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration BOOT = Duration.ofSeconds(2);

    @FaultRowAlways(16)
    @Test
    void isNoReasonNotToStart() throws Exception {
        Row row = FaultMatrix.row(16, "Redis absent at application start");
        try (RedisServer server = RedisServer.start()) {
            server.kill();
            String naively = Naive.attempt(Duration.ofSeconds(10), () -> NaiveCache.connect(server.uri()));
            assertThat(naively).isEqualTo("RedisConnectionException");
            row.naive(naively + " from connect, so the service does not start");
            assertThatExceptionOfType(CacheUnavailableException.class)
                    .isThrownBy(() ->
                            Profile.builder(server.uri()).requireAtStartup().build());
            LogWatch.quietly(() -> {
                startedFirst(row, server);
                return null;
            });
            server.kill();
            try (RedisCacheAdapter cache = Profile.open(server.uri())) {
                assertThat(Load.through(cache).read(LogWatch.KEY + ":16", () -> LogWatch.VALUE))
                        .isEqualTo(LogWatch.VALUE);
            }
        }
        row.ours("the cache opens, every call gets its value by its loader; with requireAtStartup: "
                + "CacheUnavailableException");
    }

    private static void startedFirst(Row row, RedisServer server) throws Exception {
        long start = System.nanoTime();
        try (RedisCacheAdapter cache = Profile.open(server.uri());
                Load load = Lat.start(cache)) {
            Duration built = Duration.ofNanos(System.nanoTime() - start);
            row.figure("opened after " + Row.ms(built.toNanos()), "2 s");
            assertThat(built).isLessThanOrEqualTo(BOOT);
            Lat.pass(load, SECOND);
            server.restart();
            long back = load.now();
            Duration recovery = Lat.passUntilHits(load, cache);
            LoadResult all = load.stop();
            Lat.everyCallServed(all);
            Lat.cheap(row, "absent, " + Lat.load(), all.between(0, back));
            Lat.recovered(row, "started", recovery);
        }
    }
}
