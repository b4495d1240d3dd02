package io.cacheport.aside;

import io.cacheport.spi.CacheTtl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one kind are cached. Immutable; each method gives a changed copy.
 *
 * @param ttl how long a value is served, positive
 * @param negativeTtl how long the answer "there is none" is served, or null to ask the loader every time
 * @since 0.1
 */
public record CachePolicy(Duration ttl, @Nullable Duration negativeTtl) {

    /**
     * Checks the durations.
     *
     * @throws IllegalArgumentException if one is not positive, naming it
     */
    public CachePolicy {
        CacheTtl.toMillis(ttl);
        if (negativeTtl != null) {
            CacheTtl.toMillis(negativeTtl);
        }
    }

    /** Values live this long; nulls are not cached. */
    public static CachePolicy ttl(Duration ttl) {
        return new CachePolicy(ttl, null);
    }

    /** This policy, with nulls cached this long. */
    public CachePolicy negativeTtl(Duration negativeTtl) {
        CacheTtl.toMillis(negativeTtl);
        return new CachePolicy(ttl, negativeTtl);
    }
}
