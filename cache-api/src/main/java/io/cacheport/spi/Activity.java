package io.cacheport.spi;

/**
 * What takes time, of which a {@link CacheObserver} is told: a closed set, so that it can be a tag.
 *
 * @since 0.1
 */
public enum Activity {
    /** A call of a loader. */
    LOAD,
    /** A question to the store, for one key or many. */
    FAR_READ,
    /** Storing in it, be it values, structures, locks or events. */
    FAR_WRITE,
    /** Removing from it. */
    FAR_REMOVAL,
    /** Taking a lease. */
    FAR_LEASE,
    /** A caller's waiting for a load in another process. */
    LEASE_WAIT,
    /** A caller's waiting for another caller of this process. */
    FLIGHT_WAIT
}
