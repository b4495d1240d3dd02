package io.cacheport.lock;

import io.cacheport.CacheException;
import java.time.Duration;

/**
 * What an adapter gives so that there are locks: three steps, each made at once or not at all, by the rules in {@link
 * io.cacheport.lock}. Names and durations have been checked. Locks are kept apart from the cache's entries: {@code flush}
 * and {@code clear} do not reach them (K7). Thread-safe.
 *
 * @since 0.1
 */
public interface LockStore {

    /**
     * Takes the lock for a time, unless another token has it (K1, K4, K5). One round trip.
     *
     * @param token 32 hexadecimal digits, like no other
     * @param lease how long it is held unless renewed, positive; a fraction of a millisecond rounds up
     * @throws CacheException if the store cannot be asked, and nothing was taken; else {@link LockAnswer.Unknown}
     */
    LockAnswer take(String name, String token, Duration lease);

    /**
     * Lets the lock live for that long from now on, if this token has it and it would end sooner (K6); whether it has it. One
     * round trip.
     *
     * @throws CacheException if the store cannot be asked; it may have been done
     */
    boolean renew(String name, String token, Duration lease);

    /**
     * Ends the lock if this token has it (K3); whether it had. One round trip.
     *
     * @throws CacheException if the store cannot be asked; it may have been done
     */
    boolean release(String name, String token);
}
