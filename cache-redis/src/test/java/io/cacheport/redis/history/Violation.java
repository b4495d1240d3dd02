package io.cacheport.redis.history;

/** What must not happen, by the number of the invariant it breaks. */
enum Violation {
    STALE(1, "a version below the one whose removal had been acknowledged before the read began"),
    LOADED_AT_ONCE(2, "two loads of one key ran under leases of which neither can have ended"),
    LOADED_AGAIN(2, "a key was loaded though a value had been stored and nothing removed since"),
    LOADED_WITHOUT_LEASE(2, "a load without a lease, by a caller whom Redis had answered"),
    LOADED_TWICE(2, "one call called its loader twice"),
    REFUSED(2, "a value was not stored though nothing happened to its key since the lease was asked for"),
    WAITED_FOR_NOBODY(2, "a key was leased for long while nobody loaded it, though every JVM and Redis were well"),
    WRONG_FAILURE(2, "a loader's exception reached a caller who had not waited for it, or not the one who had"),
    EXCEPTION(3, "an exception of the cache's own reached a caller"),
    SLOW(3, "a call took longer than the longest wait and the longest load together"),
    FOREIGN(4, "a value of another key or type, or a version that does not exist yet"),
    LOST(5, "an invalidation was kept and not made after Redis was back");

    final int invariant;
    final String meaning;

    Violation(int invariant, String meaning) {
        this.invariant = invariant;
        this.meaning = meaning;
    }
}
