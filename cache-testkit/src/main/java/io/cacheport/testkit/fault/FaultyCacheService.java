package io.cacheport.testkit.fault;

import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.ErrorCause;
import io.cacheport.Glob;
import io.cacheport.TypeRef;
import io.cacheport.events.EventLog;
import io.cacheport.events.EventLoggingCache;
import io.cacheport.lease.LeasedCache;
import io.cacheport.lease.Leases;
import io.cacheport.lock.LockStore;
import io.cacheport.spi.CacheKeys;
import io.cacheport.spi.CacheTtl;
import io.cacheport.spi.ForwardingCacheService;
import io.cacheport.spi.LoadLimit;
import io.cacheport.spi.StatsCounter;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A cache that can be made ill, so that a service's test can see what the service does then: while {@link #down()}, reads
 * miss, writes are lost and removals find nothing, each a counted error (P22); in the strict view they throw. Nothing
 * reaches the cache behind meanwhile, so what was there is there again after {@link #up()}. While anything fails, loads are
 * limited (A10). Thread-safe.
 *
 * @since 0.1
 */
public final class FaultyCacheService extends ForwardingCacheService implements LeasedCache, EventLoggingCache {

    private final Illness illness;
    private final StatsCounter stats;
    private final boolean strict;
    private final @Nullable Leases leases;
    private final @Nullable LockStore locks;
    private final @Nullable EventLog events;

    /** Shared by the plain and the strict view. */
    private static final class Illness {
        final LoadLimit limit;

        /** Says for each operation whether it fails; null while none does. */
        volatile @Nullable BooleanSupplier fault;

        Illness(LoadLimit limit) {
            this.limit = limit;
        }

        boolean failsNow() {
            BooleanSupplier now = fault;
            return now != null && now.getAsBoolean();
        }
    }

    private FaultyCacheService(CacheServicePort delegate, Illness illness, StatsCounter stats, boolean strict) {
        super(delegate);
        this.illness = illness;
        this.stats = stats;
        this.strict = strict;
        Leases behind = delegate instanceof LeasedCache leased ? leased.leases() : null;
        this.leases = behind == null
                ? null
                : new FaultyLeases(behind, this::requireWell, this::requireWellForReading, this::failsReading);
        LockStore locksBehind = super.lockStore();
        this.locks = locksBehind == null ? null : new FaultyLocks(locksBehind, this::requireWell);
        EventLog eventsBehind = delegate instanceof EventLoggingCache logging ? logging.eventLog() : null;
        this.events = eventsBehind == null ? null : new FaultyEventLog(eventsBehind, this::requireWell);
    }

    /** In front of a healthy cache, and healthy itself until told otherwise; loads are limited as by default then. */
    public static FaultyCacheService over(CacheServicePort delegate) {
        return over(delegate, LoadLimit.ofDefaults());
    }

    /** The same with a limit of one's own for the loads while operations fail. */
    public static FaultyCacheService over(CacheServicePort delegate, LoadLimit limit) {
        if (limit == null) {
            throw new IllegalArgumentException("limit is null");
        }
        return new FaultyCacheService(delegate, new Illness(limit), new StatsCounter(), false);
    }

    /** From now on every operation fails. */
    public void down() {
        illness.fault = () -> true;
    }

    /** From now on none does. */
    public void up() {
        illness.fault = null;
    }

    /**
     * From now on each operation fails with this probability.
     *
     * @param probability between 0 and 1
     * @param random whose seed makes a run repeatable; thread-safe if the cache is used by several threads
     */
    public void failing(double probability, RandomGenerator random) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability " + probability + " is not between 0 and 1");
        }
        illness.fault = probability == 0 ? null : () -> random.nextDouble() < probability;
    }

    /** Whether this operation fails; counts it, and throws in the strict view. */
    private boolean fails(String operation) {
        return fails(operation, 0);
    }

    /** The same for a read of so many keys, which are misses then. */
    private boolean fails(String operation, int keysRead) {
        if (!illness.failsNow()) {
            return false;
        }
        counted(keysRead);
        if (strict) {
            throw madeToFail(operation);
        }
        return true;
    }

    private void counted(int keysRead) {
        stats.misses(keysRead);
        stats.error(ErrorCause.UNAVAILABLE);
    }

    private static CacheException madeToFail(String operation) {
        return CacheException.of(ErrorCause.UNAVAILABLE, "cache " + operation + " failed: made to", null);
    }

    private void requireWell(String operation) {
        if (failsReading(0)) {
            throw madeToFail(operation);
        }
    }

    private void requireWellForReading(String operation) {
        if (failsReading(1)) {
            throw madeToFail(operation);
        }
    }

    private boolean failsReading(int keys) {
        boolean fails = illness.failsNow();
        if (fails) {
            counted(keys);
        }
        return fails;
    }

    @Override
    public <T> @Nullable T getOrDefault(String key, TypeRef<T> type, @Nullable T missing) {
        CacheKeys.require(key);
        return fails("get", 1) ? missing : super.getOrDefault(key, type, missing);
    }

    @Override
    public <T> Map<String, @Nullable T> getAll(Collection<String> keys, TypeRef<T> type) {
        int distinct = CacheKeys.requireAll(keys).size();
        return distinct > 0 && fails("getAll", distinct) ? new LinkedHashMap<>() : super.getAll(keys, type);
    }

    @Override
    public void set(String key, @Nullable Object value, Duration ttl) {
        CacheKeys.require(key);
        CacheTtl.toMillis(ttl);
        if (!fails("set")) {
            super.set(key, value, ttl);
        }
    }

    @Override
    public void setAll(Map<String, ?> values, Duration ttl) {
        CacheTtl.toMillis(ttl);
        if (!fails("setAll")) {
            super.setAll(values, ttl);
        }
    }

    @Override
    public boolean del(String key) {
        CacheKeys.require(key);
        return !fails("del") && super.del(key);
    }

    @Override
    public long del(Collection<String> keys) {
        return CacheKeys.requireAll(keys).isEmpty() || fails("del") ? 0 : super.del(keys);
    }

    @Override
    public boolean exists(String key) {
        CacheKeys.require(key);
        return !fails("exists") && super.exists(key);
    }

    @Override
    public Optional<Duration> ttl(String key) {
        CacheKeys.require(key);
        return fails("ttl") ? Optional.empty() : super.ttl(key);
    }

    @Override
    public boolean expire(String key, Duration ttl) {
        CacheKeys.require(key);
        CacheTtl.toMillis(ttl);
        return !fails("expire") && super.expire(key, ttl);
    }

    @Override
    public long flush(String glob) {
        Glob.of(glob);
        return fails("flush") ? 0 : super.flush(glob);
    }

    @Override
    public long clear() {
        return fails("clear") ? 0 : super.clear();
    }

    @Override
    public boolean isConnected() {
        return !illness.failsNow() && super.isConnected();
    }

    @Override
    public @Nullable Leases leases() {
        return leases;
    }

    @Override
    public @Nullable LockStore lockStore() {
        return locks;
    }

    @Override
    public @Nullable EventLog eventLog() {
        return events;
    }

    @Override
    public @Nullable LoadLimit loadLimit(String key) {
        return illness.fault == null ? super.loadLimit(key) : illness.limit;
    }

    @Override
    public CacheStats getStats() {
        return withOwn(super.getStats());
    }

    @Override
    public CacheStats knownStats() {
        return withOwn(super.knownStats());
    }

    private CacheStats withOwn(CacheStats behind) {
        CacheStats own = stats.snapshot(behind.keys());
        return new CacheStats(
                behind.hits(),
                behind.misses() + own.misses(),
                behind.sets(),
                behind.deletes(),
                behind.errors() + own.errors(),
                behind.keys(),
                behind.evictions(),
                behind.recent());
    }

    @Override
    public CacheServicePort strict() {
        return strict ? this : new FaultyCacheService(delegate().strict(), illness, stats, true);
    }
}
