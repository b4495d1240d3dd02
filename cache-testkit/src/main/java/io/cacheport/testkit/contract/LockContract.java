package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.lock.HeldLock;
import io.cacheport.lock.HeldLock.Extension;
import io.cacheport.lock.HeldLock.Release;
import io.cacheport.lock.LockAllAttempt.AllAcquired;
import io.cacheport.lock.LockAnswer;
import io.cacheport.lock.LockAttempt;
import io.cacheport.lock.LockAttempt.Acquired;
import io.cacheport.lock.LockNotAcquiredException;
import io.cacheport.lock.LockOptions;
import io.cacheport.lock.LockResult;
import io.cacheport.lock.LockStore;
import io.cacheport.lock.LockingCache;
import io.cacheport.lock.Locks;
import io.cacheport.lock.NotAcquired;
import io.cacheport.lock.NotAcquired.Busy;
import io.cacheport.lock.NotAcquired.Interrupted;
import io.cacheport.lock.NotAcquired.Unavailable;
import io.cacheport.testkit.fault.FaultyCacheService;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * K1 to K15 of {@link io.cacheport.lock}: locks. For a cache that is a {@link LockingCache}; its test implements this beside
 * extending {@link io.cacheport.testkit.CacheServiceContract}.
 *
 * @since 0.1
 */
public interface LockContract extends Contract {

    /** Long enough to end only where a test lets time pass. */
    LockOptions LONG = LockOptions.lease(Duration.ofSeconds(30));

    /** How long a test waits for what has to come. */
    Duration SOON = Duration.ofSeconds(20);

    private LockStore store() {
        return Objects.requireNonNull(((LockingCache) cache()).lockStore());
    }

    private static String token(int number) {
        return String.format("%032x", number);
    }

    private static HeldLock got(LockAttempt attempt) {
        if (attempt instanceof Acquired acquired) {
            return acquired.lock();
        }
        throw new AssertionError("not acquired: " + attempt);
    }

    private static long fencing(LockAnswer answer) {
        if (answer instanceof LockAnswer.Granted granted) {
            return granted.fencing();
        }
        throw new AssertionError("not granted: " + answer);
    }

    private boolean isHeld(String name) {
        return store().take(name, token(99), Duration.ofSeconds(30)) instanceof LockAnswer.Taken;
    }

    @Test
    default void k1_aNameIsHeldByOneAtATime() {
        Locks locks = Locks.of(cache());
        HeldLock first = got(locks.tryLock("k1", LONG));

        LockAttempt again = Locks.of(cache()).tryLock("k1", LONG);
        assertThat(again).isInstanceOf(Busy.class);
        assertThat(((Busy) again).name()).isEqualTo("k1");
        assertThat(((Busy) again).remaining()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(30));
        assertThat(locks.tryLock("k1", LONG).isAcquired()).as("the same thread").isFalse();
        got(locks.tryLock("k1 too", LONG)).close();

        assertThat(first.release()).isEqualTo(Release.RELEASED);
        got(locks.tryLock("k1", LONG)).close();
        assertThat(locks.stats().acquired()).isEqualTo(3);
        assertThat(locks.stats().busy()).isEqualTo(1);
        assertThat(locks.stats().released()).isEqualTo(3);
        assertThat(locks.stats().active()).isZero();
    }

    @Test
    default void k1_k4_manyThreadsHaveItOneAfterTheOtherWithRisingNumbers() throws Exception {
        Locks locks = Locks.of(cache());
        AtomicInteger inside = new AtomicInteger();
        List<Long> numbers = Collections.synchronizedList(new ArrayList<>());
        LockOptions patient =
                LONG.waitAtMost(Duration.ofSeconds(30)).backoff(Duration.ofMillis(1), Duration.ofMillis(4));
        inThreads(8, () -> {
            for (int i = 0; i < 10; i++) {
                locks.withLock("k1 many", patient, lock -> {
                    assertThat(inside.incrementAndGet()).isEqualTo(1);
                    numbers.add(lock.fencing());
                    assertThat(lock.isHeld()).isTrue();
                    return inside.decrementAndGet();
                });
            }
        });

        assertThat(numbers).hasSize(80).isSorted().doesNotHaveDuplicates();
    }

    @Test
    default void k2_endsWhenItsLeaseIsOver() {
        long first = fencing(store().take("k2", token(1), Duration.ofSeconds(30)));
        fixture().passTime(Duration.ofSeconds(31));

        assertThat(store().renew("k2", token(1), Duration.ofSeconds(30))).isFalse();
        assertThat(store().release("k2", token(1))).isFalse();
        assertThat(fencing(store().take("k2", token(2), Duration.ofSeconds(30))))
                .isGreaterThan(first);
        assertThat(store().renew("k2", token(1), Duration.ofSeconds(30))).isFalse();
        assertThat(store().release("k2", token(1))).isFalse();
        assertThat(isHeld("k2")).isTrue();
    }

    @Test
    default void k2_isRenewedWhileItIsHeld() {
        Locks locks = Locks.of(cache());
        HeldLock lock = got(locks.tryLock("k2 renewed", LockOptions.lease(Duration.ofSeconds(4))));
        fixture().passTime(Duration.ofSeconds(2));
        Awaitility.await().atMost(SOON).until(() -> locks.stats().renewals() > 0);
        fixture().passTime(Duration.ofSeconds(3));

        assertThat(isHeld("k2 renewed")).isTrue();
        assertThat(lock.isHeld()).isTrue();
        assertThat(lock.release()).isEqualTo(Release.RELEASED);
    }

    @Test
    default void k2_aFixedLeaseIsNotRenewed() {
        Locks locks = Locks.of(cache());
        HeldLock lock = got(locks.tryLock(
                "k2 fixed", LockOptions.lease(Duration.ofMillis(300)).withoutRenewal()));
        Awaitility.await().atMost(SOON).until(() -> !lock.isHeld());

        assertThat(locks.stats().renewals()).isZero();
        assertThat(locks.stats().lost()).isEqualTo(1);
    }

    @Test
    default void k3_aReleaseEndsNoLockButItsOwn() {
        HeldLock lost = got(Locks.of(cache()).tryLock("k3", LONG));
        fixture().passTime(Duration.ofSeconds(31));
        HeldLock other = got(Locks.of(cache()).tryLock("k3", LONG));

        assertThat(lost.release()).isEqualTo(Release.LOST);
        assertThat(isHeld("k3")).isTrue();
        assertThat(other.release()).isEqualTo(Release.RELEASED);
        assertThat(other.release()).isEqualTo(Release.RELEASED_BEFORE);
        HeldLock third = got(Locks.of(cache()).tryLock("k3", LONG));
        assertThat(other.release()).isEqualTo(Release.RELEASED_BEFORE);
        other.close();
        assertThat(store().release("k3", token(98))).isFalse();
        assertThat(third.release()).isEqualTo(Release.RELEASED);
    }

    @Test
    default void k4_numbersRiseWhateverBecameOfTheGrantsAndOfTheStore() {
        List<Long> numbers = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            numbers.add(fencing(store().take("k4", token(i), Duration.ofSeconds(30))));
            store().release("k4", token(i));
        }
        numbers.add(fencing(store().take("k4", token(30), Duration.ofSeconds(30))));
        fixture().passTime(Duration.ofSeconds(31));
        numbers.add(fencing(store().take("k4", token(31), Duration.ofSeconds(30))));
        fixture().passTime(Duration.ofDays(2)); // nothing is left of it then
        numbers.add(fencing(store().take("k4", token(32), Duration.ofSeconds(30))));

        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    @Test
    default void k5_theTokenThatHasItGetsItAgain() {
        long number = fencing(store().take("k5", token(1), Duration.ofSeconds(30)));
        fixture().passTime(Duration.ofSeconds(20));
        assertThat(fencing(store().take("k5", token(1), Duration.ofSeconds(30))))
                .isEqualTo(number);
        fixture().passTime(Duration.ofSeconds(20));

        assertThat(isHeld("k5")).isTrue();
        assertThat(store().release("k5", token(1))).isTrue();
    }

    @Test
    default void k6_aRenewalNeverShortensAndNeverRevives() {
        fencing(store().take("k6", token(1), Duration.ofSeconds(30)));
        assertThat(store().renew("k6", token(1), Duration.ofSeconds(10))).isTrue();
        fixture().passTime(Duration.ofSeconds(20));
        assertThat(isHeld("k6")).isTrue();
        assertThat(store().renew("k6", token(2), Duration.ofSeconds(60))).isFalse();
        assertThat(store().renew("k6", token(1), Duration.ofSeconds(60))).isTrue();
        fixture().passTime(Duration.ofSeconds(50));
        assertThat(isHeld("k6")).isTrue();
        assertThat(store().release("k6", token(1))).isTrue();

        assertThat(store().renew("k6", token(1), Duration.ofSeconds(60))).isFalse();
        assertThat(store().take("k6", token(2), Duration.ofSeconds(30))).isInstanceOf(LockAnswer.Granted.class);
    }

    @Test
    default void k6_anExtensionSaysWhatItCameTo() {
        Locks locks = Locks.of(cache());
        HeldLock lock = got(locks.tryLock("k6 extended", LONG));
        assertThat(lock.extend(Duration.ofSeconds(90))).isEqualTo(Extension.EXTENDED);
        fixture().passTime(Duration.ofSeconds(60));
        assertThat(isHeld("k6 extended")).isTrue();
        fixture().passTime(Duration.ofSeconds(60));
        assertThat(lock.extend(Duration.ofSeconds(90))).isEqualTo(Extension.LOST);
        assertThat(lock.isHeld()).isFalse();
        assertThat(lock.extend(Duration.ofSeconds(90))).isEqualTo(Extension.LOST);

        HeldLock next = got(locks.tryLock("k6 extended", LONG));
        next.close();
        assertThat(next.extend(Duration.ofSeconds(90))).isEqualTo(Extension.RELEASED);
        assertThat(isHeld("k6 extended")).isFalse();
    }

    @Test
    default void k7_neitherFlushNorClearReachesLocks() {
        HeldLock lock = got(Locks.of(cache()).tryLock("k7", LONG));
        cache().set("k7", "a value of the same name", MINUTE);
        assertThat(cache().flush("*")).isEqualTo(1);
        cache().clear();

        assertThat(isHeld("k7")).isTrue();
        assertThat(lock.release()).isEqualTo(Release.RELEASED);
    }

    @Test
    default void k8_whoWaitsGetsItWhenItBecomesFree() throws Exception {
        HeldLock lock = got(Locks.of(cache()).tryLock("k8", LONG));
        Locks waiting = Locks.of(cache());
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<LockAttempt> attempt = thread.submit(() -> waiting.tryLock("k8", LONG.waitAtMost(SOON)));
            Awaitility.await().during(Duration.ofMillis(100)).atMost(SOON).until(() -> !attempt.isDone());
            lock.close();
            got(attempt.get(SOON.toSeconds(), TimeUnit.SECONDS)).close();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    default void k8_atTheLimitItIsBusy() {
        HeldLock lock = got(Locks.of(cache()).tryLock("k8 busy", LONG));
        long start = System.nanoTime();
        LockAttempt attempt = Locks.of(cache()).tryLock("k8 busy", LONG.waitAtMost(Duration.ofMillis(150)));

        assertThat(attempt).isInstanceOf(Busy.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(150), SOON);
        lock.close();
    }

    @Test
    default void k9_allOrNone() {
        Locks locks = Locks.of(cache());
        HeldLock other = got(locks.tryLock("k9 b", LONG));

        assertThat(locks.tryLockAll(List.of("k9 c", "k9 b", "k9 a"), LONG))
                .isInstanceOfSatisfying(
                        Busy.class, busy -> assertThat(busy.name()).isEqualTo("k9 b"));
        assertThat(locks.stats().active()).isEqualTo(1);
        other.close();

        if (locks.tryLockAll(List.of("k9 c", "k9 b", "k9 a", "k9 c"), LONG) instanceof AllAcquired all) {
            assertThat(all.locks().all()).extracting(HeldLock::name).containsExactly("k9 a", "k9 b", "k9 c");
            assertThat(all.locks().areHeld()).isTrue();
            assertThat(isHeld("k9 b")).isTrue();
            assertThat(all.locks().release()).hasSize(3).containsValue(Release.RELEASED);
        }
        assertThat(locks.stats().active()).isZero();
        assertThat(locks.stats().acquired()).isEqualTo(5);
        assertThat(isHeld("k9 a") || isHeld("k9 b") || isHeld("k9 c")).isFalse();
    }

    @Test
    default void k9_whoeverNamesThemInWhateverOrderWaitsForNobodyWhoWaitsForHim() throws Exception {
        Locks locks = Locks.of(cache());
        LockOptions patient = LONG.waitAtMost(SOON).backoff(Duration.ofMillis(1), Duration.ofMillis(4));
        AtomicInteger turns = new AtomicInteger();
        inThreads(4, () -> {
            List<String> names = new ArrayList<>(List.of("k9 x", "k9 y", "k9 z"));
            for (int i = 0; i < 10; i++) {
                Collections.shuffle(names);
                if (locks.tryLockAll(names, patient) instanceof AllAcquired all) {
                    turns.incrementAndGet();
                    all.locks().close();
                }
            }
        });

        assertThat(turns).hasValue(40);
    }

    @Test
    default void k10_theActionHasTheLockAndItIsLetGoWhateverComesOfIt() throws Exception {
        Locks locks = Locks.of(cache());
        assertThat(locks.<String, RuntimeException>withLock("k10", LONG, lock -> {
                    assertThat(isHeld("k10")).isTrue();
                    return "value";
                }))
                .isEqualTo("value");
        IOException failure = new IOException("its own");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> locks.withLock("k10", LONG, lock -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(locks.stats().active()).isZero();
        assertThat(locks.tryWithLock("k10", LONG, lock -> 1)).isEqualTo(new LockResult.Done<>(1));

        HeldLock other = got(locks.tryLock("k10", LONG));
        AtomicInteger runs = new AtomicInteger();
        assertThatExceptionOfType(LockNotAcquiredException.class)
                .isThrownBy(() -> locks.withLock("k10", LONG, lock -> runs.incrementAndGet()))
                .satisfies(thrown -> assertThat(thrown.why()).isInstanceOf(Busy.class));
        assertThat(locks.tryWithLock("k10", LONG, lock -> runs.incrementAndGet()))
                .isInstanceOf(LockResult.NotDone.class);
        assertThat(runs).hasValue(0);
        other.close();
    }

    @Test
    default void k11_whoLosesItIsToldOnce() {
        Locks locks = Locks.of(cache());
        AtomicInteger told = new AtomicInteger();
        AtomicReference<Thread> by = new AtomicReference<>();
        HeldLock lock = got(locks.tryLock("k11", LockOptions.lease(Duration.ofSeconds(1))));
        lock.onLost(() -> {
            by.set(Thread.currentThread());
            told.incrementAndGet();
        });
        assertThat(lock.isHeld()).isTrue();
        fixture().passTime(Duration.ofSeconds(2));
        Awaitility.await().atMost(SOON).until(() -> told.get() > 0);

        assertThat(lock.isHeld()).isFalse();
        assertThat(by.get()).isNotSameAs(Thread.currentThread());
        assertThat(lock.release()).isEqualTo(Release.LOST);
        assertThat(locks.stats().lost()).isEqualTo(1);
        assertThat(locks.stats().active()).isZero();
        lock.onLost(told::incrementAndGet);
        Awaitility.await().atMost(SOON).until(() -> told.get() == 2);
        Awaitility.await().during(Duration.ofMillis(200)).atMost(SOON).until(() -> told.get() == 2);
    }

    @Test
    default void k12_whatWasLetGoIsRenewedNoMore() {
        Locks locks = Locks.of(cache());
        HeldLock lock = got(locks.tryLock("k12", LockOptions.lease(Duration.ofMillis(300))));
        AtomicInteger told = new AtomicInteger();
        lock.onLost(told::incrementAndGet);
        Awaitility.await().atMost(SOON).until(() -> locks.stats().renewals() > 0);
        lock.close();
        long renewals = locks.stats().renewals();
        long number = fencing(store().take("k12", token(1), Duration.ofSeconds(30)));

        Awaitility.await()
                .during(Duration.ofMillis(400))
                .atMost(SOON)
                .until(() -> locks.stats().renewals() <= renewals + 1 && told.get() == 0);
        assertThat(locks.stats().active()).isZero();
        assertThat(fencing(store().take("k12", token(1), Duration.ofSeconds(30))))
                .isEqualTo(number);
    }

    @Test
    default void k13_aStoreThatCannotBeAskedIsNotABusyLock() {
        FaultyCacheService faulty = FaultyCacheService.over(cache());
        Locks locks = Locks.of(faulty);
        HeldLock before = got(locks.tryLock("k13", LONG));
        faulty.down();

        assertThat(locks.tryLock("k13 too", LONG)).isInstanceOf(Unavailable.class);
        long start = System.nanoTime();
        assertThat(locks.tryLockAll(List.of("k13 too"), LONG.waitAtMost(Duration.ofMillis(100))))
                .isInstanceOf(Unavailable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(100), SOON);
        assertThat(locks.stats().unavailable()).isEqualTo(2);
        assertThat(before.extend(Duration.ofSeconds(30))).isEqualTo(Extension.UNKNOWN);
        assertThat(before.isHeld()).isTrue();
        assertThat(before.release()).isEqualTo(Release.UNKNOWN);
        assertThat(before.release()).isEqualTo(Release.RELEASED_BEFORE);

        faulty.up();
        got(locks.tryLock("k13", LONG.waitAtMost(SOON))).close();
    }

    @Test
    default void k13_untilTheLimitItMayComeBack() throws Exception {
        FaultyCacheService faulty = FaultyCacheService.over(cache());
        faulty.down();
        Locks locks = Locks.of(faulty);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<LockAttempt> attempt = thread.submit(() -> locks.tryLock("k13 back", LONG.waitAtMost(SOON)));
            Awaitility.await().atMost(SOON).until(() -> faulty.getStats().errors() > 2);
            faulty.up();
            got(attempt.get(SOON.toSeconds(), TimeUnit.SECONDS)).close();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    default void k13_aClosedCacheHasNoLocks() {
        HeldLock lock = got(Locks.of(cache()).tryLock("k13 closed", LONG));
        Locks locks = Locks.of(cache());
        cache().close();

        assertThat(locks.tryLock("k13 closed", LONG.waitAtMost(SOON))).isInstanceOf(Unavailable.class);
        assertThat(lock.release()).isEqualTo(Release.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a{b", "a}b", "a\nb", "a\u0000b", "\uD800"})
    default void k14_namesKeepTheRule(String name) {
        Locks locks = Locks.of(cache());
        assertThatIllegalArgumentException().isThrownBy(() -> locks.tryLock(name, LONG));
        assertThatIllegalArgumentException().isThrownBy(() -> locks.tryLockAll(List.of("fine", name), LONG));
        assertThatIllegalArgumentException().isThrownBy(() -> locks.withLock(name, LONG, lock -> 1));
        assertThat(locks.stats().acquired()).isZero();
    }

    @Test
    default void k14_argumentsKeepTheirRules() {
        Locks locks = Locks.of(cache());
        String longest = "é".repeat(128);
        got(locks.tryLock(longest, LONG)).close();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> locks.tryLock(longest + "x", LONG))
                .withMessageContaining("257")
                .withMessageContaining("256");
        assertThatIllegalArgumentException().isThrownBy(() -> locks.tryLockAll(List.of(), LONG));
        assertThatIllegalArgumentException().isThrownBy(() -> LockOptions.lease(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> LockOptions.lease(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> LockOptions.lease(Duration.ofDays(2)));
        assertThatIllegalArgumentException().isThrownBy(() -> LONG.waitAtMost(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> LONG.holdAtMost(Duration.ofSeconds(29)));
        assertThatIllegalArgumentException().isThrownBy(() -> LONG.backoff(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LONG.backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        HeldLock lock = got(locks.tryLock("k14", LONG));
        assertThatIllegalArgumentException().isThrownBy(() -> lock.extend(Duration.ZERO));
        lock.close();
    }

    @Test
    default void k15_anInterruptEndsTheWaitingAndKeepsNobodyFromLettingGo() throws Exception {
        Locks locks = Locks.of(cache());
        HeldLock lock = got(locks.tryLock("k15", LONG));
        AtomicReference<NotAcquired> why = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>(false);
        Thread waiting = new Thread(() -> {
            if (locks.tryLock("k15", LONG.waitAtMost(Duration.ofMinutes(5))) instanceof NotAcquired not) {
                why.set(not);
            }
            flag.set(Thread.currentThread().isInterrupted());
        });
        waiting.start();
        waiting.interrupt();
        waiting.join(SOON.toMillis());

        assertThat(why.get()).isInstanceOf(Interrupted.class);
        assertThat(flag.get()).isTrue();
        Thread.currentThread().interrupt();
        try {
            assertThat(lock.release()).isEqualTo(Release.RELEASED);
            assertThat(locks.tryLock("k15", LONG)).isInstanceOf(Interrupted.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(isHeld("k15")).isFalse();
        assertThat(locks.stats().interrupted()).isEqualTo(2);
    }

    /** What a thread of a test does. */
    interface Work {
        /** Does it. */
        void run() throws Exception;
    }

    private static void inThreads(int count, Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(threads.submit(() -> {
                    work.run();
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(2 * SOON.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
