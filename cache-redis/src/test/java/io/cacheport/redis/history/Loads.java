package io.cacheport.redis.history;

import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/** The loads that run at this moment, in all JVMs, by thread. A thread that loads several keys has them side by side. */
final class Loads {

    /** Of one JVM, those of this library that load in the background included. */
    static final int THREADS = 32;

    /** Keys that one thread loads at once. */
    static final int KEYS = 8;

    private static final int FIELDS = 3;

    static final int SIZE = Source.SEATS * THREADS * KEYS * FIELDS;

    /** A little less than the lease: older ones may have ended by themselves, as those of a JVM that stands still do. */
    private static final long LEASE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_800);

    private final Longs longs;
    private final Source source;
    private final int from;

    Loads(Longs longs, Source source, int from) {
        this.longs = longs;
        this.source = source;
        this.from = from;
    }

    /**
     * What a load rests on.
     *
     * @param sent when the lease was asked for
     * @param settled removals of the key at that moment, see {@link Source#settled}
     * @param filled whether there should have been a value
     */
    record Ground(long sent, long settled, boolean filled) {

        /** That of a load without a lease. */
        static final Ground NONE = new Ground(System.nanoTime(), -1, false);

        static Ground now(Source source, Key key) {
            long settled = source.settled(key);
            return new Ground(System.nanoTime(), settled, settled >= 0 && source.isFilled(key, settled));
        }

        /** Nothing that ends a lease can have happened since. */
        boolean holds(Source source, Key key) {
            return settled >= 0 && source.begun(key) == settled && System.nanoTime() - sent < LEASE_NANOS;
        }
    }

    void enter(int thread, int place, Key key, Ground ground) {
        int slot = slot(thread, place);
        longs.set(slot + 1, ground.sent);
        longs.set(slot + 2, ground.settled);
        longs.set(slot, key.index() + 1);
    }

    void leave(int thread, int place) {
        longs.set(slot(thread, place), 0);
    }

    /** Whether another thread anywhere loads the same key, for whatever reason. */
    boolean runElsewhere(int thread, Key key) {
        return anyElsewhere(thread, key, slot -> true);
    }

    /**
     * Whether another thread anywhere loads the same key on a ground that holds as well as this one, of which one is wrong:
     * both have the lease, neither has sent a fill, and nothing that would have ended one of them has happened.
     */
    boolean runUnderLeaseElsewhere(int thread, Key key, Ground ground) {
        return anyElsewhere(thread, key, slot -> {
            Ground other = new Ground(longs.get(slot + 1), longs.get(slot + 2), false);
            return other.settled == ground.settled
                    && other.holds(source, key)
                    && ground.holds(source, key)
                    && longs.get(slot) == key.index() + 1
                    && longs.get(slot + 1) == other.sent; // it still runs, and is the one that was read
        });
    }

    private boolean anyElsewhere(int thread, Key key, IntPredicate what) {
        for (int slot = from; slot < from + SIZE; slot += FIELDS) {
            boolean mine = (slot - from) / (KEYS * FIELDS) == thread;
            if (!mine && longs.get(slot) == key.index() + 1 && what.test(slot)) {
                return true;
            }
        }
        return false;
    }

    private int slot(int thread, int place) {
        return from + (thread * KEYS + place) * FIELDS;
    }
}
