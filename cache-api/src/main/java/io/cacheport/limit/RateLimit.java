package io.cacheport.limit;

import io.cacheport.CacheServicePort;
import io.cacheport.spi.CacheTtl;
import io.cacheport.structure.Structures;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * So many per key in a period, counted for all processes whose caches have the same store and prefix.
 *
 * <pre>{@code
 * RateLimit limit = RateLimit.of(cache).allow(100).per(Duration.ofMinutes(1));
 *
 * Decision decision = limit.tryAcquire(RATE.key(organisation, address));
 * if (!decision.isAllowed()) {
 *     return tooManyRequests(decision.retryAfter());
 * }
 * }</pre>
 *
 * <p>The windows are fixed, with what that means: see {@link io.cacheport.limit}. The counter is an entry of the cache: an
 * eviction, {@code flush} or {@code clear} that reaches it begins a new window, and limits of different numbers need different
 * keys. It keeps honest callers within bounds; what must never be exceeded is not for a cache to count.
 *
 * <p>Thread-safe; made once and shared.
 *
 * @since 0.1
 */
public final class RateLimit {

    private final CacheServicePort cache;
    private final Structures counters;
    private final long limit;
    private final Duration period;
    private final boolean failsClosed;
    private final LongAdder allowed = new LongAdder();
    private final LongAdder denied = new LongAdder();
    private final LongAdder unknown = new LongAdder();

    private RateLimit(Builder builder, Duration period, boolean failsClosed) {
        this.cache = builder.cache;
        this.counters = builder.counters;
        this.limit = builder.limit;
        this.period = period;
        this.failsClosed = failsClosed;
    }

    /**
     * Begins a limit that counts in this cache. No I/O. Over a strict view {@link #tryAcquire} throws a {@link
     * io.cacheport.CacheException} where it would be {@link Decision.Unknown}.
     *
     * @throws IllegalArgumentException if the cache has no counters
     */
    public static Builder of(CacheServicePort cache) {
        return new Builder(cache, Structures.of(cache), 0);
    }

    /** This limit, but denying where the cache cannot be asked; otherwise it allows then. */
    public RateLimit failClosed() {
        return new RateLimit(new Builder(cache, counters, limit), period, true);
    }

    /**
     * Counts one attempt at the key and tells whether it is within the limit. One round trip if it is, two if not.
     *
     * @param key of the cache, such as one of a {@link io.cacheport.key.KeySpace}; nothing else may be stored under it
     */
    public Decision tryAcquire(String key) {
        OptionalLong count = counters.increment(key, 1, period);
        if (count.isEmpty()) {
            unknown.increment();
            return new Decision.Unknown(!failsClosed);
        }
        long remaining = limit - count.getAsLong();
        if (remaining >= 0) {
            allowed.increment();
            return new Decision.Allowed(remaining);
        }
        denied.increment();
        return new Decision.Denied(rest(key));
    }

    /** What was decided here. No I/O. */
    public LimitStats stats() {
        return new LimitStats(allowed.sum(), denied.sum(), unknown.sum());
    }

    private Duration rest(String key) {
        Duration rest = cache.ttl(key).orElse(Duration.ZERO);
        if (rest.equals(CacheServicePort.NO_EXPIRY)) { // made by something else: it would deny for ever
            cache.expire(key, period);
            return period;
        }
        return rest;
    }

    @Override
    public String toString() {
        return "RateLimit[" + limit + " per " + period + (failsClosed ? ", fails closed]" : "]");
    }

    /** Collects what a limit is. Immutable; each method gives a changed copy. */
    public static final class Builder {

        private final CacheServicePort cache;
        private final Structures counters;
        private final long limit;

        private Builder(CacheServicePort cache, Structures counters, long limit) {
            this.cache = cache;
            this.counters = counters;
            this.limit = limit;
        }

        /**
         * How many are allowed in a window.
         *
         * @param limit 1 or more
         */
        public Builder allow(long limit) {
            if (limit < 1) {
                throw new IllegalArgumentException("limit " + limit + " is less than 1");
            }
            return new Builder(cache, counters, limit);
        }

        /**
         * The limit, with windows of this length.
         *
         * @param period positive, at most {@link CacheServicePort#MAX_TTL}
         * @throws IllegalArgumentException also if {@link #allow} was not called
         */
        public RateLimit per(Duration period) {
            CacheTtl.toMillis(period);
            if (period.compareTo(CacheServicePort.MAX_TTL) > 0) {
                throw new IllegalArgumentException("period " + period + " is more than " + CacheServicePort.MAX_TTL);
            }
            if (limit == 0) {
                throw new IllegalArgumentException("no limit per " + period + ": call allow first");
            }
            return new RateLimit(this, period, false);
        }
    }
}
