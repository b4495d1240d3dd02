package io.cacheport.redis.faults;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A server that makes room by throwing out whatever was not used for long. */
@FaultRow(30)
class EvictionTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String KEY = LogWatch.KEY + ":30:";
    private static final String FILLER = "v".repeat(8_000);
    private static final int WRITES = 8_000;
    private static final int FIRST = 500;

    private static String value(int i) {
        return i + LogWatch.VALUE + FILLER;
    }

    @Test
    void isAMissAtWorst() throws Exception {
        Row row = FaultMatrix.row(30, "eviction under allkeys-lru");
        try (RedisServer server = RedisServer.start("--maxmemory", "8mb", "--maxmemory-policy", "allkeys-lru");
                NaiveCache naive = NaiveCache.connect(server.uri());
                RespClient client = server.client()) {
            SetArgs ifFree = SetArgs.Builder.nx().px(MINUTE);
            assertThat(naive.commands().set("row30:lock", "first", ifFree)).isEqualTo("OK");
            LogWatch.quietly(() -> {
                run(row, server, client);
                return null;
            });
            assertThat(naive.commands().set("row30:lock", "second", ifFree)).isEqualTo("OK");
            row.naive("a lock kept there (SET NX PX) was given to a second holder while the first had it");
        }
    }

    private static void run(Row row, RedisServer server, RespClient client) {
        try (RedisCacheAdapter cache = Profile.open(server.uri())) {
            for (int i = 0; i < FIRST; i++) {
                cache.set(KEY + i, value(i), MINUTE);
            }
            cache.set(KEY + "removed", LogWatch.VALUE, MINUTE);
            assertThat(cache.del(KEY + "removed")).isTrue();
            int hits = 0;
            for (int i = FIRST; i < WRITES; i++) {
                int key = i;
                assertThat(withCache(cache, KEY + i, MINUTE, String.class, () -> value(key)))
                        .isEqualTo(value(i));
            }
            for (int i = 0; i < WRITES; i++) {
                String value = cache.get(KEY + i, String.class);
                if (value != null) {
                    assertThat(value).isEqualTo(value(i));
                    hits++;
                }
            }
            assertThat(cache.get(KEY + "removed", String.class)).isNull();
            assertThat(hits).isBetween(1, WRITES / 2);
            assertThat(cache.getStats().errors()).isZero();
            assertThat(cache.guard().stats().opened()).isZero();
            // nothing of its own is there to be evicted
            List<?> scan = (List<?>) Objects.requireNonNull(client.call("SCAN", "0", "COUNT", "100000"));
            List<?> keys = (List<?>) Objects.requireNonNull(scan.get(1));
            assertThat(keys).isNotEmpty().allMatch(key -> String.valueOf(key).startsWith("cache:" + KEY));
            row.ours(
                    "a miss, and the loader is asked; but for values it keeps nothing there: no lock, no generation, no "
                            + "journal");
            row.figure("0 of " + WRITES + " values wrong, " + (WRITES - hits) + " evicted; 64 MB into 8 MB", "0 wrong");
            row.figure("0 of " + keys.size() + " keys there are no values", "0");
        }
    }
}
