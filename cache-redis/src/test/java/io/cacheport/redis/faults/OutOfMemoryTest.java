package io.cacheport.redis.faults;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server without room for one more value, which was told not to evict any. */
class OutOfMemoryTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String KEY = LogWatch.KEY + ":19:";
    private static final String VALUE = LogWatch.VALUE;
    private static final String LARGE = VALUE.repeat(4_000);
    private static final int MOST = 200;
    private static final int CALLS = 200;

    /** So long, and one after the other, failures open a circuit. */
    private static final long A_WHILE = 3 * Profile.T.toNanos();

    @FaultRowAlways(19)
    @Test
    void storesAreRefusedAndNothingElse() throws Exception {
        Row row = FaultMatrix.row(19, "OOM, noeviction");
        try (RedisServer server = RedisServer.start("--maxmemory", "3mb", "--maxmemory-policy", "noeviction");
                RespClient client = server.client();
                NaiveCache naive = NaiveCache.connect(server.uri());
                RedisCacheAdapter cache = Profile.open(server.uri())) {
            int stored = fill(cache);
            client.call("CONFIG", "SET", "maxmemory", "1mb"); // what is removed below shall make no room

            String naively = Naive.attempt(Duration.ofSeconds(2), () -> naive.read("row19", () -> "loaded"));
            assertThat(naively).isEqualTo("RedisCommandExecutionException");
            row.naive("a read that misses throws " + naively + " although the value was loaded");

            long errors = cache.getStats().errors();
            int loaded = 0;
            for (int i = 0; i < CALLS; i++) {
                loaded += VALUE.equals(withCache(cache, KEY + "new" + i, MINUTE, String.class, () -> VALUE)) ? 1 : 0;
            }
            int refused = CALLS + 1;
            for (long end = System.nanoTime() + A_WHILE; System.nanoTime() < end; refused++) {
                cache.set(KEY + "new", VALUE, MINUTE);
            }
            cache.setAll(Map.of(KEY + "new", VALUE), MINUTE);
            assertThat(cache.getStats().errors()).isEqualTo(errors + refused);
            int hits = 0;
            for (int i = 0; i < stored; i++) {
                hits += LARGE.equals(cache.get(KEY + i, String.class)) ? 1 : 0;
            }
            assertThat(loaded).isEqualTo(CALLS);
            assertThat(hits).isEqualTo(stored);
            assertThat(cache.guard().stats().opened()).isZero();
            assertThat(cache.loadLimit(KEY)).isNull();

            assertThat(cache.expire(KEY + 0, MINUTE)).isTrue();
            assertThat(cache.del(KEY + 0)).isTrue();
            assertThat(cache.flush(KEY + "*")).isEqualTo(stored - 1);
            assertThat(client.call("DBSIZE")).isEqualTo(0L);
            assertThat(cache.guard().stats().pending()).isZero();
            // of the fault; a machine under load may add a timeout of its own
            assertThat(LogWatch.warnings().stream().filter(line -> line.contains("cause=refused")))
                    .hasSize(1);

            client.call("CONFIG", "SET", "maxmemory", "0");
            cache.set(KEY, VALUE, MINUTE);
            assertThat(cache.get(KEY, String.class)).isEqualTo(VALUE);

            row.ours(
                    "the loaded value is returned, cause refused; reads, expire, del and flush go on, no circuit opens");
            row.figure(loaded + " of " + CALLS + " misses answered by their loader, 0 exceptions", "all, 0");
            row.figure(hits + " of " + stored + " stored values read", "all");
            row.figure(LogWatch.warnings().size() + " WARN for " + (refused + 1) + " refusals", "1");
        }
    }

    /** How many values fitted. */
    private static int fill(RedisCacheAdapter cache) {
        long errors = cache.getStats().errors();
        int stored = 0;
        while (stored < MOST) {
            cache.set(KEY + stored, LARGE, MINUTE);
            if (cache.getStats().errors() > errors) {
                break;
            }
            stored++;
        }
        assertThat(stored).isBetween(1, MOST - 1);
        return stored;
    }
}
