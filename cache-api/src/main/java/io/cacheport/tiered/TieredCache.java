package io.cacheport.tiered;

import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.Glob;
import io.cacheport.RateWindow;
import io.cacheport.TypeRef;
import io.cacheport.behind.BufferingCache;
import io.cacheport.behind.WriteBuffers;
import io.cacheport.events.EventLog;
import io.cacheport.events.EventLoggingCache;
import io.cacheport.health.Degradation;
import io.cacheport.health.Diagnosed;
import io.cacheport.lease.LeasedCache;
import io.cacheport.lease.Leases;
import io.cacheport.lease.Sighting;
import io.cacheport.lock.LockStore;
import io.cacheport.lock.LockingCache;
import io.cacheport.spi.CacheKeys;
import io.cacheport.spi.CacheTelemetry;
import io.cacheport.spi.Confidential;
import io.cacheport.spi.LoadLimit;
import io.cacheport.spi.LoadLimited;
import io.cacheport.spi.LocalReads;
import io.cacheport.spi.ObservedCache;
import io.cacheport.spi.StatsCounter;
import io.cacheport.structure.StructuredCache;
import io.cacheport.structure.Structures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store with a near cache in front of it, by the rules N1 to N7 in {@link io.cacheport.tiered}. What is read is looked for
 * near first, which costs no round trip; what changes anything goes to the store. A read that is not near costs what the
 * store's does, and one command more for what remains of the TTL.
 *
 * <p>The strict view reads near too, and keeps no copies of its own reads.
 *
 * @since 0.1
 */
public final class TieredCache
        implements CacheServicePort,
                LocalReads,
                LeasedCache,
                LoadLimited,
                StructuredCache,
                BufferingCache,
                EventLoggingCache,
                Confidential,
                LockingCache,
                ObservedCache,
                Diagnosed {

    /** Tells "nothing near" from a cached null. */
    private static final Object MISSING = new Object();

    private final CacheServicePort near;
    private final CacheServicePort far;
    private final NearTier tier;
    private final Duration bound;
    private final @Nullable Leases leases;
    private final CacheTelemetry telemetry;
    private final boolean strict;
    private final TieredCache otherView;

    TieredCache(CacheServicePort near, CacheServicePort far, NearTier tier, Duration bound) {
        this.near = near;
        this.far = far;
        this.tier = tier;
        this.bound = bound;
        Leases farLeases = far instanceof LeasedCache leased ? leased.leases() : null;
        this.leases = farLeases == null ? null : new TieredLeases(farLeases, tier);
        CacheTelemetry ofTheStore = CacheTelemetry.of(far);
        this.telemetry = ofTheStore == null ? new CacheTelemetry(new StatsCounter()) : ofTheStore;
        this.strict = false;
        this.otherView = new TieredCache(this);
    }

    private TieredCache(TieredCache plain) {
        this.near = plain.near;
        this.far = plain.far.strict();
        this.tier = plain.tier;
        this.bound = plain.bound;
        this.leases = plain.leases;
        this.telemetry = plain.telemetry;
        this.strict = true;
        this.otherView = this;
    }

    @Override
    public <T> @Nullable T getIfLocal(String key, TypeRef<T> type, @Nullable T missing) {
        return key == null ? missing : tier.local(key, type, missing);
    }

    @Override
    @SuppressWarnings("unchecked") // the mark is compared, never handed out
    public <T> @Nullable T getOrDefault(String key, TypeRef<T> type, @Nullable T missing) {
        requireType(type);
        Object there = getIfLocal(key, (TypeRef<Object>) type, MISSING);
        if (there != MISSING) {
            return (T) there;
        }
        if (strict) {
            return far.getOrDefault(key, type, missing);
        }
        try {
            Sighting<T> seen = tier.look(key, type, false, List.of());
            return seen == null ? missing : seen.value();
        } catch (CacheException ill) {
            return missing; // counted and logged by the store
        }
    }

    @Override
    @SuppressWarnings("unchecked") // as above
    public <T> Map<String, @Nullable T> getAll(Collection<String> keys, TypeRef<T> type) {
        Collection<String> distinct = CacheKeys.requireAll(keys);
        requireType(type);
        Map<String, @Nullable T> found = new LinkedHashMap<>();
        List<String> notNear = new ArrayList<>();
        for (String key : distinct) {
            Object there = getIfLocal(key, (TypeRef<Object>) type, MISSING);
            if (there == MISSING) {
                notNear.add(key);
            }
            found.put(key, there == MISSING ? null : (T) there); // for the order
        }
        if (notNear.isEmpty()) {
            return found;
        }
        Map<String, @Nullable T> far = farAll(notNear, type);
        for (String key : notNear) {
            if (far.containsKey(key)) {
                found.put(key, far.get(key));
            } else {
                found.remove(key);
            }
        }
        return found;
    }

    private <T> Map<String, @Nullable T> farAll(List<String> keys, TypeRef<T> type) {
        if (strict) {
            return far.getAll(keys, type);
        }
        Map<String, @Nullable T> found = new LinkedHashMap<>();
        tier.lookAll(keys, type, false, List.of()).forEach((key, seen) -> {
            if (seen != null) {
                found.put(key, seen.value());
            }
        });
        return found;
    }

    @Override
    public void set(String key, @Nullable Object value, Duration ttl) {
        CacheKeys.require(key);
        try {
            far.set(key, value, ttl);
        } finally {
            tier.changed(key);
        }
    }

    @Override
    public void setAll(Map<String, ?> values, Duration ttl) {
        try {
            far.setAll(values, ttl);
        } finally {
            if (values != null) {
                tier.changed(keysOf(values));
            }
        }
    }

    /** A bad argument has been refused by then. */
    private static <K> List<K> keysOf(Map<K, ?> values) {
        return values.keySet().stream().filter(Objects::nonNull).toList();
    }

    @Override
    public boolean del(String key) {
        CacheKeys.require(key);
        try {
            return far.del(key);
        } finally {
            tier.changed(key);
        }
    }

    @Override
    public long del(Collection<String> keys) {
        List<String> distinct = List.copyOf(CacheKeys.requireAll(keys));
        try {
            return far.del(distinct);
        } finally {
            tier.changed(distinct);
        }
    }

    @Override
    public boolean exists(String key) {
        return far.exists(key);
    }

    @Override
    public Optional<Duration> ttl(String key) {
        return far.ttl(key);
    }

    @Override
    public boolean expire(String key, Duration ttl) {
        CacheKeys.require(key);
        try {
            return far.expire(key, ttl);
        } finally {
            tier.changed(key);
        }
    }

    @Override
    public long flush(String glob) {
        Glob matching = Glob.of(glob);
        try {
            return far.flush(glob);
        } finally {
            tier.changed(matching);
        }
    }

    @Override
    public long clear() {
        try {
            return far.clear();
        } finally {
            tier.changed(Glob.of("*"));
        }
    }

    @Override
    public boolean isConnected() {
        return far.isConnected();
    }

    /** {@inheritDoc} The store's, with what was hit near. */
    @Override
    public CacheStats getStats() {
        return withNear(far.getStats());
    }

    @Override
    public CacheStats knownStats() {
        return withNear(Diagnosed.statsOf(far));
    }

    private CacheStats withNear(CacheStats store) {
        CacheStats copies = nearStats();
        return new CacheStats(
                store.hits() + copies.hits(),
                store.misses(),
                store.sets(),
                store.deletes(),
                store.errors(),
                store.keys(),
                store.evictions(),
                withNearHits(store.recent(), copies.recent()));
    }

    private static List<RateWindow> withNearHits(List<RateWindow> store, List<RateWindow> near) {
        if (store.size() != near.size()) {
            return store; // another's, who keeps no count, or of other windows
        }
        List<RateWindow> both = new ArrayList<>(store.size());
        for (int i = 0; i < store.size(); i++) {
            RateWindow one = store.get(i);
            both.add(new RateWindow(
                    one.window(),
                    one.covered(),
                    one.hits() + near.get(i).hits(),
                    one.misses(),
                    one.sets(),
                    one.deletes(),
                    one.errors()));
        }
        return both;
    }

    /** The store's, so that what is counted there and what the engine counts here are together. */
    @Override
    public CacheTelemetry telemetry() {
        return telemetry;
    }

    /** {@inheritDoc} The store's, else that the near tier is not served, or not for all nodes. */
    @Override
    public @Nullable Degradation degradation() {
        Degradation ofStore = Diagnosed.degradationOf(far);
        if (ofStore != null) {
            return ofStore;
        }
        FeedState feed = feedState();
        boolean served = feed.staleness() != null && feed.proofAges().size() >= feed.nodes();
        return served && feed.coherence() != Coherence.OFF ? null : Degradation.NEAR_NOT_SERVED;
    }

    /** Those of each tier, and how changes are heard of. One round trip per node, for the store's {@code keys}. */
    public TieredStats tieredStats() {
        return new TieredStats(nearStats(), far.getStats(), feedState());
    }

    /** Those of the near tier. No I/O. */
    public CacheStats nearStats() {
        return tier.near().stats();
    }

    /** How changes are heard of now. No I/O. */
    public FeedState feedState() {
        return tier.feed().state();
    }

    /** How stale a copy can be at most (N3). */
    public Duration stalenessBound() {
        return bound;
    }

    /** The store behind a near cache; any other cache as it is. */
    public static CacheServicePort storeOf(CacheServicePort cache) {
        return cache instanceof TieredCache tiered ? tiered.far() : cache;
    }

    /** The store. */
    public CacheServicePort far() {
        return far;
    }

    @Override
    public @Nullable Leases leases() {
        return leases;
    }

    /** The store's. */
    @Override
    public @Nullable LockStore lockStore() {
        return far instanceof LockingCache locking ? locking.lockStore() : null;
    }

    @Override
    public @Nullable LoadLimit loadLimit(String key) {
        return far instanceof LoadLimited limited ? limited.loadLimit(key) : null;
    }

    /** Those of the store, of which no copies are kept. */
    @Override
    public Structures structures() {
        return Structures.of(far);
    }

    /** Whether the store is; what is near is in this process. */
    @Override
    public boolean isConfidential() {
        return Confidential.is(far);
    }

    @Override
    public WriteBuffers writeBuffers() {
        if (far instanceof BufferingCache buffering) {
            return buffering.writeBuffers();
        }
        throw new IllegalArgumentException(far + " cannot keep what is to be written later");
    }

    /** The store's. */
    @Override
    public @Nullable EventLog eventLog() {
        return far instanceof EventLoggingCache logging ? logging.eventLog() : null;
    }

    @Override
    public CacheServicePort strict() {
        return otherView;
    }

    @Override
    public void close() {
        tier.feed().close();
        near.close();
        far.close();
    }

    @Override
    public String toString() {
        return "Tiered[near " + near + ", far " + far + ", bound " + bound.toMillis() + " ms]";
    }

    private static void requireType(TypeRef<?> type) {
        if (type == null) {
            throw new IllegalArgumentException("type is null: name the type of the value");
        }
    }
}
