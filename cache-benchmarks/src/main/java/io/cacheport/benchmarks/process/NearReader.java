package io.cacheport.benchmarks.process;

import io.cacheport.TypeRef;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredCache;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The program of a {@link ReaderJvm} with CachePort, which can be asked whether a value is near. */
final class NearReader {

    private static final TypeRef<String> TYPE = TypeRef.of(String.class);
    private static final String MISSING = "nothing is near";

    private NearReader() {}

    /** Reads from the Redis of that URI. */
    public static void main(String... arguments) throws Exception {
        try (TieredCache cache = Tiered.near(InMemoryCacheAdapter.create()).far(connect(arguments[0]))) {
            Orders.follow((words, answers) -> {
                String key = words.get(0);
                String copy = copyOf(cache, key);
                answers.accept(copy == null ? Reading.ABSENT : Reading.NEAR);
                if (copy != null) {
                    answers.accept(String.valueOf(Reading.awaitAnother(any -> cache.get(any, TYPE), key, copy)));
                }
            });
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
}
