package io.cacheport.events;

/**
 * What became of an event. In each case this process' caches have been rid of what the rules name (E1).
 *
 * @since 0.1
 */
public enum Published {
    /** It is in the log: every other process gets it at least once. */
    APPLIED,
    /** The store is away: it waits in this process, and is lost to the others if the process dies before the store is back. */
    PENDING,
    /** The store is away and as many events wait as may: the others do not get it. */
    REFUSED
}
