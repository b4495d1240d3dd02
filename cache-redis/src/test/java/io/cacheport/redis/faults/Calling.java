package io.cacheport.redis.faults;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheServicePort;
import java.time.Duration;
import java.util.Arrays;

/**
 * One caller after the other, each call timed from its own beginning. Where many threads of a {@link Load} are due at the
 * same moment, their latencies tell of the machine rather than of the cache.
 */
final class Calling {

    private static final Duration TTL = Duration.ofMinutes(10);

    private final long[] nanos;

    private Calling(long[] sorted) {
        this.nanos = sorted;
    }

    /** Reads as many different keys, each of which its loader has to answer. */
    static Calling of(CacheServicePort cache, int calls) {
        long[] nanos = new long[calls];
        for (int i = 0; i < calls; i++) {
            String key = LogWatch.KEY + ":calling:" + i;
            long start = System.nanoTime();
            String value = withCache(cache, key, TTL, String.class, () -> LogWatch.VALUE);
            nanos[i] = System.nanoTime() - start;
            assertThat(value).isEqualTo(LogWatch.VALUE);
        }
        Arrays.sort(nanos);
        return new Calling(nanos);
    }

    long p99() {
        return nanos[nanos.length * 99 / 100];
    }
}
