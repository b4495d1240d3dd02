package io.cacheport.lease;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names one attempt to load, or one act of storing. No two are equal, in one process or several, so that what was seen once
 * is never taken for what came later.
 *
 * @param process random for each process
 * @param number counts in it
 * @since 0.1
 */
public record Stamp(long process, long number) {

    private static final long PROCESS = new SecureRandom().nextLong();
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** One like no other. */
    public static Stamp next() {
        return new Stamp(PROCESS, NUMBERS.incrementAndGet());
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return String.format("%016x%016x", process, number);
    }
}
