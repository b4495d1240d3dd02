package io.cacheport.lock;

/** What all locks of one {@link Locks} have in common. */
record LockParts(LockStore store, LockTime time, LockCounters counters, Leftovers leftovers) {

    static LockParts of(LockStore store, LockTime time) {
        return new LockParts(store, time, new LockCounters(), new Leftovers(store, time));
    }
}
