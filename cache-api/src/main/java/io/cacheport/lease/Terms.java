package io.cacheport.lease;

import io.cacheport.CacheServicePort;
import io.cacheport.spi.CacheTtl;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * On what terms a value is stored.
 *
 * @param fresh its TTL, positive
 * @param stale how long it is kept after that for those who ask for stale values; zero for not at all
 * @param loadTime how long it took to load; zero if nobody is to know
 * @param version the version it has at its source, for {@link OrderedWrites}; null if it has none
 * @param tags the stamps that its tags had before it was loaded, by tag (L12)
 * @since 0.1
 */
public record Terms(
        Duration fresh,
        Duration stale,
        Duration loadTime,
        @Nullable Long version,
        Map<String, String> tags) {

    /** Checks them, in milliseconds rounded up; together they are at most {@link CacheServicePort#MAX_TTL}. */
    public Terms {
        fresh = Duration.ofMillis(CacheTtl.toMillis(fresh));
        stale = rounded("stale", stale);
        loadTime = rounded("load time", loadTime);
        if (fresh.plus(stale).compareTo(CacheServicePort.MAX_TTL) > 0) {
            stale = CacheServicePort.MAX_TTL.minus(fresh);
        }
        tags = Map.copyOf(tags);
    }

    /** A TTL and nothing else. */
    public static Terms of(Duration ttl) {
        return new Terms(ttl, Duration.ZERO, Duration.ZERO, null, Map.of());
    }

    /** How long it is there at all. */
    public Duration life() {
        return fresh.plus(stale);
    }

    /** Whether there is a TTL and nothing else. */
    public boolean isPlain() {
        return stale.isZero() && loadTime.isZero() && version == null && tags.isEmpty();
    }

    private static Duration rounded(String what, Duration time) {
        if (time == null || time.isNegative()) {
            throw new IllegalArgumentException(what + " " + time + " is negative: zero is for none");
        }
        return time.isZero() ? time : Duration.ofMillis(CacheTtl.toMillis(time));
    }
}
