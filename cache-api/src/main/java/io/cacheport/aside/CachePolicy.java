package io.cacheport.aside;

import io.cacheport.spi.CacheTtl;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one kind are cached. Immutable; each method gives a changed copy.
 *
 * <pre>{@code
 * CachePolicy.ttl(Duration.ofHours(1)).negativeTtl(Duration.ofSeconds(30)).jitter(0.2)
 * }</pre>
 *
 * @since 0.1
 */
public final class CachePolicy {

    /** The jitter unless said otherwise: a TTL is shortened by up to a tenth. */
    public static final double DEFAULT_JITTER = 0.1;

    private final Duration ttl;
    private final @Nullable Duration negativeTtl;
    private final double jitter;

    private CachePolicy(Duration ttl, @Nullable Duration negativeTtl, double jitter) {
        this.ttl = ttl;
        this.negativeTtl = negativeTtl;
        this.jitter = jitter;
    }

    /**
     * Values live this long at most; nulls are not cached; the jitter is {@value #DEFAULT_JITTER}.
     *
     * @param ttl how long a value is served, positive
     */
    public static CachePolicy ttl(Duration ttl) {
        CacheTtl.toMillis(ttl);
        return new CachePolicy(ttl, null, DEFAULT_JITTER);
    }

    /**
     * This policy, with nulls cached.
     *
     * @param negativeTtl how long the answer "there is none" is served, positive
     */
    public CachePolicy negativeTtl(Duration negativeTtl) {
        CacheTtl.toMillis(negativeTtl);
        return new CachePolicy(ttl, negativeTtl, jitter);
    }

    /**
     * This policy, with each TTL shortened by a random part, so that what was stored at once does not expire at once. It
     * only shortens: the TTL stays the longest that a value is served.
     *
     * @param jitter the largest part, from 0, for none, to 1
     */
    public CachePolicy jitter(double jitter) {
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter " + jitter + " is not from 0 to 1");
        }
        return new CachePolicy(ttl, negativeTtl, jitter);
    }

    /** How long a value is served at most. */
    public Duration ttl() {
        return ttl;
    }

    /** How long a null is served at most, or null if it is not cached. */
    public @Nullable Duration negativeTtl() {
        return negativeTtl;
    }

    /** The largest part by which a TTL is shortened. */
    public double jitter() {
        return jitter;
    }

    /** For a value about to be stored: its TTL less a random part, or null if it is not stored. */
    @Nullable
    Duration ttlOf(@Nullable Object value) {
        Duration full = value == null ? negativeTtl : ttl;
        return full == null || jitter == 0
                ? full
                : shortened(full, jitter * ThreadLocalRandom.current().nextDouble());
    }

    private static Duration shortened(Duration full, double part) {
        long millis = CacheTtl.toMillis(full);
        return Duration.ofMillis(Math.max(1, millis - (long) (millis * part)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CachePolicy that
                && ttl.equals(that.ttl)
                && Objects.equals(negativeTtl, that.negativeTtl)
                && Double.compare(jitter, that.jitter) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(ttl, negativeTtl, jitter);
    }

    @Override
    public String toString() {
        return "CachePolicy[ttl " + ttl + (negativeTtl == null ? "" : ", negativeTtl " + negativeTtl) + ", jitter "
                + jitter + "]";
    }
}
