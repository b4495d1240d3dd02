package io.cacheport.inmemory;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.cacheport.TypeRef;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CacheLoader;
import io.cacheport.aside.CachePolicy;
import io.cacheport.aside.KeyLoader;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredCache;
import io.cacheport.warm.PopularKeys;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a hit allocates, once it is compiled: nothing, and through a {@link Cache} the text of its key. What a caller's lambda
 * captures is the caller's, so the loaders here capture nothing.
 */
class HitAllocationTest {

    private static final int HITS = 100_000;
    /** Of hits, for the compiler to come round to them on a busy machine; that many are never needed on an idle one. */
    private static final int ROUNDS = 500;
    /** Where the text is {@code name:key}: a string of 24 bytes, and its characters with a header of 16 bytes. */
    private static final int KEY_BYTES = 24 + 16 + "users:k".length() + 1;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final TypeRef<String> TYPE = TypeRef.of(String.class);
    private static final CachePolicy POLICY = CachePolicy.ttl(MINUTE);
    private static final CacheLoader<String, RuntimeException> NO_HIT = () -> {
        throw new AssertionError("no hit");
    };
    private static final KeyLoader<String, String, RuntimeException> NO_TYPED_HIT = key -> NO_HIT.load();

    private final InMemoryCacheAdapter cache = InMemoryCacheAdapter.create();
    private final Cache<String, String> users =
            Cache.named("users", String.class).policy(POLICY).over(cache);

    @BeforeEach
    void store() {
        cache.set("k", "v", MINUTE);
        users.put("k", "v");
    }

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void get() {
        assertThat(bytesPerHit(0, () -> cache.get("k", String.class))).isZero();
        assertThat(bytesPerHit(0, () -> cache.get("k", TYPE))).isZero();
    }

    @Test
    void near() {
        try (TieredCache near =
                Tiered.near(InMemoryCacheAdapter.create()).orShortTtl(MINUTE).far(cache)) {
            assertThat(near.get("k", String.class)).isEqualTo("v");
            assertThat(bytesPerHit(0, () -> near.get("k", String.class))).isZero();
            assertThat(bytesPerHit(0, () -> withCache(near, "k", MINUTE, String.class, NO_HIT)))
                    .isZero();
            assertThat(near.getStats().hits() - near.nearStats().hits()).isEqualTo(1);
        }
    }

    @Test
    void withCacheOfAClass() {
        assertThat(bytesPerHit(0, () -> withCache(cache, "k", MINUTE, String.class, NO_HIT)))
                .isZero();
    }

    @Test
    void withCacheOfAType() {
        assertThat(bytesPerHit(0, () -> withCache(cache, "k", MINUTE, TYPE, NO_HIT)))
                .isZero();
    }

    @Test
    void withCacheByAPolicy() {
        assertThat(bytesPerHit(0, () -> withCache(cache, "k", POLICY, TYPE, NO_HIT)))
                .isZero();
    }

    @Test
    void cacheGet() {
        assertThat(bytesPerHit(KEY_BYTES, () -> users.get("k", NO_TYPED_HIT))).isLessThanOrEqualTo(KEY_BYTES);
        assertThat(bytesPerHit(KEY_BYTES, () -> users.getIfPresent("k"))).isLessThanOrEqualTo(KEY_BYTES);
    }

    @Test
    void cacheGetThatLearns() {
        PopularKeys<String> popular = PopularKeys.builder(100).sampling(1).build();
        Cache<String, String> learning = users.learning(popular);

        assertThat(bytesPerHit(KEY_BYTES, () -> learning.get("k", NO_TYPED_HIT)))
                .isLessThanOrEqualTo(KEY_BYTES);
        assertThat(popular.keys()).containsExactly("k");
    }

    @Test
    void learning() {
        PopularKeys<String> popular = PopularKeys.builder(1).sampling(1).build();
        String[] keys = IntStream.range(0, 1_000).mapToObj(i -> "key " + i).toArray(String[]::new);
        int[] next = new int[1];

        assertThat(bytesPerHit(0, () -> {
                    String key = keys[next[0]++ % keys.length];
                    popular.accept(key);
                    return key;
                }))
                .isZero();
    }

    /**
     * Whole bytes, of the round that allocated least: the rounds before the compiler is done are its warm-up, and what it and
     * the counters allocate now and then is no part of each hit.
     *
     * @param enough ends the warm-up
     */
    private static long bytesPerHit(long enough, Supplier<@Nullable String> hit) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least / HITS > enough; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < HITS; i++) {
                if (hit.get() == null) {
                    throw new AssertionError("no hit");
                }
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least / HITS;
    }
}
