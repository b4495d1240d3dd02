package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Entries changed while Redis is away, which comes back with its data. */
@FaultRowAlways(45)
class InvalidationInOutageTest {

    private static final Duration TTL = Duration.ofMinutes(10);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int KEYS = 1_000;
    private static final int PATTERNS = 10;
    private static final int PER_PATTERN = 50;
    private static final String[] AOF = {"--appendonly", "yes", "--appendfsync", "always"};

    private static List<String> keys() {
        List<String> keys = new ArrayList<>();
        IntStream.range(0, KEYS).forEach(i -> keys.add(LogWatch.KEY + ":45:" + i));
        for (int p = 0; p < PATTERNS; p++) {
            String prefix = LogWatch.KEY + ":p" + p + ":";
            IntStream.range(0, PER_PATTERN).forEach(i -> keys.add(prefix + i));
        }
        return keys;
    }

    private static Map<String, String> values(List<String> keys) {
        Map<String, String> values = new LinkedHashMap<>();
        keys.forEach(key -> values.put(key, LogWatch.VALUE));
        return values;
    }

    private static void invalidateAll(RedisCacheAdapter cache) {
        IntStream.range(0, KEYS).forEach(i -> cache.del(LogWatch.KEY + ":45:" + i));
        IntStream.range(0, PATTERNS).forEach(p -> cache.flush(LogWatch.KEY + ":p" + p + ":*"));
    }

    @Test
    void isMadeWhenRedisIsBack() throws Exception {
        Row row = FaultMatrix.row(45, "invalidation during an outage");
        List<String> keys = keys();
        try (RedisServer server = RedisServer.start(AOF);
                RedisCacheAdapter cache = Profile.open(server.uri());
                NaiveCache naive = NaiveCache.connect(server.uri())) {
            cache.setAll(values(keys), TTL);
            naive.set("row45", "old", TTL);
            server.kill();
            assertThat(Naive.attempt(Duration.ofSeconds(1), () -> {
                        naive.del("row45");
                        return "removed";
                    }))
                    .startsWith("hung");

            long start = System.nanoTime();
            invalidateAll(cache);
            long took = System.nanoTime() - start;

            assertThat(cache.guard().stats().pending()).isEqualTo(KEYS + PATTERNS);
            server.restart();
            long back = System.nanoTime();
            await().atMost(LIMIT).until(() -> cache.guard().stats().pending() == 0);
            long replayed = System.nanoTime() - back;
            try (RedisCacheAdapter other = Profile.open(server.uri())) {
                assertThat(other.getAll(keys, String.class)).as("stale entries").isEmpty();
            }
            assertThat(cache.guard().stats().lost()).isZero();
            assertThat(Duration.ofNanos(replayed)).isLessThan(Duration.ofSeconds(4));
            row.naive("hangs or throws, and who catches it serves the old value until its TTL ends");
            row.ours("kept, read as a miss, made before the server is trusted again");
            row.figure(
                    "0 of " + keys.size() + " entries stale after " + KEYS + " keys and " + PATTERNS + " patterns",
                    "0");
            row.figure("made " + Row.ms(replayed) + " after the server was back", "<= 4,000 ms (REC + 1 s)");
            row.figure("kept in " + Row.ms(took), "");
        }
    }

    @Test
    void tooManyBecomeOneOfEverything() throws Exception {
        Row row = FaultMatrix.row(45);
        List<String> keys = keys();
        try (RedisServer server = RedisServer.start(AOF);
                RedisCacheAdapter cache =
                        Profile.builder(server.uri()).journalLimit(100).build();
                RedisCacheAdapter stranger =
                        Profile.builder(server.uri()).keyPrefix("other:").build()) {
            cache.setAll(values(keys), TTL);
            stranger.set(LogWatch.KEY, LogWatch.VALUE, TTL);
            server.kill();

            invalidateAll(cache);

            assertThat(cache.guard().stats().overflows()).isPositive();
            server.restart();
            await().atMost(LIMIT).until(() -> cache.guard().stats().pending() == 0);
            try (RedisCacheAdapter other = Profile.open(server.uri())) {
                assertThat(other.getAll(keys, String.class)).isEmpty();
            }
            await().atMost(LIMIT).until(() -> stranger.exists(LogWatch.KEY));
            row.figure("overflow (limit 100): 0 stale, 0 foreign keys touched", "0");
        }
    }
}
