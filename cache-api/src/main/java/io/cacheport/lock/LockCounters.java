package io.cacheport.lock;

import io.cacheport.spi.LogGate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The counters behind {@link LockStats}. What is held is what was got and neither let go nor lost, so it always adds up. */
final class LockCounters {

    private static final Logger log = LoggerFactory.getLogger(Locks.class);

    final LongAdder acquired = new LongAdder();
    final LongAdder busy = new LongAdder();
    final LongAdder unavailable = new LongAdder();
    final LongAdder interrupted = new LongAdder();
    final LongAdder released = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder renewals = new LongAdder();

    final List<LockObserver> observers = new CopyOnWriteArrayList<>();
    private final LogGate observerFailures = new LogGate(System::nanoTime);

    void ended(LockAttempt attempt, long nanos) {
        for (LockObserver one : observers) {
            try {
                one.attempted(LockOutcome.of(attempt), Duration.ofNanos(nanos));
            } catch (RuntimeException failure) { // the lock is held or not, whatever somebody who looks on makes of it
                failed(failure);
            }
        }
    }

    private void failed(RuntimeException failure) {
        long failures = observerFailures.enter();
        if (failures > 0) {
            log.atWarn()
                    .addKeyValue("failures", failures)
                    .addKeyValue("exception", failure.getClass().getName())
                    .log("an observer of locks failed; the lock is not affected");
        }
    }

    void notAcquired(NotAcquired why) {
        if (why instanceof NotAcquired.Busy) {
            busy.increment();
        } else if (why instanceof NotAcquired.Unavailable) {
            unavailable.increment();
        } else {
            interrupted.increment();
        }
    }

    LockStats snapshot() {
        long ended =
                released.sum(); // before what was got: a lock that ends meanwhile is still active, never less than none
        long gone = lost.sum();
        long got = acquired.sum();
        return new LockStats(
                got - ended - gone, got, busy.sum(), unavailable.sum(), interrupted.sum(), ended, gone, renewals.sum());
    }
}
