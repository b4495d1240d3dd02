package io.cacheport.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.CacheServicePort;
import io.cacheport.ErrorCause;
import io.cacheport.lock.HeldLock.Extension;
import io.cacheport.lock.HeldLock.Release;
import io.cacheport.lock.LockAttempt.Acquired;
import io.cacheport.lock.NotAcquired.Busy;
import io.cacheport.lock.NotAcquired.Unavailable;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waiting, renewal and loss by a clock that the test moves. */
class LocksTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final LockOptions TEN = LockOptions.lease(Duration.ofSeconds(10));

    private final ManualTime time = new ManualTime();
    private final StubLockStore store = new StubLockStore(time);
    private final Locks locks = new Locks("stub", store, time);
    private final List<String> told = new ArrayList<>();

    private HeldLock take(LockOptions options) {
        LockAttempt attempt = locks.tryLock("a", options);
        assertThat(attempt).isInstanceOf(Acquired.class);
        HeldLock lock = ((Acquired) attempt).lock();
        lock.onLost(() -> told.add("lost"));
        store.asked.clear();
        return lock;
    }

    @Test
    void renewsThreeTimesInEachLeaseUntilLetGoAndNeverAfter() {
        HeldLock lock = take(TEN);
        time.pass(60 * SECOND);

        assertThat(store.asked).hasSize(20).containsOnly("renew a");
        assertThat(lock.isHeld()).isTrue();
        assertThat(lock.release()).isEqualTo(Release.RELEASED);
        store.asked.clear();
        time.pass(600 * SECOND);
        assertThat(store.asked).isEmpty();
        assertThat(time.waiting()).isZero();
        assertThat(told).isEmpty();
    }

    @Test
    void aFixedLeaseEndsWhenItIsOver() {
        HeldLock lock = take(TEN.withoutRenewal());
        time.pass(10 * SECOND - 1);
        assertThat(lock.isHeld()).isTrue();
        assertThat(told).isEmpty();
        time.pass(1);

        assertThat(told).containsExactly("lost");
        assertThat(lock.isHeld()).isFalse();
        assertThat(lock.release()).isEqualTo(Release.LOST);
        assertThat(time.waiting()).isZero();
    }

    @Test
    void theLeaseCountsFromBeforeTheRequestWasSent() {
        store.after = () -> time.pass(4 * SECOND);
        HeldLock lock = take(TEN.withoutRenewal());
        time.pass(6 * SECOND - 1);
        assertThat(lock.isHeld()).isTrue();
        time.pass(1);
        assertThat(lock.isHeld()).isFalse();
    }

    @Test
    void anAnswerAfterTheLeaseIsNoLock() {
        store.after = () -> time.pass(11 * SECOND);
        assertThat(locks.tryLock("a", TEN)).isEqualTo(new Unavailable("a", ErrorCause.TIMEOUT));
        assertThat(store.asked).containsExactly("take a", "release a");
    }

    @Test
    void afterAPauseOfTheProcessItIsNotHeldBeforeAnythingElseHasRun() {
        HeldLock lock = take(TEN);
        time.standStill(10 * SECOND);

        assertThat(lock.isHeld()).isFalse();
        assertThat(told).containsExactly("lost");
        time.pass(60 * SECOND);
        assertThat(store.asked).doesNotContain("renew a");
        assertThat(told).containsExactly("lost");
        assertThat(locks.stats()).isEqualTo(new LockStats(0, 1, 0, 0, 0, 0, 1, 0));
    }

    @Test
    void aRenewalThatFailsIsTriedAgainSooner() {
        HeldLock lock = take(TEN);
        store.ill = ErrorCause.TIMEOUT;
        time.pass(8 * SECOND);
        assertThat(store.asked).hasSize(6); // at 3 s, and after each second
        store.ill = null;
        time.pass(SECOND);
        assertThat(lock.isHeld()).isTrue();

        store.ill = ErrorCause.TIMEOUT;
        time.pass(10 * SECOND - 1);
        assertThat(lock.isHeld()).isTrue();
        time.pass(1);
        assertThat(lock.isHeld()).isFalse();
        assertThat(told).containsExactly("lost");
    }

    @Test
    void aLossInTheStoreIsHeardOfWithinAThird() {
        HeldLock lock = take(TEN);
        store.forget("a");
        time.pass(10 * SECOND / 3);

        assertThat(told).containsExactly("lost");
        assertThat(lock.isHeld()).isFalse();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void aRenewalUnderWayAtTheReleaseNeitherExtendsNorRevives() {
        HeldLock lock = take(TEN);
        store.before = lock::close;
        time.pass(3 * SECOND);
        assertThat(store.asked).containsExactly("renew a", "release a");
        assertThat(store.isHeld("a")).isFalse();

        HeldLock next = take(TEN);
        store.after = next::close;
        time.pass(3 * SECOND);
        assertThat(store.asked).containsExactly("renew a", "release a");
        assertThat(store.isHeld("a")).isFalse();
        assertThat(told).isEmpty();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void aRenewalThatIsConfirmedTooLateRevivesNothing() {
        HeldLock lock = take(TEN);
        store.after = () -> time.pass(8 * SECOND);
        time.pass(3 * SECOND);

        assertThat(lock.isHeld()).isFalse();
        assertThat(told).containsExactly("lost");
        assertThat(store.isHeld("a")).isFalse();
    }

    @Test
    void itEndsWhenItWasHeldAsLongAsItMay() {
        HeldLock lock = take(TEN.holdAtMost(Duration.ofSeconds(25)));
        time.pass(25 * SECOND - 1);
        assertThat(lock.isHeld()).isTrue();
        assertThat(store.isHeld("a")).isTrue();
        time.pass(1);

        assertThat(told).containsExactly("lost");
        assertThat(store.isHeld("a")).isFalse();
    }

    @Test
    void anExtensionOutlastsTheLeaseAndIsNotCutShortByRenewals() {
        HeldLock lock = take(TEN);
        assertThat(lock.extend(Duration.ofSeconds(60))).isEqualTo(Extension.EXTENDED);
        time.pass(5 * SECOND);
        store.ill = ErrorCause.UNAVAILABLE;
        time.pass(55 * SECOND - 1);
        assertThat(lock.isHeld()).isTrue();
        assertThat(lock.extend(Duration.ofSeconds(60))).isEqualTo(Extension.UNKNOWN);
        time.pass(1);
        assertThat(lock.isHeld()).isFalse();
    }

    @Test
    void aTakeWithoutAnAnswerIsFoundByTheNext() {
        store.silent = true;
        store.after = () -> store.after = () -> store.silent = false;
        LockAttempt attempt = locks.tryLock("a", TEN.waitAtMost(Duration.ofSeconds(5)));

        assertThat(attempt).isInstanceOf(Acquired.class);
        assertThat(((Acquired) attempt).lock().fencing()).isEqualTo(1);
    }

    @Test
    void aTakeWithoutAnAnswerIsLetGoInTheEnd() {
        store.silent = true;
        store.after = () -> store.ill = ErrorCause.UNAVAILABLE;
        assertThat(locks.tryLock("a", TEN)).isEqualTo(new Unavailable("a", ErrorCause.TIMEOUT));
        assertThat(store.isHeld("a")).isTrue();
        store.ill = null;
        time.pass(SECOND);

        assertThat(store.isHeld("a")).isFalse();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void whatCannotBeLetGoIsTriedUntilItsLeaseIsOverAndNotWithoutEnd() {
        HeldLock lock = take(TEN);
        store.ill = ErrorCause.UNAVAILABLE;
        assertThat(lock.release()).isEqualTo(Release.UNKNOWN);
        time.pass(60 * SECOND);
        assertThat(store.asked).hasSizeBetween(10, 20).containsOnly("release a");
        assertThat(time.waiting()).isZero();

        store.ill = ErrorCause.TIMEOUT;
        store.silent = true;
        for (int i = 0; i < 2_000; i++) {
            store.ill = null;
            store.after = () -> store.ill = ErrorCause.TIMEOUT;
            locks.tryLock("b" + i, TEN);
        }
        assertThat(time.waiting()).isEqualTo(1_000);
    }

    @Test
    void pausesDoubleUpToTheLongestAndTheLastTryIsAtTheLimit() {
        assertThat(new Locks("other", store, time).tryLock("a", LockOptions.lease(Duration.ofDays(1))))
                .isInstanceOf(Acquired.class);
        time.chance = 0.999_999;
        LockAttempt attempt = locks.tryLock("a", TEN.waitAtMost(Duration.ofSeconds(1)));

        assertThat(attempt).isInstanceOf(Busy.class);
        List<Long> millis = time.pauses.stream()
                .map(nanos -> Math.round(nanos / 1e6))
                .filter(pause -> pause > 0)
                .toList();
        assertThat(millis).containsExactly(10L, 20L, 40L, 80L, 160L, 200L, 200L, 200L, 90L);
        assertThat(store.asked).hasSize(11);
    }

    @Test
    void nobodyWaitsLongerThanTheOthersLease() {
        new Locks("other", store, time).tryLock("a", TEN.withoutRenewal());
        LockOptions slow = TEN.backoff(Duration.ofMinutes(1), Duration.ofMinutes(1));
        long start = time.nanoTime();

        assertThat(locks.tryLock("a", slow.waitAtMost(Duration.ofMinutes(10)))).isInstanceOf(Acquired.class);
        assertThat(time.nanoTime() - start).isBetween(10 * SECOND, 10 * SECOND + SECOND / 50);
    }

    @Test
    void aCallbackThatThrowsKeepsNoOtherFromBeingCalled() {
        HeldLock lock = take(TEN);
        lock.onLost(() -> {
            throw new IllegalStateException("its own affair");
        });
        lock.onLost(() -> told.add("the third"));
        store.forget("a");
        time.pass(10 * SECOND);

        assertThat(told).containsExactly("lost", "the third");
    }

    @Test
    void aCacheWithoutLocksIsNamed() {
        CacheServicePort plain = (CacheServicePort) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {CacheServicePort.class}, (self, method, arguments) -> {
                    return "PlainCache";
                });

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Locks.of(plain))
                .withMessageContaining("PlainCache")
                .withMessageContaining("no locks");
    }

    @Test
    void whoLooksOnIsToldHowEachAttemptEndedAndHowLongItTook() {
        locks.observe((outcome, waited) -> {
            told.add(outcome.tag() + " " + waited.toMillis());
            throw new IllegalStateException("no concern of the caller's");
        });
        locks.observe((outcome, waited) -> told.add("second"));
        store.after = () -> time.pass(SECOND);
        HeldLock lock = ((Acquired) locks.tryLock("a", TEN)).lock();
        locks.tryLock("a", TEN);
        store.ill = ErrorCause.UNAVAILABLE;
        locks.tryLock("a", TEN);
        Thread.currentThread().interrupt();
        locks.tryLock("a", TEN);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(told)
                .containsExactly(
                        "acquired 1000",
                        "second",
                        "busy 0",
                        "second",
                        "unavailable 0",
                        "second",
                        "interrupted 0",
                        "second");
        assertThat(lock.isHeld()).isTrue();
    }
}
