package io.cacheport.testkit.contract;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cacheport.aside.LoadInterruptedException;
import io.cacheport.aside.RecursiveLoadException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A2, A3, A7 and A8: loads that several callers share. */
public interface FlightContract extends Contract {

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
        assertThat(cache().getStats().misses()).isBetween(1L, 4L); // one, if the store answers as quickly as it should
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

    /** Whether the thread waits without an end of its own, as for another's load. */
    static boolean isWaiting(@Nullable Thread thread) {
        return thread != null && thread.getState() == Thread.State.WAITING;
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
                return withCache(cache(), "k", MINUTE, String.class, FlightContract::mustNotLoad);
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

    private static String mustNotLoad() {
        throw new AssertionError("the loader was called");
    }
}
