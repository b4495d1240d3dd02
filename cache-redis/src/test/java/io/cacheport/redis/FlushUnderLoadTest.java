package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Flushes 100,000 keys out of 1,000,000 while another client sends one GET a millisecond, and prints what both took. Times
 * are printed, not judged; what must hold is judged: exactly those keys, nothing slow on the server, little memory here.
 */
@Tag("full")
class FlushUnderLoadTest {

    private static final int ALL = 1_000_000;
    private static final int FLUSHED = 100_000;
    private static final int BATCH = 10_000;

    @Test
    void flushesATenthOfAMillion() throws Exception {
        try (RedisServer server = RedisServer.start("--slowlog-log-slower-than", "10000");
                RespClient client = server.client();
                RedisCacheAdapter cache = RedisCacheAdapter.connect(server.uri())) {
            fill(client, "kept:", ALL - FLUSHED);
            fill(client, "gone:", FLUSHED);
            cache.flush("warm:*"); // the compiler's time is not the flush's
            client.call("SLOWLOG", "RESET");

            System.out.println("GET client alone:        " + whileGetting(server, () -> idle(Duration.ofSeconds(5))));
            long[] millis = new long[1];
            System.out.println("GET client beside flush: "
                    + whileGetting(server, () -> {
                        long start = System.nanoTime();
                        assertThat(cache.flush("gone:*")).isEqualTo(FLUSHED);
                        millis[0] = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                    }));
            System.out.println("flush of " + FLUSHED + " out of " + ALL + " keys: " + millis[0] + " ms");
            System.out.println("commands over 10 ms in the server's slow log: " + client.call("SLOWLOG", "LEN"));

            assertThat(client.call("DBSIZE")).isEqualTo((long) ALL - FLUSHED);
            assertThat(client.call("SLOWLOG", "LEN")).isEqualTo(0L);

            long growth = heapGrowthDuring(() -> cache.flush("nothing:*"));
            fill(client, "gone:", FLUSHED);
            growth = Math.max(growth, heapGrowthDuring(() -> cache.flush("gone:*")));
            System.out.println("live heap during flush above before it: " + growth / 1_024 + " KiB");
            assertThat(growth).isLessThan(32L << 20);
        }
    }

    private static void fill(RespClient client, String prefix, int count) {
        for (int from = 0; from < count; from += BATCH) {
            List<String[]> sets = new ArrayList<>(BATCH);
            for (int i = from; i < from + BATCH; i++) {
                sets.add(new String[] {"SET", "cache:" + prefix + i, "\"value " + i + "\"", "PX", "3600000"});
            }
            client.pipeline(sets);
        }
    }

    private static void idle(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /** One GET a millisecond, timed from when it was due once it is a millisecond late, so that waiting counts too. */
    private static String whileGetting(RedisServer server, Runnable work) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (RespClient client = server.client()) {
            Future<String> getting = thread.submit(() -> {
                List<Long> micros = new ArrayList<>();
                long due = System.nanoTime();
                for (int i = 0; !done.get(); i++) {
                    due += 1_000_000;
                    while (System.nanoTime() < due) {
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                    long start = System.nanoTime();
                    client.call("GET", "cache:kept:" + i % 1_000);
                    micros.add((System.nanoTime() - Math.min(start, due + 1_000_000)) / 1_000);
                }
                return percentiles(micros);
            });
            work.run();
            done.set(true);
            return getting.get(30, TimeUnit.SECONDS);
        } finally {
            thread.shutdownNow();
        }
    }

    private static String percentiles(List<Long> micros) {
        long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
        assertThat(sorted).isNotEmpty();
        return String.format(
                Locale.ROOT,
                "%,d GETs, p50 %,d us, p99 %,d us, max %,d us",
                sorted.length,
                sorted[sorted.length / 2],
                sorted[(int) (sorted.length * 0.99)],
                Arrays.stream(sorted).max().orElseThrow());
    }

    private static long heapGrowthDuring(Runnable work) throws Exception {
        long before = liveHeap();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Long> most = thread.submit(() -> {
                long max = 0;
                while (!done.get()) {
                    max = Math.max(max, liveHeap());
                    idle(Duration.ofMillis(100)); // a collection after the other would be all that happens
                }
                return max;
            });
            work.run();
            done.set(true);
            return most.get(30, TimeUnit.SECONDS) - before;
        } finally {
            thread.shutdownNow();
        }
    }

    private static long liveHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
