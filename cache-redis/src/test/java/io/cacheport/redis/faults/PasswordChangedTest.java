package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.lettuce.core.RedisCredentials;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The server's password is changed, and who uses the old one is thrown out. */
@FaultRow(25)
class PasswordChangedTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration UNKNOWN = Duration.ofSeconds(6);
    private static final Duration FIRST_SECOND = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final String FIRST = LogWatch.PASSWORD + "1";
    private static final String SECOND = LogWatch.PASSWORD + "2";
    private static final Pattern REFUSED = Pattern.compile("errorstat_WRONGPASS:count=(\\d+)");

    @Test
    void theNextConnectUsesTheNewOne() throws Exception {
        Row row = FaultMatrix.row(25, "password changed on server");
        row.naive(naively());
        LogWatch.quietly(() -> {
            run(row);
            return null;
        });
        leavesNoPasswordInTheLog();
    }

    private static String naively() throws Exception {
        try (RedisServer server = RedisServer.start("--requirepass", "first");
                NaiveCache naive = NaiveCache.connect(server.uri().replace("//", "//:first@"))) {
            naive.set("row25", "value", Duration.ofMinutes(10));
            change(server, "first", "second");
            String kept = Naive.attempt(LIMIT, () -> naive.read("row25", () -> "loaded"));
            throwOut(server, "second");
            String later = Naive.attempt(LIMIT, () -> naive.read("row25", () -> "loaded"));
            assertThat(kept).isEqualTo("value");
            assertThat(later).isEqualTo("hung over 1 s");
            return "works on while its connection lives, then a read " + later;
        }
    }

    private static void run(Row row) throws Exception {
        AtomicReference<String> password = new AtomicReference<>(FIRST);
        try (RedisServer server = RedisServer.start("--requirepass", FIRST);
                RedisCacheAdapter cache = Profile.builder(server.uri())
                        .credentials(() -> RedisCredentials.just("default", password.get()))
                        .build();
                Load load = new Load(Load.through(cache))
                        .threads(50)
                        .keys(20)
                        .perSecond(400)
                        .start()) {
            await().atMost(SOON).until(() -> cache.getStats().hits() > 200);
            change(server, FIRST, SECOND);
            long hitsBefore = cache.getStats().hits();
            await().atMost(SOON).until(() -> cache.getStats().hits() > hitsBefore + 100);
            assertThat(cache.guard().stats().opened()).isZero();

            long out = load.now();
            throwOut(server, SECOND);
            await().atMost(SOON).until(() -> cache.guard().stats().opened() > 0);
            Calling open = Calling.of(cache, 10_000);
            await().atMost(SOON).until(() -> load.now() > out + FIRST_SECOND.toNanos());
            int atOnce = refused(server);
            long since = load.now();
            await().atMost(SOON).until(() -> load.now() > out + UNKNOWN.toNanos());
            int later = refused(server) - atOnce;
            long fewEnough = (load.now() - since) / PAUSE.toNanos() + 1;
            long hits = cache.getStats().hits();
            long known = load.now();
            password.set(SECOND);
            await().atMost(SOON).until(() -> cache.getStats().hits() > hits);
            await().atMost(SOON).until(() -> load.now() > known + 500_000_000L);
            LoadResult result = load.stop();
            Duration recovered = result.firstHitAfter(known).orElseThrow();

            assertThat(result.exceptions()).isEmpty();
            assertThat(result.wrong() + result.hung()).isZero();
            assertThat(result.from(out).max())
                    .isLessThan(Profile.T.multipliedBy(2).plusMillis(100));
            assertThat(open.p99()).isLessThan(Duration.ofMillis(2).toNanos());
            assertThat(LogWatch.warnings()).anyMatch(line -> line.contains("cause=credentials"));
            // that a login was refused is told by an event, which may come after the next pause was chosen
            assertThat(atOnce).isBetween(1, 3);
            assertThat(later).isBetween(1, Math.toIntExact(fewEnough));
            assertThat(recovered).isLessThan(Duration.ofSeconds(3));
            row.ours(
                    "hits until it is thrown out, then loads, cause credentials; the new password is asked for at each "
                            + "connect");
            row.figure(atOnce + " refused logins in the first second", atOnce == 1 ? "1" : "1 (missed)");
            row.figure(later + " in the 5 s after it", "3: one in 2 s");
            row.figure("p99 " + Row.ms(open.p99()) + " for 10,000 calls with the circuit open", "2 ms");
            row.figure(Row.ms(recovered.toNanos()) + " from the new password to the first hit", "3 s");
        }
    }

    /** Once more while every logger says all it has to say. */
    private static void leavesNoPasswordInTheLog() {
        try (RedisServer server = RedisServer.start("--requirepass", SECOND);
                RedisCacheAdapter cache = Profile.builder(server.uri())
                        .credentials(() -> RedisCredentials.just("default", FIRST))
                        .build()) {
            assertThat(cache.isConnected()).isFalse();
            assertThat(cache.get(LogWatch.KEY, String.class)).isNull();
        }
    }

    private static void change(RedisServer server, String from, String to) {
        as(from, server, "CONFIG", "SET", "requirepass", to);
    }

    private static void throwOut(RedisServer server, String password) {
        as(password, server, "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    }

    private static String as(String password, RedisServer server, String... command) {
        try (RespClient client = server.client()) {
            client.call("AUTH", password);
            return String.valueOf(client.call(command));
        }
    }

    private static int refused(RedisServer server) {
        Matcher count = REFUSED.matcher(as(SECOND, server, "INFO", "errorstats"));
        return count.find() ? Integer.parseInt(count.group(1)) : 0;
    }
}
