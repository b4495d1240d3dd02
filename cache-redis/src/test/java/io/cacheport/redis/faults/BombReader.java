package io.cacheport.redis.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.redis.json.JsonCodec;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Reads the bombs that {@link BombTest} stored; prints what came of it. For a JVM of its own. */
final class BombReader {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ROUNDS = 20;

    private BombReader() {}

    public static void main(String[] arguments) throws InterruptedException {
        ours(arguments[0]);
        RedisClient client = RedisClient.create(arguments[0]);
        byte[] gzip = client.connect(ByteArrayCodec.INSTANCE).sync().get("cache:gzip".getBytes(UTF_8));
        try (NaiveCache naive = NaiveCache.connect(arguments[0])) {
            System.out.println("naive.json=" + Naive.attempt(LIMIT, () -> naive.read("cache:gzip", () -> "loaded")));
        }
        System.out.println("naive="
                + Naive.attempt(LIMIT, () -> {
                    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
                        return in.readAllBytes().length;
                    }
                }));
        System.exit(0); // whatever running out of memory left behind
    }

    /** The first reads are for the compiler; the time is a median, since others use the processors too. */
    private static void ours(String uri) {
        long slowest = 0;
        long most = 0;
        try (RedisCacheAdapter cache = Profile.builder(uri)
                .commandTimeout(Duration.ofSeconds(2))
                .codec(JsonCodec.create().compressed().maximumBytes(BombTest.LIMIT))
                .build()) {
            for (String name : BombTest.NAMES) {
                long[] nanos = new long[ROUNDS];
                for (int i = -ROUNDS; i < ROUNDS; i++) {
                    long allocated = allocated();
                    long start = System.nanoTime();
                    Order value = cache.get(name, Order.class);
                    if (i < 0) {
                        continue;
                    }
                    nanos[i] = System.nanoTime() - start;
                    most = Math.max(most, allocated() - allocated);
                    System.out.println(name + "=" + (value == null ? "miss" : "a value"));
                }
                slowest = Math.max(slowest, Arrays.stream(nanos).sorted().toArray()[ROUNDS / 2]);
            }
        }
        System.out.println("median.us=" + slowest / 1_000);
        System.out.println("most.allocated=" + most);
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .sum();
    }
}
