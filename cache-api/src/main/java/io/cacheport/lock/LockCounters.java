package io.cacheport.lock;

import java.util.concurrent.atomic.LongAdder;

/** The counters behind {@link LockStats}. What is held is what was got and neither let go nor lost, so it always adds up. */
final class LockCounters {

    final LongAdder acquired = new LongAdder();
    final LongAdder busy = new LongAdder();
    final LongAdder unavailable = new LongAdder();
    final LongAdder interrupted = new LongAdder();
    final LongAdder released = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder renewals = new LongAdder();

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
