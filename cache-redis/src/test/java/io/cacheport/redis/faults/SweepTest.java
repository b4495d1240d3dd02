package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Removing while the table of keys grows and shrinks, and removing one that is very large. */
class SweepTest {

    private static final int OURS = 20_000;
    private static final int FEW = 1_000;
    private static final int MANY = 40_000;
    private static final int ROUNDS = 5;

    @Test
    @FaultRow(81)
    void everyKeyThatWasThereIsRemovedAndCountedOnce() throws Exception {
        Row row = FaultMatrix.row(81, "SCAN shows keys twice or not at all");
        long removed = 0;
        try (RedisServer server = RedisServer.start();
                RespClient client = server.client();
                NaiveCache naive = NaiveCache.connect(server.uri());
                RedisCacheAdapter cache = Profile.open(server.uri())) {
            for (int round = 0; round < ROUNDS; round++) {
                set(client, "cache:" + LogWatch.KEY, OURS);
                removed += duringRehash(server, () -> {
                    long count = cache.flush(LogWatch.KEY + "*");
                    assertThat(count).isEqualTo(OURS);
                    return count;
                });
                assertThat(client.call("EXISTS", "cache:" + LogWatch.KEY + "1")).isEqualTo(0L);
                assertThat(countOf(client, "cache:*")).isZero();

                client.call("FLUSHDB");
            }
            assertThat(cache.getStats().deletes()).isEqualTo(removed);
            row.naive(naively(naive, client));
            row.ours("counts what UNLINK says it removed; keys stored meanwhile may stay");
            row.figure(
                    String.format(Locale.ROOT, "%,d of %,d removed and counted", removed, ROUNDS * OURS), "all, once");
        }
    }

    private interface Counting {
        long count() throws Exception;
    }

    /** While another client makes the table of keys grow by 40,000 and shrink again. */
    private static long duringRehash(RedisServer server, Counting code) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (RespClient client = server.client()) {
            CompletableFuture<Void> growing = CompletableFuture.runAsync(
                    () -> {
                        while (!over.get()) {
                            set(client, "other:", 40_000);
                            remove(client, "other:", 40_000);
                        }
                    },
                    other);
            long result = code.count();
            over.set(true);
            growing.get();
            return result;
        } finally {
            over.set(true);
            other.shutdown();
        }
    }

    /** Most shrinkings have SCAN show no key twice, or one. */
    private static String naively(NaiveCache naive, RespClient client) {
        set(client, "naive:", FEW);
        for (int tries = 1; tries <= 100; tries++) {
            long twice = twiceNaively(naive, client);
            if (twice > 0) {
                return "counts what SCAN shows: " + (FEW + twice) + " for " + FEW + " keys, in try " + tries;
            }
        }
        throw new AssertionError("SCAN showed no key twice");
    }

    /** Keys that SCAN shows twice, because the table shrinks when some of it has been walked. */
    private static long twiceNaively(NaiveCache naive, RespClient client) {
        set(client, "other:", MANY);
        ScanArgs args = ScanArgs.Builder.limit(ThreadLocalRandom.current().nextInt(MANY / 4, MANY))
                .match("naive:*");
        KeyScanCursor<String> cursor = naive.commands().scan(args);
        long rows = cursor.getKeys().size();
        Set<String> distinct = new HashSet<>(cursor.getKeys());
        remove(client, "other:", MANY);
        await().atMost(Duration.ofSeconds(10)).until(() -> bytesOfTable(client) < MANY * 8L);
        while (!cursor.isFinished()) {
            cursor = naive.commands().scan(cursor, args);
            rows += cursor.getKeys().size();
            distinct.addAll(cursor.getKeys());
        }
        assertThat(distinct).hasSize(FEW);
        return rows - distinct.size();
    }

    private static long bytesOfTable(RespClient client) {
        List<?> stats = (List<?>) Objects.requireNonNull(client.call("MEMORY", "STATS"));
        List<?> ofDatabase = (List<?>) Objects.requireNonNull(stats.get(stats.indexOf("db.0") + 1));
        return (Long) Objects.requireNonNull(ofDatabase.get(ofDatabase.indexOf("overhead.hashtable.main") + 1));
    }

    private static long countOf(RespClient client, String glob) {
        return client.call("KEYS", glob) instanceof List<?> keys ? keys.size() : -1;
    }

    private static void set(RespClient client, String prefix, int count) {
        each(client, prefix, count, "SET", "1");
    }

    private static void remove(RespClient client, String prefix, int count) {
        each(client, prefix, count, "DEL");
    }

    private static void each(RespClient client, String prefix, int count, String command, String... more) {
        List<String[]> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            commands.add(
                    more.length == 0
                            ? new String[] {command, prefix + i}
                            : new String[] {command, prefix + i, more[0]});
            if (commands.size() == 1_000 || i == count - 1) {
                client.pipeline(commands);
                commands.clear();
            }
        }
    }

    @Test
    @FaultRow(83)
    void aHugeKeyIsRemovedWithoutHoldingTheServerUp() throws Exception {
        Row row = FaultMatrix.row(83, "removal of a huge value");
        int fields = 600_000;
        try (RedisServer server = RedisServer.start("--slowlog-log-slower-than", "10000");
                RespClient client = server.client();
                NaiveCache naive = NaiveCache.connect(server.uri());
                RedisCacheAdapter cache = Profile.open(server.uri())) {
            for (String key : List.of("row83", "cache:" + LogWatch.KEY, "cache:" + LogWatch.KEY + ":2")) {
                hash(client, key, fields);
            }
            long bytes = client.call("MEMORY", "USAGE", "row83", "SAMPLES", "5") instanceof Long size ? size : 0;
            assertThat(bytes).isGreaterThan(50L << 20);

            long naively = slowest(client, () -> naive.del("row83"));
            long ours =
                    slowest(client, () -> assertThat(cache.del(LogWatch.KEY)).isTrue());
            long flushed = slowest(
                    client, () -> assertThat(cache.flush(LogWatch.KEY + "*")).isEqualTo(1));

            assertThat(naively).isGreaterThan(10_000);
            assertThat(Math.max(ours, flushed)).isZero();
            assertThat(client.call("DBSIZE")).isEqualTo(0L);
            row.naive("DEL: the server stands still for " + Row.ms(naively * 1_000));
            row.ours("del and flush send UNLINK, which frees it beside");
            row.figure("0 commands over 10 ms in the slow log, hash of " + (bytes >> 20) + " MB", "0");
        }
    }

    private static void hash(RespClient client, String key, int fields) {
        List<String[]> commands = new ArrayList<>();
        String value = "v".repeat(40);
        for (int i = 0; i < fields; i++) {
            commands.add(new String[] {"HSET", key, "field" + i, value});
            if (commands.size() == 10_000) {
                client.pipeline(commands);
                commands.clear();
            }
        }
    }

    /** The longest entry of the server's slow log during the call, in microseconds; 0 if it has none. */
    private static long slowest(RespClient client, Runnable call) {
        client.call("SLOWLOG", "RESET");
        call.run();
        long longest = 0;
        if (client.call("SLOWLOG", "GET", "10") instanceof List<?> entries) {
            for (Object entry : entries) {
                longest = Math.max(longest, (Long) ((List<?>) entry).get(2));
            }
        }
        return longest;
    }
}
