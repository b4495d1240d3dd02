package io.cacheport.lock;

import java.time.Duration;

/**
 * A lock that was got. It is renewed by itself, if its options say so, until it is let go: use it with {@code try}, or let
 * it go in {@code finally}. Thread-safe; it belongs to whoever has this object, on whatever thread.
 *
 * @since 0.1
 */
public final class HeldLock implements AutoCloseable {

    private final String name;
    private final long fencing;
    private final Holding holding;

    /** What a release came to. */
    public enum Release {
        /** It was held, and is no longer. */
        RELEASED,
        /** It had been lost: somebody else may have it, and still has. */
        LOST,
        /** It had been let go already. */
        RELEASED_BEFORE,
        /** The store gave no answer. It is tried again in the background, and the lock ends with its lease at the latest. */
        UNKNOWN
    }

    /** What an extension came to. */
    public enum Extension {
        /** It is held that long from now. */
        EXTENDED,
        /** It had been lost. */
        LOST,
        /** It had been let go. */
        RELEASED,
        /** The store gave no answer; it is held as long as before, at least. */
        UNKNOWN
    }

    HeldLock(String name, long fencing, Holding holding) {
        this.name = name;
        this.fencing = fencing;
        this.holding = holding;
    }

    /** What was locked. */
    public String name() {
        return name;
    }

    /**
     * The number of this grant, above those of all grants of this name before (K4). What the lock protects should refuse
     * whoever comes with a lower one than it has seen: the only thing that keeps out a holder who does not know yet that it
     * is none.
     */
    public long fencing() {
        return fencing;
    }

    /**
     * Whether it is held as far as this process can know: not let go, not heard to be lost, and by the local clock within
     * the lease, which counts from before the last request was sent that the store has confirmed. So it is false at once
     * after a long pause of this JVM. No I/O.
     */
    public boolean isHeld() {
        return holding.isHeld();
    }

    /**
     * Lets it live that long from now on, if it would end sooner. Renewals go on beside it. One round trip.
     *
     * @param lease 10 ms to 1 day
     * @throws IllegalArgumentException if it is not
     */
    public Extension extend(Duration lease) {
        return holding.extend(LockOptions.requireLease(lease));
    }

    /**
     * Is called once if the lock is lost before it is let go: when a renewal finds that it has ended, or when its lease is
     * over and no renewal was confirmed. That is at most a third of the lease after it ended in the store, while this JVM
     * runs and the store answers. At once if it is lost already. Called on a thread of its own, which may wait; what it
     * throws is logged.
     */
    public void onLost(Runnable callback) {
        if (callback == null) {
            throw new IllegalArgumentException("callback is null");
        }
        holding.onLost(callback);
    }

    /** Lets it go, and ends no lock but this one (K3). From when this was called it is renewed no more. One round trip. */
    public Release release() {
        return holding.release();
    }

    /** {@link #release}, whatever it comes to; never throws. */
    @Override
    public void close() {
        holding.release();
    }

    @Override
    public String toString() {
        return "HeldLock[" + name + ", " + fencing + (isHeld() ? ", held]" : ", no longer held]");
    }
}
