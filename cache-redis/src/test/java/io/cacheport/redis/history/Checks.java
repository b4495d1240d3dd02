package io.cacheport.redis.history;

import io.cacheport.redis.history.View.Item;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** What one JVM compares of calls and of the values they give: invariants 1, 3 and 4. */
final class Checks {

    /** A caller waits five seconds for others' loads (A13), then loads without a lease. */
    static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Two waits, since who waited in vain asks once more (A2), the load each time, and the commands in between. */
    static final long LONGEST_NANOS = 2 * (WAIT_NANOS + TimeUnit.SECONDS.toNanos(3));

    /** From a loader's exception to the end of its load, were its thread to lose its turn just then. */
    private static final long HANDING_OVER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int SHOWN = 3;

    final Board board;
    final int seat;

    /** What this JVM alone has been promised: what it removed it does not read, though Redis may not have heard of it. */
    private final AtomicLongArray floors = new AtomicLongArray(View.KEYS);

    private final Queue<Caller> callers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger threads = new AtomicInteger();
    private final ThreadLocal<Caller> caller = ThreadLocal.withInitial(this::newCaller);
    private final AtomicInteger shown = new AtomicInteger();

    Checks(Board board, int seat) {
        this.board = board;
        this.seat = seat;
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

    /** From now on no read here may give an older version. */
    void removedHere(Key key, long version) {
        floors.accumulateAndGet(key.index(), version, Math::max);
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
