package io.cacheport.inmemory;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.ErrorCause;
import io.cacheport.Glob;
import io.cacheport.TypeRef;
import io.cacheport.behind.BufferingCache;
import io.cacheport.behind.WriteBuffers;
import io.cacheport.events.EventLog;
import io.cacheport.events.EventLoggingCache;
import io.cacheport.lease.LeasedCache;
import io.cacheport.lease.Leases;
import io.cacheport.lock.LockStore;
import io.cacheport.lock.LockingCache;
import io.cacheport.spi.CacheKeys;
import io.cacheport.spi.CacheTelemetry;
import io.cacheport.spi.CacheTtl;
import io.cacheport.spi.Confidential;
import io.cacheport.spi.FailureHandler;
import io.cacheport.spi.FailureLog;
import io.cacheport.spi.KeySizes;
import io.cacheport.spi.KeySizes.Sized;
import io.cacheport.spi.LocalReads;
import io.cacheport.spi.ObservedCache;
import io.cacheport.spi.UnreadableValueException;
import io.cacheport.structure.StructuredCache;
import io.cacheport.structure.Structures;
import io.cacheport.tiered.NearCapable;
import io.cacheport.tiered.NearStore;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A cache in this process's memory, bounded, with a TTL per entry. It answers as the Redis adapter does, which the
 * conformance kit and a differential test show, so a unit test on it means something.
 *
 * <p>By default it keeps <b>references</b>: a read gives the very object that was stored, so do not change it, and asking
 * for it as another class is a miss (P4, P5). {@link InMemoryCacheBuilder#copying()} encodes and decodes every value as Redis would:
 * slower, and it catches a value that has no encoding, is too large, or comes back different.
 *
 * <p>A hit costs a map lookup, reads no clock and allocates nothing. When full, the entries least worth keeping leave
 * (Caffeine's W-TinyLFU), and a new one may be the one that leaves. Expired entries leave within about a second. One
 * daemon thread serves all instances of the process; one that is forgotten without {@code close} is collected.
 *
 * @since 0.1
 */
public final class InMemoryCacheAdapter
        implements CacheServicePort,
                LocalReads,
                LeasedCache,
                NearCapable,
                StructuredCache,
                BufferingCache,
                EventLoggingCache,
                Confidential,
                LockingCache,
                ObservedCache,
                Sized {

    /** Tells an unreadable entry from a cached null. */
    private static final Object MISSING = new Object();

    private static final long MOST_NANOS = MAX_TTL.toNanos();

    private final Store store;
    private final FailureHandler failures;
    private final int maximumValueBytes;
    private final String description;
    private final InMemoryLeases leases;
    private final InMemoryLocks locks;
    private final NearStore near;
    private final AtomicBoolean nearOfAnother;
    private final Structures structures;
    private final WriteBuffers buffers;
    private final EventLog events;
    private final @Nullable InMemoryCacheAdapter strictView;

    InMemoryCacheAdapter(Store store, int maximumValueBytes, String description) {
        this.store = store;
        this.maximumValueBytes = maximumValueBytes;
        this.description = description;
        this.failures = new FailureHandler(
                store.stats, new FailureLog(LoggerFactory.getLogger(InMemoryCacheAdapter.class), System::nanoTime));
        this.leases = new InMemoryLeases(store, failures, maximumValueBytes);
        this.locks = new InMemoryLocks(store, failures);
        this.near = new InMemoryNearStore(store, leases, maximumValueBytes);
        this.nearOfAnother = new AtomicBoolean();
        this.buffers = new InMemoryWriteBuffers(store, failures, maximumValueBytes);
        this.events = new InMemoryEventLog(store, failures, maximumValueBytes);
        this.strictView = new InMemoryCacheAdapter(this);
        this.structures = new InMemoryStructures(store, failures, maximumValueBytes, strictView.structures());
    }

    private InMemoryCacheAdapter(InMemoryCacheAdapter plain) {
        this.store = plain.store;
        this.maximumValueBytes = plain.maximumValueBytes;
        this.description = plain.description + ", strict";
        this.failures = plain.failures.strict();
        this.leases = plain.leases;
        this.locks = plain.locks;
        this.near = plain.near;
        this.nearOfAnother = plain.nearOfAnother;
        this.structures = new InMemoryStructures(store, failures, maximumValueBytes, null);
        this.buffers = plain.buffers;
        this.events = plain.events;
        this.strictView = null;
    }

    /** Keeps references to at most {@value InMemoryCacheBuilder#DEFAULT_ENTRIES} values. */
    public static InMemoryCacheAdapter create() {
        return builder().build();
    }

    /** Keeps references to at most so many values. */
    public static InMemoryCacheAdapter create(long maximumEntries) {
        return builder().maximumEntries(maximumEntries).build();
    }

    /** For everything that can be set. */
    public static InMemoryCacheBuilder builder() {
        return new InMemoryCacheBuilder();
    }

    @Override
    public <T> @Nullable T getOrDefault(String key, TypeRef<T> type, @Nullable T missing) {
        requireType(type);
        // a key that is found was checked when it was stored, so only a miss pays for checking it
        Entry entry = key == null ? null : store.find(key);
        if (entry != null) {
            return read("get", key, entry, type, missing);
        }
        CacheKeys.require(key);
        store.stats.miss();
        isOpenFor("get");
        return missing;
    }

    @Override
    public <T> @Nullable T getIfLocal(String key, TypeRef<T> type, @Nullable T missing) {
        Entry entry = key == null ? null : store.find(key);
        if (entry == null) {
            return missing;
        }
        try {
            T value = store.form.read(key, entry.stored(), type);
            store.stats.hit();
            return value;
        } catch (UnreadableValueException unreadable) {
            return missing; // the full read that follows counts it
        }
    }

    private <T> @Nullable T read(String operation, String key, Entry entry, TypeRef<T> type, @Nullable T missing) {
        try {
            T value = store.form.read(key, entry.stored(), type);
            store.stats.hit();
            return value;
        } catch (UnreadableValueException unreadable) {
            store.stats.miss();
            failures.failed(operation, causeOf(entry), unreadable);
            return missing;
        }
    }

    private static ErrorCause causeOf(Entry entry) {
        return isNoValue(entry) ? ErrorCause.WRONG_TYPE : ErrorCause.UNREADABLE;
    }

    /** Whether it is a hash, a list or a set. */
    static boolean isNoValue(Entry entry) {
        return entry.stored() instanceof Structure structure && !(structure instanceof Structure.Counter);
    }

    @Override
    public void set(String key, @Nullable Object value, Duration ttl) {
        CacheKeys.require(key);
        long ttlMillis = CacheTtl.toMillis(ttl);
        Object held = store.hold(key, value);
        if (isOpenFor("set")) {
            put("set", key, held, ttlMillis);
        }
    }

    @Override
    public void setAll(Map<String, ?> values, Duration ttl) {
        requireValues(values);
        CacheKeys.requireAll(values.keySet());
        long ttlMillis = CacheTtl.toMillis(ttl);
        Map<String, @Nullable Object> held = new LinkedHashMap<>();
        values.forEach((key, value) -> held.put(key, store.hold(key, value)));
        if (isOpenFor("setAll")) {
            held.forEach((key, one) -> put("setAll", key, one, ttlMillis));
        }
    }

    private void put(String operation, String key, @Nullable Object held, long ttlMillis) {
        if (store.form.bytes(held) > maximumValueBytes) {
            store.remove(key); // or an older value would go on being served
            failures.failed(operation, ErrorCause.TOO_LARGE, null);
            return;
        }
        store.put(key, held, TimeUnit.MILLISECONDS.toNanos(ttlMillis));
        store.stats.sets(1);
    }

    @Override
    public boolean del(String key) {
        CacheKeys.require(key);
        boolean removed = isOpenFor("del") && store.remove(key);
        store.stats.deletes(removed ? 1 : 0);
        return removed;
    }

    @Override
    public long del(Collection<String> keys) {
        Collection<String> distinct = CacheKeys.requireAll(keys);
        if (distinct.isEmpty() || !isOpenFor("del")) {
            return 0;
        }
        long removed = distinct.stream().filter(store::remove).count();
        store.stats.deletes(removed);
        return removed;
    }

    @Override
    public boolean exists(String key) {
        CacheKeys.require(key);
        return isOpenFor("exists") && store.find(key) != null;
    }

    @Override
    public Optional<Duration> ttl(String key) {
        CacheKeys.require(key);
        Entry entry = isOpenFor("ttl") ? store.find(key) : null;
        if (entry == null) {
            return Optional.empty();
        }
        long nanos = store.remainingNanos(entry);
        if (nanos > MOST_NANOS) {
            return Optional.of(NO_EXPIRY);
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        return Optional.of(Duration.ofMillis(Math.max(1, millis)));
    }

    @Override
    public boolean expire(String key, Duration ttl) {
        CacheKeys.require(key);
        long ttlMillis = CacheTtl.toMillis(ttl);
        return isOpenFor("expire") && store.expire(key, TimeUnit.MILLISECONDS.toNanos(ttlMillis));
    }

    @Override
    @SuppressWarnings("unchecked") // the mark is compared, never handed out
    public <T> Map<String, @Nullable T> getAll(Collection<String> keys, TypeRef<T> type) {
        Collection<String> distinct = CacheKeys.requireAll(keys);
        requireType(type);
        Map<String, @Nullable T> found = new LinkedHashMap<>();
        if (distinct.isEmpty()) {
            return found;
        }
        if (store.isClosed()) {
            store.stats.misses(distinct.size());
            isOpenFor("getAll");
            return found;
        }
        for (String key : distinct) {
            Entry entry = store.find(key);
            if (entry == null || isNoValue(entry)) { // MGET does not tell them apart either
                store.stats.miss();
                continue;
            }
            Object value = read("getAll", key, entry, (TypeRef<Object>) type, MISSING);
            if (value != MISSING) {
                found.put(key, (T) value);
            }
        }
        return found;
    }

    @Override
    public long flush(String glob) {
        Glob pattern = Glob.of(glob);
        return isOpenFor("flush") ? counted(store.removeIf(pattern::matches)) : 0;
    }

    @Override
    public long clear() {
        return isOpenFor("clear") ? counted(store.removeIf(key -> true)) : 0;
    }

    private long counted(long removed) {
        store.stats.deletes(removed);
        return removed;
    }

    /** True until closed: there is nothing to be disconnected from. */
    @Override
    public boolean isConnected() {
        return !store.isClosed();
    }

    /** {@inheritDoc} Walks all entries, about 20 ms for a million, so that {@code keys} is exact. */
    @Override
    public CacheStats getStats() {
        return store.stats.snapshot(store.size());
    }

    @Override
    public Leases leases() {
        return leases;
    }

    /** {@inheritDoc} Of this adapter alone: two in one process do not share locks. */
    @Override
    public LockStore lockStore() {
        return locks;
    }

    @Override
    public NearStore nearStore() {
        if (!nearOfAnother.compareAndSet(false, true)) {
            throw new IllegalStateException(this + " is the near cache of another store already: give each its own");
        }
        return near;
    }

    /** {@inheritDoc} None are known while it keeps references. */
    @Override
    public KeySizes keySizes() {
        return store.sizes;
    }

    /** Always: its values never leave the process. */
    @Override
    public boolean isConfidential() {
        return true;
    }

    @Override
    public Structures structures() {
        return structures;
    }

    @Override
    public WriteBuffers writeBuffers() {
        return buffers;
    }

    @Override
    public EventLog eventLog() {
        return events;
    }

    @Override
    public CacheTelemetry telemetry() {
        return store.telemetry;
    }

    @Override
    public CacheServicePort strict() {
        return strictView == null ? this : strictView;
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public String toString() {
        return "InMemoryCacheAdapter[" + description + "]";
    }

    private boolean isOpenFor(String operation) {
        if (store.isClosed()) {
            failures.failed(operation, ErrorCause.CLOSED, null);
            return false;
        }
        return true;
    }

    private static void requireType(TypeRef<?> type) {
        if (type == null) {
            throw new IllegalArgumentException("type is null: name the type of the value");
        }
    }

    private static void requireValues(Map<String, ?> values) {
        if (values == null) {
            throw new IllegalArgumentException("values is null: pass an empty map to store nothing");
        }
    }
}
