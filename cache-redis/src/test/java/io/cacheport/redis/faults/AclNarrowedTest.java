package io.cacheport.redis.faults;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody takes rights away from the user while the cache runs. */
@FaultRow(26)
class AclNarrowedTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration SOON = Duration.ofSeconds(4);
    private static final String KEY = LogWatch.KEY + ":26:";
    private static final int CALLS = 100;

    /** So long, and one after the other, failures open a circuit. */
    private static final long A_WHILE = 3 * Profile.T.toNanos();

    @Test
    void readsGoOnAndWhatIsNotPermittedIsMadeLater() throws Exception {
        Row row = FaultMatrix.row(26, "ACL narrowed");
        try (RedisServer server = RedisServer.start("--user", "app", "on", ">" + LogWatch.PASSWORD, "~*", "+@all");
                RespClient client = server.client();
                NaiveCache naive = NaiveCache.connect(server.uri().replace("//", "//app:" + LogWatch.PASSWORD + "@"));
                RedisCacheAdapter cache =
                        Profile.open(server.uri().replace("//", "//app:" + LogWatch.PASSWORD + "@"))) {
            cache.set(KEY + "read", LogWatch.VALUE, MINUTE);
            cache.set(KEY + "removed", LogWatch.VALUE, MINUTE);
            cache.set(KEY + "flushed", LogWatch.VALUE, MINUTE);
            client.call("ACL", "SETUSER", "app", "-@all", "+get", "resetkeys", "~cache:*", "~row26*");

            String naively = Naive.attempt(LIMIT, () -> naive.read("row26", () -> "loaded"));
            assertThat(naively).isEqualTo("RedisCommandExecutionException");
            row.naive("a read that misses throws " + naively + " although the value was loaded");

            long errors = cache.getStats().errors();
            int hits = 0;
            int loaded = 0;
            for (int i = 0; i < CALLS; i++) {
                hits += LogWatch.VALUE.equals(cache.get(KEY + "read", String.class)) ? 1 : 0;
                loaded +=
                        LogWatch.VALUE.equals(withCache(cache, KEY + "new", MINUTE, String.class, () -> LogWatch.VALUE))
                                ? 1
                                : 0;
            }
            assertThat(hits).isEqualTo(CALLS);
            assertThat(loaded).isEqualTo(CALLS);
            int refused = CALLS;
            for (long end = System.nanoTime() + A_WHILE; System.nanoTime() < end; refused++) {
                cache.set(KEY + "new", LogWatch.VALUE, MINUTE);
            }
            assertThat(cache.getStats().errors()).isEqualTo(errors + refused);
            assertThat(cache.guard().stats().opened()).isZero();
            assertThat(cache.del(KEY + "removed")).isFalse();
            assertThat(cache.flush(KEY + "flushed*")).isZero();
            for (String kept : List.of("removed", "flushed")) {
                assertThat(cache.get(KEY + kept, String.class)).isNull();
            }
            assertThat(cache.guard().stats().pending()).isEqualTo(2);
            assertThat(LogWatch.warnings().stream().filter(line -> line.contains("cause=refused")))
                    .hasSize(1);

            long permitted = System.nanoTime();
            client.call("ACL", "SETUSER", "app", "+@all");
            await().atMost(SOON).until(() -> cache.guard().stats().pending() == 0);
            long made = System.nanoTime() - permitted;
            assertThat(client.call("EXISTS", "cache:" + KEY + "removed", "cache:" + KEY + "flushed"))
                    .isEqualTo(0L);

            // reading may be taken away too, and then it is as good as no server
            client.call("ACL", "SETUSER", "app", "-get");
            await().atMost(SOON).pollInterval(Duration.ofMillis(1)).until(() -> {
                assertThat(withCache(cache, KEY + "read", MINUTE, String.class, () -> LogWatch.VALUE))
                        .isEqualTo(LogWatch.VALUE);
                return cache.guard().stats().opened() == 1;
            });
            long readable = System.nanoTime();
            client.call("ACL", "SETUSER", "app", "+get");
            await().atMost(SOON).until(() -> LogWatch.VALUE.equals(cache.get(KEY + "read", String.class)));
            long recovered = System.nanoTime() - readable;
            assertThat(cache.guard().stats().opened()).isEqualTo(1);
            assertThat(made).isLessThan(SOON.toNanos());
            assertThat(recovered).isLessThan(Duration.ofSeconds(3).toNanos());

            row.ours(
                    "reads go on, a refused store returns the loaded value, cause refused, a removal or flush is kept and "
                            + "made when it is permitted; without GET the circuit opens");
            row.figure(
                    hits + " of " + CALLS + " reads hit, " + loaded + " of " + CALLS + " loaded, 0 exceptions",
                    "all, 0");
            row.figure(Row.ms(made) + " from the permission to the removals", "4 s");
            row.figure(Row.ms(recovered) + " from the permission to read to the first hit", "3 s");
            row.figure("no list of missing commands at the start", "a list (missed)");
        }
    }
}
