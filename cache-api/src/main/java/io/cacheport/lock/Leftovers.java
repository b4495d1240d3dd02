package io.cacheport.lock;

import io.cacheport.CacheException;
import io.cacheport.ErrorCause;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets go, elsewhere, of what may have been taken or could not be let go, until the store has answered or the lease is over.
 */
final class Leftovers {

    /** More than so many wait for the end of their leases: they come of a store that is away. */
    private static final int MOST = 1_000;

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LockStore store;
    private final LockTime time;
    private final AtomicInteger pending = new AtomicInteger();

    Leftovers(LockStore store, LockTime time) {
        this.store = store;
        this.time = time;
    }

    void letGo(String name, String token, Duration lease) {
        if (pending.incrementAndGet() > MOST) {
            pending.decrementAndGet();
            return;
        }
        long until = time.nanoTime() + lease.toNanos();
        time.ask(() -> attempt(name, token, until, FIRST_PAUSE_NANOS));
    }

    private void attempt(String name, String token, long until, long pause) {
        boolean again = false;
        try {
            store.release(name, token);
        } catch (CacheException ill) {
            again = ill.errorCause() != ErrorCause.CLOSED && until - time.nanoTime() > 0;
        } finally {
            if (!again) {
                pending.decrementAndGet();
            }
        }
        if (again) {
            long next = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            var unused = time.after(pause, () -> time.ask(() -> attempt(name, token, until, next)));
        }
    }
}
