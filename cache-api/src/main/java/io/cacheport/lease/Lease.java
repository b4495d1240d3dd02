package io.cacheport.lease;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The right to fill one key, for a time. No two are equal, in one process or several: the first half of the token is
 * random for each process, the second counts.
 *
 * @param key the key it is for
 * @param process the token's first half
 * @param number the token's second half
 * @param time how long it lives unless renewed
 * @since 0.1
 */
public record Lease(String key, long process, long number, Duration time) {

    private static final long PROCESS = new SecureRandom().nextLong();
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** A lease like no other: one for each attempt to load. */
    public static Lease of(String key, Duration time) {
        return new Lease(key, PROCESS, NUMBERS.incrementAndGet(), time);
    }
}
