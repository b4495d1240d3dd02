package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The server has as many clients as it may have, by maxclients; the limit of its process on files has the same effect. */
@FaultRow(13)
class MaxClientsTest {

    private static final Duration LONG = Duration.ofSeconds(4);

    @Test
    void isARedisThatCannotBeReached() throws Exception {
        Row row = FaultMatrix.row(13, "maxclients reached");
        try (RedisServer server = RedisServer.start();
                RespClient only = server.client()) {
            only.call("CONFIG", "SET", "maxclients", "1");
            String naively = Naive.attempt(LONG, () -> NaiveCache.connect(server.uri()));
            assertThat(naively).isEqualTo("RedisConnectionException");
            row.naive(naively + " from connect, so the service does not start");
            LogWatch.quietly(() -> {
                refused(row, server, only);
                return null;
            });
            try (RedisCacheAdapter cache = Profile.open(server.uri())) {
                assertThat(Load.through(cache).read(LogWatch.KEY + ":13", () -> LogWatch.VALUE))
                        .isEqualTo(LogWatch.VALUE);
            }
        }
        row.ours(
                "every call gets its value, by its loader until there is a place; sockets of failed attempts are closed");
    }

    private static void refused(Row row, RedisServer server, RespClient only) throws Exception {
        LogWatch.forgetWarnings();
        try (RedisCacheAdapter cache = Profile.open(server.uri());
                Load load = Lat.start(cache)) {
            Lat.pass(load, Duration.ofSeconds(1));
            long before = Resources.openFiles();
            Lat.pass(load, LONG);
            long after = Resources.openFiles();
            List<String> said = LogWatch.warnings();

            only.call("CONFIG", "SET", "maxclients", "1000");
            long raised = load.now();
            Duration recovery = Lat.passUntilHits(load, cache);
            LoadResult all = load.stop();
            Lat.everyCallServed(all);
            Lat.cheap(row, "refused for 5 s, " + Lat.load(), all.between(0, raised));
            Lat.recovered(row, "limit raised", recovery);
            row.figure((after - before) + " more descriptors after 4 s of attempts", "+1 (the one of an attempt)");
            assertThat(after - before).isLessThanOrEqualTo(1);
            long lines = said.stream()
                    .filter(line -> line.contains("cannot be reached"))
                    .count();
            row.figure(
                    lines + " WARN that Redis cannot be reached, cause=unavailable",
                    "1 (a cause connect_rejected is not in the closed set: missed)");
            assertThat(lines).isOne();
            assertThat(said).allMatch(line -> line.contains("cause=unavailable"));
        }
    }
}
