package io.cacheport.redis.history;

import io.cacheport.lease.Lease;
import io.cacheport.redis.history.Events.What;
import io.cacheport.redis.history.Loads.Ground;
import io.cacheport.redis.history.View.Item;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** What one JVM compares while it goes: see {@link Violation}. */
final class Checks {

    /** A caller waits five seconds for others' loads (A13), then loads without a lease. */
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Two waits, since who waited in vain asks once more (A2), the load each time, and the commands in between. */
    static final long LONGEST_NANOS = 2 * (WAIT_NANOS + TimeUnit.SECONDS.toNanos(3));

    /** From a loader's exception to the end of its load, were its thread to lose its turn just then. */
    private static final long HANDING_OVER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Well above what lies between a lease and its load, or a load and its end, and below what a lease lives. */
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_200);

    /** The leases that lived at a trouble have ended then. */
    private static final long TROUBLED_NANOS = TimeUnit.MILLISECONDS.toNanos(2_200);

    private static final int SHOWN = 3;

    final Board board;
    final int seat;
    private final boolean leased;

    /** What this JVM alone has been promised: what it removed it does not read, though Redis may not have heard of it. */
    private final AtomicLongArray floors = new AtomicLongArray(View.KEYS);

    private final Queue<Caller> callers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger threads = new AtomicInteger();
    private final ThreadLocal<Caller> caller = ThreadLocal.withInitial(this::newCaller);
    private final AtomicInteger shown = new AtomicInteger();
    private volatile long lastFailure = Long.MIN_VALUE;

    /** A removal that Redis may not have heard of. */
    private record Kept(Key key, long version) {}

    private final Queue<Kept> kept = new ConcurrentLinkedQueue<>();

    Checks(Board board, int seat, boolean leased) {
        this.board = board;
        this.seat = seat;
        this.leased = leased;
    }

    private Caller newCaller() {
        int number = threads.getAndIncrement();
        if (number >= Loads.THREADS) {
            throw new IllegalStateException("more than " + Loads.THREADS + " threads");
        }
        Caller made = new Caller(seat * Loads.THREADS + number);
        callers.add(made);
        return made;
    }

    Caller caller() {
        return caller.get();
    }

    // ---- reads

    /** A call that gives something of these keys, between its beginning and its end; null if it threw. */
    <T> @Nullable T call(List<Key> keys, boolean ownLoader, Callable<T> call) {
        Caller me = caller.get();
        long suspensions = board.suspensions(seat);
        me.begin(keys, callers);
        try {
            T answer = call.call();
            if (me.thrown != null && ownLoader) {
                violation(Violation.WRONG_FAILURE, keys.get(0), "its loader threw, and the call did not");
            }
            return answer;
        } catch (MarkedException failure) {
            checkFailure(me, keys.get(0), failure);
        } catch (Exception unexpected) {
            violation(Violation.EXCEPTION, keys.get(0), String.valueOf(unexpected));
        } finally {
            long nanos = System.nanoTime() - me.begun;
            me.end();
            if (suspensions % 2 == 0 && board.suspensions(seat) == suspensions) {
                board.longest(seat, nanos);
                if (nanos > LONGEST_NANOS) {
                    violation(Violation.SLOW, keys.get(0), nanos / 1_000_000 + " ms");
                }
            }
        }
        return null;
    }

    private void checkFailure(Caller me, Key key, MarkedException failure) {
        if (me.thrown != null && me.thrown != failure) {
            violation(Violation.WRONG_FAILURE, key, "its loader threw another");
        } else if (failure.nanos - me.begun < -HANDING_OVER_NANOS) {
            violation(Violation.WRONG_FAILURE, key, "thrown before the call began");
        }
    }

    /** The oldest version that a read which begins now may give. */
    long least(Key key) {
        return Math.max(board.source.floor(key), floors.get(key.index()));
    }

    void read(Key key, long least, @Nullable Object value) {
        if (value == null) {
            return; // no promise is made of that
        }
        board.count(seat, Count.VALUES, 1);
        Item item = value instanceof Item one ? one : null;
        if (item == null || !key.view().type.isInstance(value) || !key.name().equals(item.key())) {
            violation(Violation.FOREIGN, key, "got " + value);
        } else if (item.version() < least) {
            violation(Violation.STALE, key, "got " + item.version() + ", not " + least + " or newer");
        } else if (item.version() > board.source.version(key)) {
            violation(Violation.FOREIGN, key, "got " + item.version() + ", which is to come");
        }
    }

    // ---- loads

    Ground ground(Key key) {
        return Ground.now(board.source, key);
    }

    void granted(Key key, Lease lease, Ground ground) {
        Caller me = caller.get();
        me.granted(key, lease, ground);
        board.events.end(key, board.events.begin(key, me.thread, What.LEASE, 0), me.thread, What.LEASE, 0);
    }

    /** Another has the lease, and should be loading, or storing what it loaded. */
    void taken(Key key) {
        Caller me = caller.get();
        long now = System.nanoTime();
        if (me.idleSince == 0 || board.loads.runElsewhere(me.thread, key)) {
            me.idleSince = now;
        } else if (now - me.idleSince > IDLE_NANOS && me.idleSince - board.lastTrouble() > TROUBLED_NANOS) {
            violation(Violation.WAITED_FOR_NOBODY, key, (now - me.idleSince) / 1_000_000 + " ms");
            me.idleSince = now;
        }
    }

    /** The cache could not be asked. */
    void failed() {
        lastFailure = System.nanoTime();
        board.trouble();
    }

    /** A loader begins with the key, in that place among those it was called for. */
    void loading(Key key, int place) {
        Caller me = caller.get();
        board.count(seat, Count.LOADS, 1);
        Ground ground = leased ? me.leased.get(key) : ground(key);
        board.loads.enter(me.thread, place, key, ground == null ? Ground.NONE : ground);
        if (board.loads.runElsewhere(me.thread, key)) {
            board.count(seat, Count.OVERLAPPING, 1);
        }
        if (ground == null) {
            board.count(seat, Count.UNLEASED, 1);
            if (me.isInside() && lastFailure < me.excusedSince && System.nanoTime() - me.begun < WAIT_NANOS) {
                violation(Violation.LOADED_WITHOUT_LEASE, key, "");
            }
            return;
        }
        if (board.loads.runUnderLeaseElsewhere(me.thread, key, ground)) {
            violation(Violation.LOADED_AT_ONCE, key, "");
        }
        if (ground.filled() && ground.holds(board.source, key)) {
            violation(Violation.LOADED_AGAIN, key, "");
        }
    }

    void loaded(int place) {
        board.loads.leave(caller.get().thread, place);
    }

    void filled(Lease lease, boolean stored) {
        Key key = Key.named(lease.key());
        Caller me = caller.get();
        board.count(seat, stored ? Count.FILLS : Count.REFUSALS, 1);
        What what = stored ? What.FILL : What.FILL_REFUSED;
        board.events.end(key, board.events.begin(key, me.thread, what, 0), me.thread, what, 0);
        Ground ground = me.groundOf(lease);
        if (stored && ground != null && ground.settled() >= 0 && board.source.begun(key) == ground.settled()) {
            board.source.filled(key, ground.settled());
        }
    }

    void refused(Lease lease) {
        Key key = Key.named(lease.key());
        Ground ground = caller.get().groundOf(lease);
        if (ground != null && ground.holds(board.source, key)) {
            violation(Violation.REFUSED, key, "");
        }
    }

    // ---- removals

    /** What came of a removal. */
    enum Removal {
        /** Redis has removed the keys. */
        ACKNOWLEDGED,
        /** This library has, or will have, Redis remove them. */
        KEPT,
        /** Somebody else was to, and it is not known whether. */
        UNKNOWN
    }

    /** Raises the version of each key, removes it, and if that was acknowledged holds all readers to it. */
    void update(List<Key> keys, Callable<Removal> removal) {
        Caller me = caller.get();
        long[] versions = new long[keys.size()];
        long[] events = new long[keys.size()];
        for (int i = 0; i < versions.length; i++) {
            Key key = keys.get(i);
            versions[i] = board.source.update(key);
            board.source.removing(seat, key);
            events[i] = board.events.begin(key, me.thread, What.REMOVE, versions[i]);
        }
        Removal outcome = call(keys, false, removal);
        for (int i = 0; i < versions.length; i++) {
            Key key = keys.get(i);
            if (outcome == Removal.KEPT) {
                long version = versions[i];
                floors.accumulateAndGet(key.index(), version, Math::max);
                kept.add(new Kept(key, version));
                board.count(seat, Count.KEPT, 1);
            } else {
                if (outcome == Removal.ACKNOWLEDGED) {
                    board.source.acknowledged(key, versions[i]);
                }
                board.source.removed(seat, key);
                board.count(seat, outcome == Removal.ACKNOWLEDGED ? Count.REMOVALS : Count.UNKNOWN, 1);
            }
            What what = outcome == Removal.ACKNOWLEDGED ? What.REMOVE : What.REMOVE_KEPT;
            board.events.end(key, events[i], me.thread, what, versions[i]);
        }
    }

    /** What was kept and has been made since holds for all readers from now on; whether nothing is left. */
    boolean settleKept(Subject subject) {
        if (kept.isEmpty()) {
            return true;
        }
        List<Kept> before = List.copyOf(kept); // what is added after this may be younger than the answer
        if (subject.kept() == 0) {
            for (Kept one : before) {
                if (kept.remove(one)) { // or another thread has
                    board.source.acknowledged(one.key, one.version);
                    board.source.removed(seat, one.key);
                }
            }
        }
        return kept.isEmpty();
    }

    void lost() {
        kept.forEach(one -> violation(Violation.LOST, one.key, "version " + one.version));
    }

    void violation(Violation what, Key key, String more) {
        board.count(seat, what);
        if (shown.getAndIncrement() < SHOWN) {
            Caller me = caller.get();
            String text = what + " " + key.name() + " JVM " + seat + " thread " + me.thread % Loads.THREADS + ": "
                    + what.meaning + ". " + more + System.lineSeparator() + board.events.excerpt(key);
            System.out.print(text);
        }
    }
}
