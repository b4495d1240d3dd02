package io.cacheport.spi;

import io.cacheport.lease.Leases;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What an implementation of {@link Leases#changes} counts with: keys share {@value #STRIPES} counters, and each change is
 * counted after it was made. Thread-safe.
 *
 * @since 0.1
 */
public final class ChangeCounter {

    private static final int STRIPES = 256;

    private final AtomicLongArray counts = new AtomicLongArray(STRIPES);

    /** All at zero. */
    public ChangeCounter() {}

    /** The key was set or removed. */
    public void changed(String key) {
        counts.incrementAndGet(stripe(key));
    }

    /** Any key may have been. */
    public void allChanged() {
        for (int i = 0; i < STRIPES; i++) {
            counts.incrementAndGet(i);
        }
    }

    /** See {@link Leases#changes}. */
    public long of(String key) {
        return counts.get(stripe(key));
    }

    private static int stripe(String key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & STRIPES - 1;
    }
}
