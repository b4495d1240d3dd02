package io.cacheport.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import io.cacheport.CacheServicePort;
import io.cacheport.CacheServices;
import io.cacheport.TypeRef;
import io.cacheport.spi.Codec;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the kit cannot know of: bounds, the coarse clock, the housekeeper, allocation. */
class InMemoryCacheAdapterTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Text as its bytes; enough to see sizes. */
    private static final class TextCodec implements Codec {
        @Override
        public byte[] encode(byte[] key, @Nullable Object value) {
            return String.valueOf(value).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public <T> T decode(byte[] key, byte[] bytes, TypeRef<T> type) {
            return type.rawType().asSubclass(Object.class) == String.class
                    ? cast(new String(bytes, StandardCharsets.UTF_8))
                    : cast(bytes);
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <T> T cast(Object value) {
            return (T) value;
        }
    }

    @Test
    void boundedByEntries() {
        try (InMemoryCacheAdapter cache = InMemoryCacheAdapter.create(100)) {
            for (int i = 0; i < 10_000; i++) {
                cache.set("k" + i, i, MINUTE);
            }

            assertThat(cache.getStats().keys()).isEqualTo(100);
        }
    }

    @Test
    void boundedByBytes() {
        try (InMemoryCacheAdapter cache = InMemoryCacheAdapter.builder()
                .copying(new TextCodec())
                .maximumBytes(100_000)
                .build()) {
            for (int i = 0; i < 1_000; i++) {
                cache.set("k" + i, "x".repeat(1_000), MINUTE);
            }

            // an entry weighs its key, its value and what holds them
            assertThat(cache.getStats().keys()).isBetween(60L, 100L);
        }
    }

    @Test
    void expiresInRealTime() {
        try (InMemoryCacheAdapter cache = InMemoryCacheAdapter.create()) {
            long stored = System.nanoTime();
            cache.set("k", "v", Duration.ofMillis(100));
            boolean there = cache.exists("k");
            boolean stillInTime = System.nanoTime() - stored < TimeUnit.MILLISECONDS.toNanos(100);
            assertThat(there || !stillInTime).isTrue();

            Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> !cache.exists("k"));

            assertThat(System.nanoTime() - stored).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    @Test
    void neverServesLongerThanItsTtlAlthoughTheClockIsCoarse() {
        try (InMemoryCacheAdapter cache = InMemoryCacheAdapter.create()) {
            for (int ttl = 1; ttl <= 40; ttl++) {
                cache.set("k", "v", Duration.ofMillis(ttl));
                long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ttl);
                while (true) {
                    long before = System.nanoTime();
                    if (!cache.exists("k")) {
                        break;
                    }
                    assertThat(before - deadline).isNegative();
                }
            }
        }
    }

    @Test
    void expiredEntriesLeaveWithoutTraffic() {
        try (InMemoryCacheAdapter cache = InMemoryCacheAdapter.create()) {
            WeakReference<Object> value = storeForMoments(cache);

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
                System.gc();
                return value.get() == null;
            });
        }
    }

    private static WeakReference<Object> storeForMoments(CacheServicePort cache) {
        Object value = new Object();
        cache.set("k", value, Duration.ofMillis(1));
        return new WeakReference<>(value);
    }

    @Test
    void theThreadEndsWithTheLastCacheClosed() {
        InMemoryCacheAdapter cache = InMemoryCacheAdapter.create();
        assertThat(housekeepers()).isEqualTo(1);
        InMemoryCacheAdapter another = InMemoryCacheAdapter.create();
        assertThat(housekeepers()).isEqualTo(1);

        cache.close();
        another.close();

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            System.gc(); // caches that other tests forgot
            return housekeepers() == 0;
        });
    }

    @Test
    @SuppressWarnings("MustBeClosedChecker")
    void aForgottenCacheIsCollected() {
        WeakReference<CacheServicePort> forgotten = new WeakReference<>(InMemoryCacheAdapter.create());

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            System.gc();
            return forgotten.get() == null;
        });
    }

    private static long housekeepers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("cacheport-inmemory"))
                .count();
    }

    @Test
    void aHitAllocatesNothing() {
        try (InMemoryCacheAdapter cache = InMemoryCacheAdapter.create()) {
            cache.set("k", "v", MINUTE);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            for (int i = 0; i < 50_000; i++) {
                cache.get("k", String.class);
            }

            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 50_000; i++) {
                cache.get("k", String.class);
            }
            long bytes = threads.getCurrentThreadAllocatedBytes() - before;

            // the compiler and the counters may allocate now and then, a hit must not
            assertThat(bytes / 50_000.0).isLessThan(1.0);
        }
    }

    @Test
    void foundByItsScheme() {
        try (CacheServicePort cache = CacheServices.connect("memory:")) {
            assertThat(cache).isInstanceOf(InMemoryCacheAdapter.class);
            assertThat(cache).hasToString("InMemoryCacheAdapter[at most 100000 entries, by reference]");
            assertThat(cache.strict())
                    .hasToString("InMemoryCacheAdapter[at most 100000 entries, by reference, strict]");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheServices.connect("memory:big"))
                .withMessageContaining("memory:big");
    }

    @Test
    void copyingWithoutACodecNamesTheArtifact() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> InMemoryCacheAdapter.builder().copying())
                .withMessageContaining("io.cacheport:cache-redis");
    }

    @Test
    void badSettings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InMemoryCacheAdapter.create(0))
                .withMessage("maximumEntries 0 is not positive");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InMemoryCacheAdapter.builder().maximumBytes(-1))
                .withMessage("maximumBytes -1 is not positive");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InMemoryCacheAdapter.builder()
                        .copying(new TextCodec())
                        .maximumEntries(5)
                        .maximumBytes(6)
                        .build())
                .withMessageContaining("5")
                .withMessageContaining("6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InMemoryCacheAdapter.builder().maximumBytes(6).build())
                .withMessageContaining("maximumBytes 6 needs copying()");
    }
}
