package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.tiered.TieredCache;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** All keys are gone, of which Redis says so without naming one. */
class NearFlushTest {

    private static final String FAULT = "flush push without keys";
    private static final Duration LIMIT = Duration.ofMillis(100);
    private static final int KEYS = 20;
    private static final String[] COMMANDS = {"FLUSHALL", "FLUSHDB"};

    @FaultRowAlways(48)
    @Test
    void nothingIsLeft() throws Exception {
        Row row = FaultMatrix.row(48, FAULT);
        try (RedisServer server = RedisServer.start()) {
            LogWatch.quietly(() -> flushed(row, server, 50));
            flushed(row, server, 0);
            assertThat(LogWatch.warnings()).isEmpty();
        }
        row.ours("all copies are dropped");
    }

    @FaultRow(48)
    @Test
    void norAfterAThousandTimes() throws Exception {
        Row row = FaultMatrix.row(48, FAULT);
        try (RedisServer server = RedisServer.start()) {
            int rounds = 1_000;
            long longest = LogWatch.quietly(() -> flushed(row, server, rounds));
            row.figure(
                    "the last copy gone " + Row.ms(longest) + " after the reply, at most, of " + rounds, "<= 100 ms");
        }
    }

    /** How long the longest took, of that many that are held to the limit, and one that is not. */
    private static long flushed(Row row, RedisServer server, int rounds) {
        long longest = 0;
        try (RespClient admin = server.client();
                TieredCache cache = Near.open(server.uri());
                NaiveNear naive = new NaiveNear(server.uri())) {
            String kept = LogWatch.KEY + ":kept";
            Near.set(admin, kept, 1);
            assertThat(naive.read(kept)).isEqualTo(1);
            flushed(admin, cache, 0);
            for (int round = 1; round <= rounds; round++) {
                long took = flushed(admin, cache, round);
                longest = Math.max(longest, took);
                assertThat(Duration.ofNanos(took)).isLessThanOrEqualTo(LIMIT);
            }
            naive.awaitHeard();
            assertThat(naive.read(kept)).isEqualTo(1);
            row.naive("the listener of Lettuce's ClientSideCaching throws, and the copy stays");
        }
        return longest;
    }

    private static long flushed(RespClient admin, TieredCache cache, int round) {
        String prefix = LogWatch.KEY + ":" + round + ":";
        IntStream.range(0, KEYS).forEach(i -> Near.set(admin, prefix + i, round));
        IntStream.range(0, KEYS).forEach(i -> Near.awaitServed(cache, prefix + i, round));
        admin.call(COMMANDS[round % COMMANDS.length]);
        long flushed = System.nanoTime();
        long deadline = flushed + Duration.ofSeconds(5).toNanos();
        while (IntStream.range(0, KEYS).anyMatch(i -> Near.copy(cache, prefix + i) != null)) {
            assertThat(System.nanoTime() - deadline).as("copies are left").isNegative();
            LockSupport.parkNanos(100_000);
        }
        long took = System.nanoTime() - flushed;
        IntStream.range(0, KEYS)
                .forEach(i -> assertThat(cache.get(prefix + i, Long.class)).isNull());
        return took;
    }
}
