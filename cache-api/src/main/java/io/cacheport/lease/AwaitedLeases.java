package io.cacheport.lease;

/**
 * Capability of {@link Leases} whose end can be waited for, so that whoever waits for somebody else's load need not ask again
 * and again.
 *
 * @since 0.1
 */
public interface AwaitedLeases {

    /**
     * Waits until something has happened to the leased key, by anyone, or until the time is over, or until interrupted, which
     * leaves the flag set. One round trip. May return early.
     *
     * @return false, at once, if it would not be heard of: the caller has to wait by itself
     */
    boolean awaitChange(String key, long nanos);
}
