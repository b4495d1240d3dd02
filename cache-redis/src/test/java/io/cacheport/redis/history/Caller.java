package io.cacheport.redis.history;

import io.cacheport.lease.Lease;
import io.cacheport.redis.history.Loads.Ground;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A thread of a JVM of the history, and the call it is making. */
final class Caller {

    /** Among all threads of all JVMs. */
    final int thread;

    /** The keys of the call; empty outside of one. For other threads to see. */
    volatile List<Key> keys = List.of();

    /**
     * Since when a failure of the cache may be why this call is not under a lease: from its own beginning, or from that of the
     * call whose end it may be waiting for.
     */
    volatile long excusedSince;

    long begun;

    /** A key that is leased, and that nobody loads; null if the call knows of none. */
    @Nullable
    Key idle;

    long idleSince;

    /** How often the call's own loader was called. */
    int loads;

    /** What the call's own loader threw. */
    @Nullable
    MarkedException thrown;

    /** What it has leases for and has not begun to load. */
    private final Map<Key, Ground> leased = new HashMap<>();

    /** Those that it has neither filled nor released. */
    private final Map<Lease, Ground> leases = new HashMap<>();

    Caller(int thread) {
        this.thread = thread;
    }

    void begin(List<Key> keys, Iterable<Caller> others) {
        begun = System.nanoTime();
        loads = 0;
        thrown = null;
        idle = null;
        long since = begun;
        for (Caller other : others) {
            if (other != this && other.keys.stream().anyMatch(keys::contains)) {
                since = Math.min(since, other.excusedSince);
            }
        }
        this.excusedSince = since;
        this.keys = keys; // after the look at the others: whom they do not see yet, they cannot be waiting for
    }

    void end() {
        keys = List.of();
        leased.clear();
        leases.clear();
    }

    boolean isInside() {
        return !keys.isEmpty();
    }

    void granted(Key key, Lease lease, Ground ground) {
        leased.put(key, ground);
        leases.put(lease, ground);
    }

    /** Once for each lease. */
    @Nullable
    Ground toLoad(Key key) {
        return leased.remove(key);
    }

    /** Once for each lease. */
    @Nullable
    Ground toFill(Lease lease) {
        return leases.remove(lease);
    }
}
