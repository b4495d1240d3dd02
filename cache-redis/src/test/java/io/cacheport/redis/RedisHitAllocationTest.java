package io.cacheport.redis;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.cacheport.TypeRef;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CacheLoader;
import io.cacheport.aside.KeyLoader;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredCache;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a hit allocates on the thread that asks, once it is compiled. Near it is nothing, as in memory. From Redis, of 300
 * characters, it is mostly what Lettuce and Jackson allocate, so there is a bound, which is less than 100 bytes above what
 * was measured.
 */
class RedisHitAllocationTest {

    private static final int REMOTE_HITS = 2_000;
    private static final int NEAR_HITS = 100_000;
    /** Of hits, for the compiler to come round to them on a busy machine; that many are never needed on an idle one. */
    private static final int ROUNDS = 100;
    /** Of the text {@code users:k}: a string of 24 bytes, and its characters with a header of 16 bytes. */
    private static final int KEY_BYTES = 24 + 16 + "users:k".length() + 1;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final TypeRef<String> TYPE = TypeRef.of(String.class);
    private static final CacheLoader<String, RuntimeException> NO_HIT = () -> {
        throw new AssertionError("no hit");
    };
    private static final KeyLoader<String, String, RuntimeException> NO_TYPED_HIT = key -> NO_HIT.load();
    private static final String VALUE = "v".repeat(300);
    private static final RedisServer SERVER = RedisServer.start();

    private final RedisCacheAdapter cache = RedisCacheAdapter.builder(SERVER.uri())
            .commandTimeout(Duration.ofSeconds(10))
            .build();
    private final Cache<String, String> users =
            Cache.named("users", String.class).ttl(MINUTE).over(cache);

    @BeforeEach
    void store() {
        cache.set("k", VALUE, MINUTE);
        users.put("k", VALUE);
    }

    @AfterEach
    void close() {
        cache.close();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void get() {
        assertAtMost(2_000, () -> cache.get("k", TYPE));
    }

    @Test
    void withCacheHit() {
        assertAtMost(2_400, () -> withCache(cache, "k", MINUTE, TYPE, NO_HIT));
    }

    /** The text of the key more. */
    @Test
    void cacheGet() {
        assertAtMost(2_460, () -> users.get("k", NO_TYPED_HIT));
        assertAtMost(2_060, () -> users.getIfPresent("k"));
    }

    private static void assertAtMost(long bytes, Supplier<@Nullable String> hit) {
        assertThat(bytesPerHit(REMOTE_HITS, bytes, hit)).isLessThanOrEqualTo(bytes);
    }

    @Test
    void near() {
        try (TieredCache near = Tiered.near(InMemoryCacheAdapter.create()).far(cache)) {
            Cache<String, String> nearUsers =
                    Cache.named("users", String.class).ttl(MINUTE).over(near);
            await().atMost(Duration.ofSeconds(10)).until(() -> isNear(near, "k") && isNear(near, "users:k"));

            assertThat(bytesPerHit(NEAR_HITS, 0, () -> near.get("k", TYPE))).isZero();
            assertThat(bytesPerHit(NEAR_HITS, 0, () -> withCache(near, "k", MINUTE, TYPE, NO_HIT)))
                    .isZero();
            assertThat(bytesPerHit(NEAR_HITS, KEY_BYTES, () -> nearUsers.get("k", NO_TYPED_HIT)))
                    .isLessThanOrEqualTo(KEY_BYTES);
        }
    }

    private static boolean isNear(TieredCache cache, String key) {
        return VALUE.equals(cache.get(key, TYPE)) && cache.getIfLocal(key, TYPE, null) != null;
    }

    /** Whole bytes, of the round that allocated least: the rounds before the compiler is done are its warm-up, as far as {@code enough}. */
    private static long bytesPerHit(int hits, long enough, Supplier<@Nullable String> hit) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least / hits > enough; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < hits; i++) {
                if (hit.get() == null) {
                    throw new AssertionError("no hit");
                }
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least / hits;
    }
}
