package io.cacheport.lock;

import io.cacheport.CacheServicePort;
import io.cacheport.lock.LockAllAttempt.AllAcquired;
import io.cacheport.lock.LockAttempt.Acquired;
import io.cacheport.lock.LockResult.Done;
import io.cacheport.lock.LockResult.NotDone;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Locks by name, shared by all processes whose caches have the same store and key prefix.
 *
 * <pre>{@code
 * Locks locks = Locks.of(cache);
 * LockOptions options = LockOptions.lease(Duration.ofSeconds(10)).waitAtMost(Duration.ofSeconds(2));
 *
 * Report report = locks.withLock("report:42", options, lock -> build(42));
 * }</pre>
 *
 * <p><b>For efficiency</b>, so that work is not done twice: rarely two may believe that they hold a lock, as {@link
 * io.cacheport.lock} says. Where that would do harm, let what is written to compare the fencing number, and refuse an older
 * one than it has seen. In a database that is one condition:
 *
 * <pre>{@code
 * locks.withLock("account:7", options, lock -> {
 *     int updated = jdbc.update(
 *             "UPDATE account SET balance = ?, fence = ? WHERE id = 7 AND fence <= ?",
 *             balance, lock.fencing(), lock.fencing());
 *     if (updated == 0) {
 *         throw new IllegalStateException("somebody with a newer lock was here");
 *     }
 *     return balance;
 * });
 * }</pre>
 *
 * <p>A lock is not reentrant: a second try, by the same thread too, is busy (K1). Who waits asks again
 * and again, with growing pauses; there is no queue, so no order. Make one and share it: what it counts is its own.
 * Thread-safe, and fit for virtual threads.
 *
 * @since 0.1
 */
public final class Locks {

    private final String store;
    private final LockParts parts;

    Locks(String name, LockStore store, LockTime time) {
        this.store = name;
        this.parts = LockParts.of(store, time);
    }

    /**
     * The locks in the store of this cache. No I/O.
     *
     * @throws IllegalArgumentException if its store keeps none, naming the cache
     */
    public static Locks of(CacheServicePort cache) {
        LockStore store = cache instanceof LockingCache locking ? locking.lockStore() : null;
        if (store == null) {
            throw new IllegalArgumentException("cache " + cache + " has no locks: its store keeps none");
        }
        return new Locks(cache.toString(), store, SystemLockTime.INSTANCE);
    }

    /**
     * Tries to get the lock until the wait limit of the options. One round trip for each try, of which the last begins at the
     * limit: a store that does not answer may add the time of one call.
     *
     * @param name not blank, at most 256 bytes of UTF-8, no braces, no control characters
     * @throws IllegalArgumentException if the name breaks its rule, or the options are null
     */
    public LockAttempt tryLock(String name, LockOptions options) {
        LockNames.require(name);
        return attempt(name, options, deadline(options));
    }

    /**
     * Tries to get all of them within the one wait limit of the options, or none (K9). They are taken one after the other in
     * the order of their names, for everybody the same, so that no two wait for each other; those that were got are kept
     * meanwhile, and let go if another is not to be had. One round trip for each lock and try.
     *
     * @param names at least one; each once, in whatever order
     * @throws IllegalArgumentException if a name breaks the rule of {@link #tryLock}, or there is none
     */
    public LockAllAttempt tryLockAll(Collection<String> names, LockOptions options) {
        List<String> inOrder = LockNames.inOrder(names);
        long deadline = deadline(options);
        List<HeldLock> held = new ArrayList<>(inOrder.size());
        for (String name : inOrder) {
            LockAttempt attempt = attempt(name, options, deadline);
            if (attempt instanceof NotAcquired why) {
                new HeldLocks(held).close();
                return why;
            }
            held.add(((Acquired) attempt).lock());
        }
        return new AllAcquired(new HeldLocks(held));
    }

    /**
     * Runs the action with the lock, and lets go in every case; what the action throws passes as it is. That the lock was
     * lost meanwhile changes neither: an action that cares asks {@link HeldLock#isHeld}. Two round trips beside the waiting.
     *
     * @return what the action returned
     * @throws LockNotAcquiredException if there was no lock: the action was not run
     */
    public <T extends @Nullable Object, E extends Exception> T withLock(
            String name, LockOptions options, LockedAction<T, E> action) throws E {
        requireAction(action);
        LockAttempt attempt = tryLock(name, options);
        if (attempt instanceof NotAcquired why) {
            throw new LockNotAcquiredException(why);
        }
        return run((Acquired) attempt, action);
    }

    /** {@link #withLock} for those who do something else where there is no lock. */
    public <T extends @Nullable Object, E extends Exception> LockResult<T> tryWithLock(
            String name, LockOptions options, LockedAction<T, E> action) throws E {
        requireAction(action);
        LockAttempt attempt = tryLock(name, options);
        return attempt instanceof NotAcquired why ? new NotDone<>(why) : new Done<>(run((Acquired) attempt, action));
    }

    private static <T extends @Nullable Object, E extends Exception> T run(Acquired acquired, LockedAction<T, E> action)
            throws E {
        try (HeldLock lock = acquired.lock()) {
            return action.run(lock);
        }
    }

    /** What was counted here. No I/O. */
    public LockStats stats() {
        return parts.counters().snapshot();
    }

    /** Has somebody told how each attempt ends from now on, each lock of several being an attempt of its own. */
    public void observe(LockObserver observer) {
        if (observer == null) {
            throw new IllegalArgumentException("observer is null");
        }
        parts.counters().observers.add(observer);
    }

    private LockAttempt attempt(String name, LockOptions options, long deadline) {
        long start = parts.time().nanoTime();
        LockAttempt attempt = new Taking(parts, name, options).until(deadline);
        parts.counters().ended(attempt, parts.time().nanoTime() - start);
        return attempt;
    }

    private long deadline(LockOptions options) {
        if (options == null) {
            throw new IllegalArgumentException("options are null: say at least how long the lease is");
        }
        return parts.time().nanoTime() + options.waitAtMost().toNanos();
    }

    private static void requireAction(LockedAction<?, ?> action) {
        if (action == null) {
            throw new IllegalArgumentException("action is null");
        }
    }

    @Override
    public String toString() {
        return "Locks[" + store + "]";
    }
}
