package io.cacheport.benchmarks;

import io.cacheport.TypeRef;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredCache;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The program of {@link NearReaderJvm}: for each key that is named on its input, reads it until it is near, says so, and
 * reads on until the answer is another, of which it prints the time.
 */
final class NearReader {

    static final String READY = "ready";
    static final String NEAR = "near";
    static final String ABSENT = "absent";

    /** Longer than whoever asked waits: a process that nobody listens to any more is not to go on reading. */
    private static final Duration LONGEST_READING = NearReaderJvm.PATIENCE.multipliedBy(2);

    private static final TypeRef<String> TYPE = TypeRef.of(String.class);
    private static final String MISSING = "nothing is near";

    private NearReader() {}

    /** Reads from the Redis of that URI. */
    public static void main(String... arguments) throws Exception {
        try (TieredCache cache = Tiered.near(InMemoryCacheAdapter.create()).far(connect(arguments[0]));
                BufferedReader keys = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(READY);
            for (String key = keys.readLine(); key != null; key = keys.readLine()) {
                String copy = copyOf(cache, key);
                System.out.println(copy == null ? ABSENT : NEAR);
                if (copy != null) {
                    System.out.println(awaitAnother(cache, key, copy));
                }
            }
        }
    }

    /** As both processes do. A command that failed would be taken for a change, or for one that was not made. */
    static RedisCacheAdapter connect(String uri) {
        return RedisCacheAdapter.builder(uri)
                .commandTimeout(Duration.ofSeconds(3))
                .connectTimeout(Duration.ofSeconds(10))
                .requireAtStartup()
                .build();
    }

    /** What is near, after reading it until it is; null if there is nothing to be read. */
    private static @Nullable String copyOf(TieredCache cache, String key) {
        while (cache.get(key, TYPE) != null) {
            String copy = cache.getIfLocal(key, TYPE, MISSING);
            if (!MISSING.equals(copy)) {
                return copy;
            }
        }
        return null;
    }

    /** When it was read, on the clock of {@link System#nanoTime}. */
    private static long awaitAnother(TieredCache cache, String key, String copy) {
        long until = System.nanoTime() + LONGEST_READING.toNanos();
        while (copy.equals(cache.get(key, TYPE))) {
            if (System.nanoTime() - until > 0) {
                throw new IllegalStateException("nobody waits any more for another answer than " + copy);
            }
            Thread.onSpinWait();
        }
        return System.nanoTime();
    }
}
