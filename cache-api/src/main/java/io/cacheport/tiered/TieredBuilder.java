package io.cacheport.tiered;

import io.cacheport.CacheServicePort;
import io.cacheport.lease.LeasedCache;
import io.cacheport.lease.Leases;
import io.cacheport.spi.CacheTtl;
import io.cacheport.tiered.FeedSource.Wanted;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a near cache. Each is checked when it is given, contradictions when the cache is made. Not thread-safe.
 *
 * @since 0.1
 */
public final class TieredBuilder {

    /** How stale a copy may be, unless said otherwise. */
    public static final Duration DEFAULT_BOUND = Duration.ofSeconds(1);

    /** How long a copy lives at most, unless said otherwise. */
    public static final Duration DEFAULT_NEAR_TTL = Duration.ofSeconds(30);

    private static final Duration SHORTEST_BOUND = Duration.ofMillis(100);
    private static final Duration LONGEST_BOUND = Duration.ofMinutes(1);

    private final CacheServicePort near;
    private final NearStore store;
    private Duration nearTtl = DEFAULT_NEAR_TTL;
    private @Nullable Duration bound;
    private boolean orPubSub;
    private @Nullable Duration shortTtl;
    private boolean servesWhileDown;
    private boolean made;

    TieredBuilder(CacheServicePort near, NearStore store) {
        this.near = near;
        this.store = store;
    }

    /**
     * How long after a change, by anyone, its old value may still be read near (N3), 1 s; from 100 ms to 1 min. It is what
     * happens when messages are held up or lost: otherwise a change is seen within a few milliseconds. The store is asked for a
     * proof four times in that time.
     */
    public TieredBuilder stalenessBound(Duration stalenessBound) {
        if (stalenessBound == null
                || stalenessBound.compareTo(SHORTEST_BOUND) < 0
                || stalenessBound.compareTo(LONGEST_BOUND) > 0) {
            throw new IllegalArgumentException("stalenessBound " + stalenessBound + " is not from 100 ms to 1 min");
        }
        this.bound = stalenessBound;
        return this;
    }

    /** How long a copy lives at most (N5), 30 s; it never outlives what it is a copy of. */
    public TieredBuilder nearTtl(Duration nearTtl) {
        CacheTtl.toMillis(nearTtl);
        this.nearTtl = nearTtl;
        return this;
    }

    /**
     * Allows {@link Coherence#PUBSUB} where the store cannot track what it is read: Redis before 6, a proxy without RESP3. Then
     * a change by another program, or by a cache without a near cache, is seen when the near TTL ends, as is one whose message
     * was lost.
     */
    public TieredBuilder orPubSub() {
        this.orPubSub = true;
        return this;
    }

    /** Allows {@link Coherence#SHORT_TTL} where there is nothing better: a copy lives for so long then, and is not invalidated. */
    public TieredBuilder orShortTtl(Duration shortTtl) {
        CacheTtl.toMillis(shortTtl);
        this.shortTtl = shortTtl;
        return this;
    }

    /**
     * Serves what was proven until the bound has passed, after the connection that proved it was lost; otherwise it is a miss
     * at once.
     */
    public TieredBuilder serveWhileDown() {
        this.servesWhileDown = true;
        return this;
    }

    /**
     * The near cache, in front of this store, which it closes when it is closed. It listens within the store's connect timeout
     * if the store answers; otherwise it reads the store alone until it does.
     *
     * @throws IllegalArgumentException if the store cannot say what changes in it and no weaker way was allowed, or if the
     *     staleness bound cannot be kept in a way that was
     * @throws IllegalStateException if this has made one already: copies of two stores would be under one key
     */
    public TieredCache far(CacheServicePort far) {
        if (far == null) {
            throw new IllegalArgumentException("far is null: pass the store that the copies are of");
        }
        if (bound != null && orPubSub && nearTtl.compareTo(bound) > 0) {
            throw new IllegalArgumentException(
                    "stalenessBound " + bound + " cannot be kept with orPubSub() and nearTtl " + nearTtl
                            + ": what others change is seen when that ends");
        }
        if (bound != null && shortTtl != null && shortTtl.compareTo(bound) > 0) {
            throw new IllegalArgumentException("stalenessBound " + bound + " cannot be kept with orShortTtl(" + shortTtl
                    + "): a change is seen when that ends");
        }
        if (made) {
            throw new IllegalStateException(near + " is the near cache of another store already: give each its own");
        }
        Duration proofBound = bound == null ? DEFAULT_BOUND : bound;
        Waits waits = new Waits();
        NearChanges changes = new NearChanges(store, waits);
        InvalidationFeed feed = far instanceof FeedSource source
                ? source.feed(new Wanted(proofBound, orPubSub, shortTtl, servesWhileDown), changes)
                : untracked(far);
        made = true;
        return new TieredCache(near, far, new NearTier(store, feed, waits, nearTtl), proofBound);
    }

    private InvalidationFeed untracked(CacheServicePort far) {
        Leases leases = far instanceof LeasedCache leased ? leased.leases() : null;
        if (leases == null) {
            throw new IllegalArgumentException(
                    far.getClass().getName()
                            + " is no store that a near cache can be in front of: it neither says what changes nor gives leases");
        }
        if (shortTtl == null) {
            throw new IllegalArgumentException(far.getClass().getName()
                    + " does not say what changes in it: allow a near cache that does not hear of it with orShortTtl");
        }
        return new UntrackedFeed(leases, shortTtl);
    }
}
