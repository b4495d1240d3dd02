package io.cacheport.spi;

import io.cacheport.CacheServicePort;
import java.time.Duration;

/**
 * The rule for TTLs (P7, P24): positive, counted in milliseconds, fractions rounded up, at most {@link
 * CacheServicePort#MAX_TTL}.
 *
 * @since 0.1
 */
public final class CacheTtl {

    private static final int NANOS_IN_A_MILLI = 1_000_000;
    private static final long MAX_MILLIS = CacheServicePort.MAX_TTL.toMillis();

    private CacheTtl() {}

    /**
     * The TTL in milliseconds, between 1 and the maximum.
     *
     * @throws IllegalArgumentException naming the TTL, if it is null, zero or negative
     */
    public static long toMillis(Duration ttl) {
        if (ttl == null) {
            throw new IllegalArgumentException("ttl is null: every entry has a TTL");
        }
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException("ttl " + ttl + " is not positive");
        }
        if (ttl.compareTo(CacheServicePort.MAX_TTL) >= 0) {
            return MAX_MILLIS;
        }
        long millis = ttl.toMillis();
        return ttl.toNanosPart() % NANOS_IN_A_MILLI == 0 ? millis : millis + 1;
    }
}
