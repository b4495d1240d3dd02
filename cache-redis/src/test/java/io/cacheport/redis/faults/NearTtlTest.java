package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.tiered.TieredCache;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A value that another program has stored for half a second, under a near TTL of a minute. */
@FaultRow(50)
class NearTtlTest {

    private static final Duration REMOTE = Duration.ofMillis(500);
    private static final Duration NEAR = Duration.ofSeconds(60);
    private static final Duration LIMIT = Duration.ofMillis(50);
    private static final Duration SLOW_TO_EXPIRE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int ROUNDS = 15;
    private static final int KEYS = 20;

    @Test
    void endsWithIt() throws Exception {
        Row row = FaultMatrix.row(50, "near entry outlives the one in Redis");
        try (RedisServer server = RedisServer.start("--enable-debug-command", "yes")) {
            naively(row, server);
            long usual = LogWatch.quietly(() -> served(server, true));
            long slow = LogWatch.quietly(() -> served(server, false));
            try (RespClient admin = server.client();
                    TieredCache cache = open(server)) {
                String key = LogWatch.KEY + ":loud";
                set(admin, key);
                cache.get(key, Long.class);
                await().until(() -> cache.get(key, Long.class) == null);
            }
            row.ours("a copy lives as long as what remained in Redis when it was asked");
            row.figure(text(usual), "<= 50 ms");
            row.figure(text(slow) + " where Redis itself is late and says nothing", "<= 50 ms");
        }
    }

    private static String text(long last) {
        return "last near answer " + Row.ms(last) + " after the expiry, at most, of " + ROUNDS * KEYS;
    }

    /** Redis says when a value expires, once it gets round to it; until then Lettuce serves it. */
    private static void naively(Row row, RedisServer server) {
        String key = LogWatch.KEY + ":naive";
        try (RespClient admin = server.client();
                NaiveNear naive = new NaiveNear(server.uri())) {
            admin.call("DEBUG", "SET-ACTIVE-EXPIRE", "0");
            set(admin, key);
            assertThat(naive.read(key)).isEqualTo(1);
            Near.pass(REMOTE.plus(SLOW_TO_EXPIRE));
            naive.awaitHeard();
            assertThat(naive.read(key)).isEqualTo(1);
            admin.call("DEBUG", "SET-ACTIVE-EXPIRE", "1");
        }
        row.naive("Lettuce's ClientSideCaching serves it " + SLOW_TO_EXPIRE.toSeconds()
                + " s later if Redis has not yet got round to expiring it; a map with a TTL of its own, for that");
    }

    private static void set(RespClient admin, String key) {
        admin.call("SET", "cache:" + key, "1", "PX", String.valueOf(REMOTE.toMillis()));
    }

    /** How long after its expiry, at the latest, a copy was last served; negative if before. */
    private static long served(RedisServer server, boolean expires) {
        long last = Long.MIN_VALUE;
        try (RespClient admin = server.client();
                TieredCache cache = open(server)) {
            admin.call("DEBUG", "SET-ACTIVE-EXPIRE", expires ? "1" : "0");
            for (int round = 0; round < ROUNDS; round++) {
                last = Math.max(last, served(admin, cache, expires + ":" + round));
            }
        }
        assertThat(Duration.ofNanos(last)).isLessThanOrEqualTo(LIMIT).isGreaterThan(LIMIT.negated());
        return last;
    }

    private static long served(RespClient admin, TieredCache cache, String name) {
        List<String> keys = IntStream.range(0, KEYS)
                .mapToObj(i -> LogWatch.KEY + ":" + name + ":" + i)
                .toList();
        long[] expired = new long[KEYS]; // at the latest
        for (int i = 0; i < KEYS; i++) {
            set(admin, keys.get(i));
            expired[i] = System.nanoTime() + REMOTE.toNanos();
        }
        keys.forEach(key -> assertThat(cache.get(key, Long.class)).isEqualTo(1));
        long last = Long.MIN_VALUE;
        for (boolean served = true; served; LockSupport.parkNanos(200_000)) {
            served = false;
            for (int i = 0; i < KEYS; i++) {
                long at = System.nanoTime();
                if (Near.copy(cache, keys.get(i)) != null) {
                    served = true;
                    last = Math.max(last, at - expired[i]);
                    assertThat(Duration.ofNanos(last)).isLessThan(SLOW_TO_EXPIRE);
                }
            }
        }
        return last;
    }

    private static TieredCache open(RedisServer server) {
        return Near.awaitHeard(Near.builder()
                .nearTtl(NEAR)
                .far(Profile.builder(server.uri()).commandTimeout(PATIENCE).build()));
    }
}
