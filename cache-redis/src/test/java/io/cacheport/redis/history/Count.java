package io.cacheport.redis.history;

/** What each JVM counts. */
enum Count {
    /** Calls, of whatever operation. */
    OPERATIONS,
    /** Values that were read, and compared with what they may be. */
    VALUES,
    /** Calls of loaders, a key each. */
    LOADS,
    /** Of them, without a lease, since the cache could not be asked. */
    UNLEASED,
    /** Loads of a key that another was loading, for whatever reason. */
    OVERLAPPING,
    /** Loads that threw. */
    FAILED_LOADS,
    /** Values that were stored. */
    FILLS,
    /** Values that were not, since the lease had ended. */
    REFUSALS,
    /** Keys whose removal was acknowledged. */
    REMOVALS,
    /** Keys whose removal was kept for later. */
    KEPT,
    /** Removals of which nothing is known. */
    UNKNOWN,
    /** The slowest call, of those during which its JVM was not stopped. */
    LONGEST_NANOS
}
