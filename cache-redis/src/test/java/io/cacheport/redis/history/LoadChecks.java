package io.cacheport.redis.history;

import io.cacheport.lease.Lease;
import io.cacheport.redis.history.Events.What;
import io.cacheport.redis.history.Loads.Ground;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What one JVM compares of leases and loads: invariant 2. */
final class LoadChecks {

    /** Well above what lies between a lease and its load, or a load and its end, and below what a lease lives. */
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_200);

    /** The leases that lived at a trouble have ended then. */
    private static final long TROUBLED_NANOS = TimeUnit.MILLISECONDS.toNanos(2_200);

    private final Checks checks;
    private final Board board;
    private final int seat;
    private final boolean leased;
    private final AtomicLong lastFailure = new AtomicLong(Long.MIN_VALUE);

    /** {@code leased} says whether every load should have a lease. */
    LoadChecks(Checks checks, boolean leased) {
        this.checks = checks;
        this.board = checks.board;
        this.seat = checks.seat;
        this.leased = leased;
    }

    Ground ground(Key key) {
        return Ground.now(board.source, key);
    }

    void granted(Key key, Lease lease, Ground ground) {
        Caller me = checks.caller();
        me.granted(key, lease, ground);
        board.events.end(key, board.events.begin(key, me.thread, What.LEASE, 0), me.thread, What.LEASE, 0);
    }

    /** Another has the lease, and should be loading, or storing what it loaded. */
    void taken(Key key) {
        Caller me = checks.caller();
        long now = System.nanoTime();
        if (!key.equals(me.idle) || board.loads.runElsewhere(me.thread, key)) {
            me.idle = key;
            me.idleSince = now;
        } else if (now - me.idleSince > IDLE_NANOS && me.idleSince - board.lastTrouble() > TROUBLED_NANOS) {
            checks.violation(Violation.WAITED_FOR_NOBODY, key, (now - me.idleSince) / 1_000_000 + " ms");
            me.idleSince = now;
        }
    }

    /** The cache could not be asked. */
    void failed() {
        lastFailure.accumulateAndGet(System.nanoTime(), Math::max); // of two, the earlier may come here later
        board.trouble();
    }

    /** A loader begins with the key, in that place among those it was called for. */
    void loading(Key key, int place) {
        Caller me = checks.caller();
        board.count(seat, Count.LOADS, 1);
        Ground ground = leased ? me.toLoad(key) : ground(key);
        board.loads.enter(me.thread, place, key, ground == null ? Ground.NONE : ground);
        if (board.loads.runElsewhere(me.thread, key)) {
            board.count(seat, Count.OVERLAPPING, 1);
        }
        if (ground == null) {
            board.count(seat, Count.UNLEASED, 1);
            if (me.isInside()
                    && lastFailure.get() < me.excusedSince
                    && System.nanoTime() - me.begun < Checks.WAIT_NANOS) {
                checks.violation(
                        Violation.LOADED_WITHOUT_LEASE,
                        key,
                        "The call began " + ago(me.begun) + ", the last failure was " + ago(lastFailure.get()));
            }
            return;
        }
        if (board.loads.runUnderLeaseElsewhere(me.thread, key, ground)) {
            checks.violation(Violation.LOADED_AT_ONCE, key, "");
        }
        if (ground.filled() && ground.holds(board.source, key)) {
            checks.violation(Violation.LOADED_AGAIN, key, "");
        }
    }

    private static String ago(long nanos) {
        return nanos == Long.MIN_VALUE ? "never" : (System.nanoTime() - nanos) / 1_000 + " us ago";
    }

    void loaded(int place) {
        board.loads.leave(checks.caller().thread, place);
    }

    /**
     * A fill has ended.
     *
     * @param refused whether it is sure that it was not stored because the lease had ended
     */
    void filled(Lease lease, boolean stored, boolean refused) {
        Key key = Key.named(lease.key());
        Caller me = checks.caller();
        board.count(seat, stored ? Count.FILLS : Count.REFUSALS, 1);
        What what = stored ? What.FILL : What.FILL_REFUSED;
        board.events.end(key, board.events.begin(key, me.thread, what, 0), me.thread, what, 0);
        Ground ground = me.toFill(lease);
        if (ground == null) {
            return;
        }
        if (stored && ground.settled() >= 0 && board.source.begun(key) == ground.settled()) {
            board.source.filled(key, ground.settled());
        } else if (refused && ground.holds(board.source, key)) {
            checks.violation(Violation.REFUSED, key, "");
        }
    }
}
