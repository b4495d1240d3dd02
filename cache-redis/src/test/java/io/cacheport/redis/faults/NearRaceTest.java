package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.tiered.TieredCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A value is on its way to a reader while it is changed, and so is the word that it was. */
@FaultRow(49)
class NearRaceTest {

    private static final int ROUNDS = 100;
    private static final int KEYS = 500;
    private static final int READERS = 2;

    /** The first drops what was copied, so that the last finds readers on their way. */
    private static final int WRITES = 4;

    /** Copies that were left when all was heard. */
    private static final class Left {

        private long right;
        private long stale;

        void add(boolean there, boolean isLast) {
            right += there && isLast ? 1 : 0;
            stale += there && !isLast ? 1 : 0;
        }
    }

    @Test
    void leaveNoStaleCopy() throws Exception {
        Row row = FaultMatrix.row(49, "read reply and invalidation cross");
        try (RedisServer server = RedisServer.start()) {
            LogWatch.quietly(() -> raced(row, server));
            try (RespClient admin = server.client();
                    TieredCache cache = Near.open(server.uri())) {
                race(admin, LogWatch.KEY + ":loud:", 20, List.of(key -> cache.get(key, Long.class)));
            }
        }
        row.ours(
                "a copy needs a place that was taken before the read, which the word that it was changed takes away; also in"
                        + " 10^6 schedules of reads, changes, messages and cuts (NearSchedulesTest)");
    }

    private static Void raced(Row row, RedisServer server) throws Exception {
        Left ours = new Left();
        Left naively = new Left();
        try (RespClient admin = server.client();
                TieredCache cache = Near.open(server.uri());
                NaiveNear naive = new NaiveNear(server.uri())) {
            List<NearReads.Reader> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(key -> cache.get(key, Long.class));
            }
            readers.add(naive::read);
            for (int round = 0; round < ROUNDS; round++) {
                String prefix = LogWatch.KEY + ":" + round + ":";
                race(admin, prefix, KEYS, readers);
                Near.awaitHeard(cache);
                naive.awaitHeard();
                for (int i = 0; i < KEYS; i++) {
                    Long copy = Near.copy(cache, prefix + i);
                    Long naiveCopy = naive.copy(prefix + i);
                    ours.add(copy != null, Long.valueOf(WRITES).equals(copy));
                    naively.add(naiveCopy != null, Long.valueOf(WRITES).equals(naiveCopy));
                }
            }
            long refused = cache.tieredStats().near().misses()
                    - cache.tieredStats().near().sets();
            assertThat(ours.stale).as("stale copies").isZero();
            assertThat(ours.right).isGreaterThan(ROUNDS * KEYS / 10);
            assertThat(naively.stale).as("stale copies, naively").isPositive();
            row.naive(String.format(
                    Locale.ROOT,
                    "%,d of %,d copies stale for ever (Lettuce's ClientSideCaching)",
                    naively.stale,
                    naively.stale + naively.right));
            row.figure(
                    String.format(
                            Locale.ROOT,
                            "%,d races, %,d copies left, 0 of them stale; %,d reads made none",
                            ROUNDS * KEYS,
                            ours.right,
                            refused),
                    "0 stale");
        }
        return null;
    }

    /** Key by key, all read it while it is written. */
    private static void race(RespClient admin, String prefix, int keys, List<NearReads.Reader> readers)
            throws Exception {
        AtomicInteger current = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(readers.size());
        try {
            List<Future<?>> reading = new ArrayList<>();
            for (NearReads.Reader reader : readers) {
                reading.add(threads.submit(() -> {
                    for (int i = 0; i < keys; i = current.get()) {
                        reader.read(prefix + i);
                        reader.read(prefix + Math.max(0, i - 1)); // so that there is a copy of it
                    }
                    return null;
                }));
            }
            for (int i = 0; i < keys; i++) {
                for (int version = 1; version <= WRITES; version++) {
                    Near.set(admin, prefix + i, version);
                }
                current.incrementAndGet();
            }
            for (Future<?> one : reading) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
