package io.cacheport.redis.faults;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Another program made a list under a key of the cache. */
class WrongTypeTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final String KEY = LogWatch.KEY + ":28:";
    private static final int KEYS = 100;

    @FaultRowAlways(28)
    @Test
    void isAMissAndIsReplacedUnderOurPrefixOnly() throws Exception {
        Row row = FaultMatrix.row(28, "wrong type under our key");
        try (RedisServer server = RedisServer.start();
                RespClient client = server.client();
                NaiveCache naive = NaiveCache.connect(server.uri());
                RedisCacheAdapter cache = Profile.open(server.uri())) {
            client.call("LPUSH", "row28", "x");
            String get = Naive.attempt(LIMIT, () -> naive.read("row28", () -> "loaded"));
            boolean mget = naive.commands().mget("row28").get(0).hasValue();
            assertThat(get).isEqualTo("RedisCommandExecutionException");
            assertThat(mget).isFalse();
            row.naive(get + " at each read, for ever; MGET tells it from nothing by no word");

            for (int i = 0; i < KEYS; i++) {
                client.call("LPUSH", "cache:" + KEY + i, "x");
                assertThat(cache.get(KEY + i, String.class)).isNull();
            }
            assertThat(cache.getStats().errors()).isEqualTo(KEYS);
            assertThat(cache.getStats().misses()).isEqualTo(KEYS);
            assertThat(cache.getAll(List.of(KEY + 0, KEY + 1), String.class)).isEmpty();
            assertThat(LogWatch.warnings()).singleElement().asString().contains("cause=wrong_type");

            int replaced = 0;
            for (int i = 0; i < KEYS; i++) {
                assertThat(withCache(cache, KEY + i, MINUTE, String.class, () -> LogWatch.VALUE))
                        .isEqualTo(LogWatch.VALUE);
                replaced += LogWatch.VALUE.equals(cache.get(KEY + i, String.class)) ? 1 : 0;
            }
            client.call("LPUSH", "cache:" + KEY, "x");
            assertThat(cache.del(KEY)).isTrue();
            assertThat(cache.clear()).isEqualTo(KEYS);

            assertThat(replaced).isEqualTo(KEYS);
            assertThat(client.call("TYPE", "row28")).isEqualTo("list");
            assertThat(cache.guard().stats().opened()).isZero();
            row.ours("a miss, cause wrong_type, and the loaded value takes its place; a list outside the prefix stays; "
                    + "no circuit opens; getAll, which is MGET, misses without a cause");
            row.figure(replaced + " of " + KEYS + " loaded and replaced, 0 exceptions", "all, 0");
        }
    }
}
