package io.cacheport.testkit.contract;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.aside.LoadInterruptedException;
import io.cacheport.aside.LoadRejectedException;
import io.cacheport.spi.LoadLimit;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A10: loads while the cache is degraded. */
public interface LoadLimitContract extends Contract {

    /** Long enough that nobody is rejected, short enough that a caller who waits in vain fails its test. */
    Duration PATIENT = Duration.ofSeconds(20);

    @Test
    default void a10_noMoreLoadsAtOnceThanTheLimitAndTheRestInTurn() throws Exception {
        LoadLimit limit = LoadLimit.of(4, PATIENT);
        CacheServicePort ill = fixture().degraded(limit);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger loads = new AtomicInteger();

        List<String> values = SharingContract.together(
                200,
                thread -> withCache(ill, "k" + thread, MINUTE, String.class, () -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    if (loads.incrementAndGet() <= 4) {
                        Awaitility.await().until(() -> limit.waiting() == 196 || loads.get() > 4);
                    }
                    running.decrementAndGet();
                    return "v";
                }));

        assertThat(values).hasSize(200).containsOnly("v");
        assertThat(most).hasValue(4);
        assertThat(limit.running()).isZero();
        assertThat(limit.rejected()).isZero();
    }

    @Test
    default void a10_theRestIsRejectedWhenItsTurnDoesNotCome() throws Exception {
        LoadLimit limit = LoadLimit.of(4, Duration.ofMillis(50));
        CacheServicePort ill = fixture().degraded(limit);
        AtomicInteger loads = new AtomicInteger();

        List<String> outcomes = SharingContract.together(200, thread -> {
            try {
                return withCache(ill, "k" + thread, MINUTE, String.class, () -> {
                    loads.incrementAndGet();
                    Awaitility.await().until(() -> limit.rejected() == 196);
                    return "v";
                });
            } catch (LoadRejectedException rejected) {
                return rejected.limit() + " at once, waited " + rejected.waited();
            }
        });

        assertThat(outcomes).containsOnly("v", "4 at once, waited PT0.05S");
        assertThat(Collections.frequency(outcomes, "v")).isEqualTo(4);
        assertThat(loads).hasValue(4);
        assertThat(limit.running()).isZero();
    }

    @Test
    default void a10_thereIsNoLimitWhileTheCacheAnswers() throws Exception {
        int moreThanAnyDefault = 80;
        CyclicBarrier allLoading = new CyclicBarrier(moreThanAnyDefault);

        List<String> values = SharingContract.together(
                moreThanAnyDefault,
                thread -> withCache(cache(), "k" + thread, MINUTE, String.class, () -> {
                    allLoading.await();
                    return "v";
                }));

        assertThat(values).hasSize(moreThanAnyDefault).containsOnly("v");
    }

    @Test
    default void a10_aLoadThatFailsGivesItsPlaceBack() {
        LoadLimit limit = LoadLimit.of(1, Duration.ZERO);
        CacheServicePort ill = fixture().degraded(limit);

        for (Throwable failure : List.of(new IOException(), new IllegalStateException(), new StackOverflowError())) {
            assertThatExceptionOfType(Throwable.class)
                    .isThrownBy(() -> withCache(ill, "k", MINUTE, String.class, () -> {
                        if (failure instanceof Error error) {
                            throw error;
                        }
                        throw (Exception) failure;
                    }))
                    .isSameAs(failure);
            assertThat(limit.running()).isZero();
        }
        assertThat(withCache(ill, "k", MINUTE, String.class, () -> "v")).isEqualTo("v");
    }

    @Test
    default void a10_aLoadInsideALoadNeedsNoTurnOfItsOwn() {
        LoadLimit limit = LoadLimit.of(1, Duration.ZERO);
        CacheServicePort ill = fixture().degraded(limit);

        String value = withCache(ill, "outer", MINUTE, String.class, () -> {
            String inner = withCache(ill, "inner", MINUTE, String.class, () -> "inner");
            return inner + ", then " + limit.running() + " of outer";
        });

        assertThat(value).isEqualTo("inner, then 1 of outer");
        assertThat(limit.running()).isZero();
    }

    @Test
    default void a10_aLoadInsideALoadDoesNotWaitForACallerThatWaitsForItsPlace() throws Exception {
        LoadLimit limit = LoadLimit.of(1, PATIENT);
        CacheServicePort ill = fixture().degraded(limit);

        List<String> values = SharingContract.together(2, thread -> {
            if (thread == 1) {
                Awaitility.await().until(() -> limit.running() == 1);
                return withCache(ill, "inner", MINUTE, String.class, () -> "inner, loaded in turn");
            }
            return withCache(ill, "outer", MINUTE, String.class, () -> {
                Awaitility.await().until(() -> limit.waiting() == 1);
                return "outer of " + withCache(ill, "inner", MINUTE, String.class, () -> "inner");
            });
        });

        assertThat(values).containsExactly("outer of inner", "inner, loaded in turn");
        assertThat(limit.running()).isZero();
    }

    @Test
    default void a10_loadsInsideLoadsShareOneThatDoesNotWait() throws Exception {
        LoadLimit limit = LoadLimit.of(2, PATIENT);
        AtomicReference<@Nullable Thread> first = new AtomicReference<>();
        AtomicReference<@Nullable Thread> second = new AtomicReference<>();
        CountDownLatch looking = new CountDownLatch(1);
        CacheServicePort ill = new LookingUp(fixture().degraded(limit), () -> {
            if (Thread.currentThread() == first.get()) {
                looking.countDown();
                Awaitility.await().until(() -> isWaitingForSoLong(second.get()));
            }
        });
        AtomicInteger loads = new AtomicInteger();

        List<String> values = SharingContract.together(3, thread -> {
            if (thread == 2) {
                Awaitility.await().until(() -> limit.running() == 2);
                return withCache(ill, "inner", MINUTE, String.class, () -> "loaded in turn");
            }
            return withCache(ill, "outer" + thread, MINUTE, String.class, () -> {
                Awaitility.await().until(() -> limit.waiting() == 1 || loads.get() > 0);
                if (thread == 0) {
                    first.set(Thread.currentThread());
                } else {
                    looking.await();
                    second.set(Thread.currentThread());
                }
                return withCache(ill, "inner", MINUTE, String.class, () -> "load " + loads.incrementAndGet());
            });
        });

        assertThat(values).containsExactly("load 1", "load 1", "loaded in turn");
    }

    @Test
    default void a10_interruptedWhileItWaitsACallerLeavesWithItsFlagSet() throws Exception {
        LoadLimit limit = LoadLimit.of(1, PATIENT);
        CacheServicePort ill = fixture().degraded(limit);
        AtomicReference<@Nullable Thread> waiter = new AtomicReference<>();

        List<String> outcomes = SharingContract.together(2, thread -> {
            if (thread == 0) {
                return withCache(ill, "k0", MINUTE, String.class, () -> {
                    Awaitility.await().until(() -> limit.waiting() == 1);
                    interrupt(waiter.get());
                    Awaitility.await().until(() -> limit.waiting() == 0);
                    return "v";
                });
            }
            waiter.set(Thread.currentThread());
            Awaitility.await().until(() -> limit.running() == 1);
            try {
                return withCache(ill, "k1", MINUTE, String.class, LoadLimitContract::mustNotLoad);
            } catch (LoadInterruptedException left) {
                return "left, flag " + Thread.interrupted();
            }
        });

        assertThat(outcomes).containsExactly("v", "left, flag true");
        assertThat(limit.running()).isZero();
        assertThat(limit.rejected()).isZero();
    }

    @Test
    default void a10_thoseWhoSharedARejectedLoadGetTheSameException() throws Exception {
        LoadLimit limit = LoadLimit.of(1, Duration.ZERO);
        CacheServicePort ill = fixture().degraded(limit);
        AtomicReference<@Nullable Thread> leader = new AtomicReference<>();
        AtomicReference<@Nullable Thread> joiner = new AtomicReference<>();
        CacheServicePort looksUpWhileAnotherJoins = new LookingUp(ill, () -> {
            leader.set(Thread.currentThread());
            Awaitility.await().until(() -> isWaiting(joiner.get()));
        });

        List<LoadRejectedException> rejected = withCache(
                ill,
                "other",
                MINUTE,
                new TypeRef<List<LoadRejectedException>>() {},
                () -> SharingContract.together(2, thread -> {
                    if (thread == 1) {
                        Awaitility.await().until(() -> leader.get() != null);
                        joiner.set(Thread.currentThread());
                    }
                    try {
                        withCache(looksUpWhileAnotherJoins, "k", MINUTE, String.class, LoadLimitContract::mustNotLoad);
                        throw new AssertionError("it was loaded");
                    } catch (LoadRejectedException expected) {
                        return expected;
                    }
                }));

        assertThat(rejected.get(0)).isSameAs(rejected.get(1));
        assertThat(rejected.get(0))
                .hasMessage("the cache is degraded: 1 loads run, the limit is 1, waited 0 ms")
                .returns(1, LoadRejectedException::running);
        assertThat(limit.rejected()).isEqualTo(1);
    }

    @Test
    default void a5_aCacheThatCannotSayItsLimitStillLoads() {
        CacheServicePort broken = new LookingUp(cache(), () -> {}) {
            @Override
            public LoadLimit loadLimit(String key) {
                throw new IllegalStateException("broken");
            }
        };

        assertThat(withCache(broken, "k", MINUTE, String.class, () -> "v")).isEqualTo("v");
    }

    private static String mustNotLoad() {
        throw new AssertionError("the loader was called");
    }

    private static boolean isWaiting(@Nullable Thread thread) {
        return thread != null && thread.getState() == Thread.State.WAITING;
    }

    /** A caller inside a load waits for another's load, but not without end. */
    private static boolean isWaitingForSoLong(@Nullable Thread thread) {
        return thread != null && thread.getState() == Thread.State.TIMED_WAITING;
    }

    private static void interrupt(@Nullable Thread thread) {
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Test
    default void a11_nothingIsStoredAfterALookupThatFailed() {
        CacheServicePort ill = fixture().degraded(LoadLimit.ofDefaults());
        long before = ill.getStats().errors();

        assertThat(withCache(ill, "k", MINUTE, String.class, () -> "v")).isEqualTo("v");

        assertThat(ill.getStats().errors()).as("the lookup alone").isEqualTo(before + 1);
        assertThat(cache().exists("k")).isFalse();
    }

    @Test
    default void a11_whatCannotBeReadIsOverwritten() {
        cache().set("k", List.of("a", "list"), MINUTE);

        Integer loaded = withCache(cache(), "k", MINUTE, Integer.class, () -> 7);

        assertThat(loaded).isEqualTo(7);
        assertThat(cache().get("k", Integer.class)).isEqualTo(7);
    }
}
