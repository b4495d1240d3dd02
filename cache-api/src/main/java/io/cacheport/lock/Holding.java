package io.cacheport.lock;

import io.cacheport.CacheException;
import io.cacheport.lock.HeldLock.Extension;
import io.cacheport.lock.HeldLock.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lock from its grant until it is let go or lost, whichever comes first; neither is undone. It is held as long as this
 * process can know: for the lease, from before the last request was sent that the store has confirmed. The monitor guards
 * the state; nothing is asked and nobody called under it.
 */
final class Holding {

    private static final Logger log = LoggerFactory.getLogger(Locks.class);

    private enum State {
        HELD,
        LOST,
        RELEASED
    }

    private final LockParts parts;
    private final String name;
    private final String token;
    private final LockOptions options;
    private final long renewUntil;
    private final List<Runnable> listeners = new ArrayList<>();

    private State state = State.HELD;
    private long heldUntil;
    private @Nullable Future<?> renewal;
    private @Nullable Future<?> end;

    private Holding(LockParts parts, String name, String token, LockOptions options, long sentAt) {
        this.parts = parts;
        this.name = name;
        this.token = token;
        this.options = options;
        this.renewUntil = sentAt + options.holdAtMost().toNanos();
        this.heldUntil = sentAt + options.lease().toNanos();
    }

    /** One that was granted to a request sent then. */
    static Holding begin(LockParts parts, String name, String token, LockOptions options, long sentAt) {
        Holding holding = new Holding(parts, name, token, options, sentAt);
        parts.counters().acquired.increment();
        holding.watch();
        if (options.renewed()) {
            holding.renewIn(pause(options.lease()));
        }
        return holding;
    }

    /** A little less than a third of the lease, so that a loss is heard of within a third. */
    private static long pause(Duration lease) {
        return lease.toNanos() * 3 / 10;
    }

    boolean isHeld() {
        synchronized (this) {
            if (state != State.HELD || heldUntil - parts.time().nanoTime() > 0) {
                return state == State.HELD;
            }
        }
        lose(true);
        return false;
    }

    /** Looks when the lease is over whether it is. */
    private synchronized void watch() {
        if (state == State.HELD) {
            long left = Math.max(1, heldUntil - parts.time().nanoTime());
            end = parts.time().after(left, () -> {
                if (isHeld()) {
                    watch();
                }
            });
        }
    }

    private synchronized void renewIn(long nanos) {
        if (state == State.HELD) {
            renewal = parts.time().after(nanos, () -> parts.time().ask(this::renew));
        }
    }

    private void renew() {
        if (!isHeld()) {
            return;
        }
        long sentAt = parts.time().nanoTime();
        Duration lease = options.lease();
        if (renewUntil - sentAt < lease.toNanos()) {
            lease = Duration.ofNanos(renewUntil - sentAt);
            if (!isLonger(sentAt, lease)) {
                return; // held as long as it may be
            }
        }
        Extension done = ask(sentAt, lease);
        if (done == Extension.EXTENDED || done == Extension.UNKNOWN) {
            renewIn(done == Extension.EXTENDED ? pause(options.lease()) : pause(options.lease()) / 3);
        }
    }

    private synchronized boolean isLonger(long from, Duration lease) {
        return from + lease.toNanos() - heldUntil > 0;
    }

    Extension extend(Duration lease) {
        if (isHeld()) {
            return ask(parts.time().nanoTime(), lease);
        }
        synchronized (this) {
            return state == State.RELEASED ? Extension.RELEASED : Extension.LOST;
        }
    }

    private Extension ask(long sentAt, Duration lease) {
        boolean renewed;
        try {
            renewed = parts.store().renew(name, token, lease);
        } catch (CacheException ill) {
            return Extension.UNKNOWN; // counted where it happened
        }
        State now;
        synchronized (this) {
            now = state;
            if (now == State.HELD && renewed) {
                heldUntil = isLonger(sentAt, lease) ? sentAt + lease.toNanos() : heldUntil;
                parts.counters().renewals.increment();
                return Extension.EXTENDED;
            }
        }
        if (now == State.RELEASED) {
            return Extension.RELEASED;
        }
        if (now == State.HELD) {
            lose(false);
        }
        return Extension.LOST; // confirmed or not: it was let go in the store when it was lost here
    }

    /** Once, and only while it is held. */
    private void lose(boolean mayBeInStore) {
        List<Runnable> told;
        synchronized (this) {
            if (state != State.HELD) {
                return;
            }
            endAs(State.LOST);
            told = List.copyOf(listeners);
        }
        parts.counters().lost.increment();
        told.forEach(this::tell);
        if (mayBeInStore) { // a request of which nothing was heard may have been carried out
            parts.leftovers().letGo(name, token, options.lease());
        }
    }

    private void endAs(State ended) {
        state = ended;
        if (renewal != null) {
            renewal.cancel(false);
        }
        if (end != null) {
            end.cancel(false);
        }
    }

    private void tell(Runnable listener) {
        parts.time().call(() -> {
            try {
                listener.run();
            } catch (RuntimeException failure) {
                log.atWarn().setCause(failure).log("a callback for a lost lock failed");
            }
        });
    }

    void onLost(Runnable listener) {
        boolean lost;
        synchronized (this) {
            lost = state == State.LOST;
            if (state == State.HELD) {
                listeners.add(listener);
            }
        }
        if (lost) {
            tell(listener);
        }
    }

    Release release() {
        boolean held = isHeld();
        synchronized (this) {
            if (!held || state != State.HELD) {
                return state == State.RELEASED ? Release.RELEASED_BEFORE : Release.LOST;
            }
            endAs(State.RELEASED);
        }
        Release done = releaseInStore();
        (done == Release.LOST ? parts.counters().lost : parts.counters().released).increment();
        return done;
    }

    /** An interrupt is no reason to keep it. */
    private Release releaseInStore() {
        boolean interrupted = Thread.interrupted();
        try {
            return parts.store().release(name, token) ? Release.RELEASED : Release.LOST;
        } catch (CacheException ill) {
            parts.leftovers().letGo(name, token, options.lease());
            return Release.UNKNOWN;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
