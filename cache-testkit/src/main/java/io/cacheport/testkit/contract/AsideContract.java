package io.cacheport.testkit.contract;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.aside.CacheLoader;
import io.cacheport.aside.CachePolicy;
import io.cacheport.aside.LoadInterruptedException;
import io.cacheport.aside.RecursiveLoadException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A1 to A8: cache-aside over this cache. */
public interface AsideContract extends Contract {

    @Test
    default void a1_missLoadsOnceAndStores() {
        AtomicInteger loads = new AtomicInteger();

        String first = withCache(cache(), "k", MINUTE, String.class, () -> "v" + loads.incrementAndGet());
        String second = withCache(cache(), "k", MINUTE, String.class, () -> "v" + loads.incrementAndGet());

        assertThat(first).isEqualTo("v1");
        assertThat(second).isEqualTo("v1");
        assertThat(cache().get("k", String.class)).isEqualTo("v1");
        assertThat(cache().ttl("k").orElseThrow()).isBetween(Duration.ofSeconds(50), MINUTE);
    }

    @Test
    default void a1_oneMissThenOneHit() {
        withCache(cache(), "k", MINUTE, String.class, () -> "v");
        withCache(cache(), "k", MINUTE, String.class, () -> "v");

        assertThat(cache().getStats().misses()).isEqualTo(1);
        assertThat(cache().getStats().hits()).isEqualTo(1);
        assertThat(cache().getStats().sets()).isEqualTo(1);
    }

    @Test
    default void a1_loadsAgainWhenItsTtlHasPassed() {
        withCache(cache(), "k", MINUTE, Integer.class, () -> 1);
        fixture().passTime(MINUTE);

        assertThat(withCache(cache(), "k", MINUTE, Integer.class, () -> 2)).isEqualTo(2);
    }

    @Test
    default void a1_loadsAgainAfterDel() {
        withCache(cache(), "k", MINUTE, Integer.class, () -> 1);
        cache().del("k");

        assertThat(withCache(cache(), "k", MINUTE, Integer.class, () -> 2)).isEqualTo(2);
    }

    @Test
    default void a1_generics() {
        List<Samples.Order> loaded = withCache(cache(), "k", MINUTE, new TypeRef<>() {}, () -> List.of(Samples.ORDER));
        List<Samples.Order> cached = withCache(cache(), "k", MINUTE, new TypeRef<>() {}, List::of);

        assertThat(loaded).containsExactly(Samples.ORDER);
        assertThat(cached).containsExactly(Samples.ORDER);
    }

    @Test
    default void a1_entryOfAnotherTypeIsLoadedAnewAndReplaced() {
        cache().set("k", "text", MINUTE);

        assertThat(withCache(cache(), "k", MINUTE, Integer.class, () -> 7)).isEqualTo(7);

        assertThat(cache().get("k", Integer.class)).isEqualTo(7);
    }

    @Test
    default void a2_callersOfOneMissShareALoad() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        CyclicBarrier start = new CyclicBarrier(16);

        List<String> values = SharingContract.together(16, thread -> {
            start.await();
            return withCache(cache(), "k", MINUTE, String.class, () -> {
                loads.incrementAndGet();
                return "v";
            });
        });

        assertThat(values).hasSize(16).containsOnly("v");
        assertThat(loads).hasValue(1);
        assertThat(cache().getStats().misses()).isEqualTo(1);
    }

    @Test
    default void a2_callersOfDifferentKeysDoNotWaitForEachOther() throws Exception {
        CyclicBarrier bothLoading = new CyclicBarrier(2);

        List<String> values = SharingContract.together(
                2,
                thread -> withCache(cache(), "k" + thread, MINUTE, String.class, () -> {
                    bothLoading.await();
                    return "v" + thread;
                }));

        assertThat(values).containsExactly("v0", "v1");
    }

    @Test
    default void a2_aLoaderMayLoadAnotherKey() {
        String value = withCache(
                cache(),
                "outer",
                MINUTE,
                String.class,
                () -> "outer of " + withCache(cache(), "inner", MINUTE, String.class, () -> "inner"));

        assertThat(value).isEqualTo("outer of inner");
        assertThat(cache().get("inner", String.class)).isEqualTo("inner");
    }

    @Test
    default void a3_theLoadersExceptionArrivesAsItIs() {
        IOException failure = new IOException("database down");
        AtomicInteger loads = new AtomicInteger();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> withCache(cache(), "k", MINUTE, String.class, () -> {
                    loads.incrementAndGet();
                    throw failure;
                }))
                .isSameAs(failure)
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).isEmpty());

        assertThat(loads).hasValue(1);
        assertThat(cache().exists("k")).isFalse();
        assertThat(withCache(cache(), "k", MINUTE, String.class, () -> "v")).isEqualTo("v");
    }

    @Test
    default void a3_anErrorToo() {
        StackOverflowError failure = new StackOverflowError();

        assertThatExceptionOfType(StackOverflowError.class)
                .isThrownBy(() -> withCache(cache(), "k", MINUTE, String.class, () -> {
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(withCache(cache(), "k", MINUTE, String.class, () -> "v")).isEqualTo("v");
    }

    @Test
    default void a3_thoseWhoSharedTheLoadGetTheException() throws Exception {
        IllegalStateException failure = new IllegalStateException("database down");
        AtomicInteger loads = new AtomicInteger();
        AtomicReference<@Nullable Thread> joiner = new AtomicReference<>();

        List<Throwable> thrown = SharingContract.together(2, thread -> {
            if (thread == 1) {
                joiner.set(Thread.currentThread());
                Awaitility.await().until(() -> loads.get() == 1);
            }
            try {
                withCache(cache(), "k", MINUTE, String.class, () -> {
                    loads.incrementAndGet();
                    Awaitility.await().until(() -> isWaiting(joiner.get()));
                    throw failure;
                });
                return new AssertionError("no exception");
            } catch (IllegalStateException expected) {
                return expected;
            }
        });

        assertThat(thrown).containsExactly(failure, failure);
        assertThat(loads).hasValue(1);
    }

    private static boolean isWaiting(@Nullable Thread thread) {
        return thread != null && thread.getState() == Thread.State.WAITING;
    }

    @Test
    @SuppressWarnings(
            "NullAway") // a loader of a nullable type may give null; the checker does not see the type argument
    default void a4_nullIsReturnedAndNotCached() {
        AtomicInteger loads = new AtomicInteger();
        CacheLoader<@Nullable String, RuntimeException> none = () -> {
            loads.incrementAndGet();
            return null;
        };

        assertThat(withCache(cache(), "k", MINUTE, nullableText(), none)).isNull();
        assertThat(withCache(cache(), "k", MINUTE, nullableText(), none)).isNull();

        assertThat(loads).hasValue(2);
        assertThat(cache().exists("k")).isFalse();
    }

    @Test
    @SuppressWarnings(
            "NullAway") // a loader of a nullable type may give null; the checker does not see the type argument
    default void a4_nullIsCachedForItsOwnTtlWhereAskedFor() {
        AtomicInteger loads = new AtomicInteger();
        CachePolicy policy = CachePolicy.ttl(Duration.ofHours(1)).negativeTtl(MINUTE);
        CacheLoader<@Nullable String, RuntimeException> none = () -> {
            loads.incrementAndGet();
            return null;
        };

        assertThat(withCache(cache(), "k", policy, nullableText(), none)).isNull();
        assertThat(withCache(cache(), "k", policy, nullableText(), none)).isNull();
        assertThat(loads).hasValue(1);

        fixture().passTime(MINUTE);
        assertThat(withCache(cache(), "k", policy, nullableText(), none)).isNull();
        assertThat(loads).hasValue(2);
    }

    @SuppressWarnings("unchecked") // null needs no type
    private static TypeRef<@Nullable String> nullableText() {
        return (TypeRef<@Nullable String>) (TypeRef<?>) TypeRef.of(String.class);
    }

    @Test
    default void a5_valueWithoutEncodingStillArrives() {
        Object value = new Object();

        assertThat(withCache(cache(), "k", MINUTE, Object.class, () -> value)).isSameAs(value);

        assertThat(cache().exists("k")).isEqualTo(!fixture().encodes());
    }

    @Test
    default void a5_valueTooLargeStillArrives() {
        String large = "x".repeat(Math.max(1, fixture().maximumValueBytes()));

        assertThat(withCache(cache(), "k", MINUTE, String.class, () -> large)).isEqualTo(large);
    }

    @Test
    default void a5_closedCacheStillLoads() {
        cache().close();

        assertThat(withCache(cache(), "k", MINUTE, String.class, () -> "v")).isEqualTo("v");
    }

    @Test
    default void a5_aCacheThatThrowsStillLoads() {
        CacheServicePort strict = cache().strict();
        cache().set("k", "text", MINUTE);

        assertThat(withCache(strict, "k", MINUTE, Integer.class, () -> 7)).isEqualTo(7);
        cache().close();
        assertThat(withCache(strict, "k", MINUTE, Integer.class, () -> 8)).isEqualTo(8);
    }

    @ParameterizedTest
    @MethodSource("io.cacheport.testkit.contract.ArgumentContract#badKeys")
    default void a6_badKeyBeforeAnythingIsCalled(String key, String said) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withCache(cache(), key, MINUTE, String.class, AsideContract::mustNotLoad))
                .withMessageContaining(said);
        assertThat(cache().getStats().totalRequests()).isZero();
    }

    @Test
    @SuppressWarnings("NullAway") // passing null where it is not allowed is the point
    default void a6_otherBadArguments() {
        CacheLoader<String, RuntimeException> loader = AsideContract::mustNotLoad;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withCache(cache(), "k", Duration.ZERO, String.class, loader))
                .withMessageContaining("PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withCache(cache(), "k", (Duration) null, String.class, loader))
                .withMessageContaining("ttl");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withCache(cache(), "k", MINUTE, (Class<String>) null, loader))
                .withMessageContaining("type");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withCache(cache(), "k", MINUTE, String.class, null))
                .withMessageContaining("loader");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withCache(null, "k", MINUTE, String.class, loader))
                .withMessageContaining("cache");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withCache(cache(), "k", (CachePolicy) null, TypeRef.of(String.class), loader))
                .withMessageContaining("policy");
        assertThat(cache().getStats().totalRequests()).isZero();
    }

    private static String mustNotLoad() {
        throw new AssertionError("the loader was called");
    }

    @Test
    default void a7_loaderThatAsksForItsOwnKeyFailsAtOnce() {
        assertThatExceptionOfType(RecursiveLoadException.class)
                .isThrownBy(() -> withCache(
                        cache(),
                        "k",
                        MINUTE,
                        String.class,
                        () -> withCache(cache(), "k", MINUTE, String.class, () -> "inner")))
                .withMessageContaining("\"k\"");

        assertThat(withCache(cache(), "k", MINUTE, String.class, () -> "v")).isEqualTo("v");
    }

    @Test
    default void a8_interruptedWaiterLeavesAndTheLoadGoesOn() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);

        List<String> outcomes = SharingContract.together(2, thread -> {
            if (thread == 0) {
                return withCache(cache(), "k", MINUTE, String.class, () -> {
                    loading.countDown();
                    release.await();
                    return "v";
                });
            }
            loading.await();
            Thread.currentThread().interrupt();
            try {
                return withCache(cache(), "k", MINUTE, String.class, AsideContract::mustNotLoad);
            } catch (LoadInterruptedException left) {
                return "left, flag " + Thread.interrupted();
            } finally {
                release.countDown();
            }
        });

        assertThat(outcomes).containsExactly("v", "left, flag true");
        assertThat(cache().get("k", String.class)).isEqualTo("v");
    }

    @Test
    default void a8_whenTheLoadingCallerIsInterruptedAnotherLoads() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        AtomicReference<@Nullable Thread> joiner = new AtomicReference<>();

        List<String> outcomes = SharingContract.together(2, thread -> {
            if (thread == 0) {
                try {
                    return withCache(cache(), "k", MINUTE, String.class, () -> {
                        loading.countDown();
                        Awaitility.await().until(() -> isWaiting(joiner.get()));
                        throw new InterruptedException();
                    });
                } catch (InterruptedException asItIs) {
                    return "interrupted";
                }
            }
            joiner.set(Thread.currentThread());
            loading.await();
            return withCache(cache(), "k", MINUTE, String.class, () -> "second");
        });

        assertThat(outcomes).containsExactly("interrupted", "second");
        assertThat(cache().get("k", String.class)).isEqualTo("second");
    }
}
