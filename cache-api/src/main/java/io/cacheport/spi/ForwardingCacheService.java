package io.cacheport.spi;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.TypeRef;
import io.cacheport.health.Degradation;
import io.cacheport.health.Diagnosed;
import io.cacheport.lock.LockStore;
import io.cacheport.lock.LockingCache;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passes every call on to another cache: the start of a decorator, which overrides what it changes. The methods taking a
 * {@code Class} end in those taking a {@code TypeRef}, so only the latter need overriding.
 *
 * <p>Of the capabilities, {@link LoadLimited}, {@link KeyRestricted} and {@link Confidential} are passed on: they are asked
 * beside the calls, and a decorator that hid them would take the protection away unseen. So are {@link Diagnosed}, and {@link
 * LockingCache}: locks have nothing to do with entries. {@link LocalReads} is not: it answers instead of a call, past what the
 * decorator does. A decorator that changes keys overrides {@link #loadLimit}, {@link #requireKey} and {@link #told} too, and
 * one that counts for itself {@link #knownStats} beside {@link #getStats}.
 *
 * @since 0.1
 */
public abstract class ForwardingCacheService
        implements CacheServicePort,
                LoadLimited,
                KeyRestricted,
                Confidential,
                LockingCache,
                ObservedCache,
                Diagnosed,
                KeyTraffic.Fronting {

    private final CacheServicePort delegate;

    /** In front of {@code delegate}. */
    protected ForwardingCacheService(CacheServicePort delegate) {
        if (delegate == null) {
            throw new IllegalArgumentException("delegate is null: a decorator needs a cache to decorate");
        }
        this.delegate = delegate;
    }

    /** The cache behind. */
    protected final CacheServicePort delegate() {
        return delegate;
    }

    @Override
    public <T> @Nullable T getOrDefault(String key, TypeRef<T> type, @Nullable T missing) {
        return delegate.getOrDefault(key, type, missing);
    }

    @Override
    public void set(String key, @Nullable Object value, Duration ttl) {
        delegate.set(key, value, ttl);
    }

    @Override
    public boolean del(String key) {
        return delegate.del(key);
    }

    @Override
    public long del(Collection<String> keys) {
        return delegate.del(keys);
    }

    @Override
    public boolean exists(String key) {
        return delegate.exists(key);
    }

    @Override
    public Optional<Duration> ttl(String key) {
        return delegate.ttl(key);
    }

    @Override
    public boolean expire(String key, Duration ttl) {
        return delegate.expire(key, ttl);
    }

    @Override
    public <T> Map<String, @Nullable T> getAll(Collection<String> keys, TypeRef<T> type) {
        return delegate.getAll(keys, type);
    }

    @Override
    public void setAll(Map<String, ?> values, Duration ttl) {
        delegate.setAll(values, ttl);
    }

    @Override
    public long flush(String glob) {
        return delegate.flush(glob);
    }

    @Override
    public long clear() {
        return delegate.clear();
    }

    @Override
    public boolean isConnected() {
        return delegate.isConnected();
    }

    @Override
    public CacheStats getStats() {
        return delegate.getStats();
    }

    @Override
    public @Nullable LoadLimit loadLimit(String key) {
        return delegate instanceof LoadLimited limited ? limited.loadLimit(key) : null;
    }

    @Override
    public void requireKey(String key) {
        if (delegate instanceof KeyRestricted restricted) {
            restricted.requireKey(key);
        }
    }

    @Override
    public boolean isConfidential() {
        return Confidential.is(delegate);
    }

    @Override
    public @Nullable LockStore lockStore() {
        return delegate instanceof LockingCache locking ? locking.lockStore() : null;
    }

    /** The delegate's. */
    @Override
    public @Nullable CacheTelemetry telemetry() {
        return CacheTelemetry.of(delegate);
    }

    @Override
    public @Nullable Degradation degradation() {
        return Diagnosed.degradationOf(delegate);
    }

    @Override
    public CacheStats knownStats() {
        return Diagnosed.statsOf(delegate);
    }

    @Override
    public void told(String key) {
        KeyTraffic.told(delegate, key);
    }

    /** A decorator that changes behaviour wraps the delegate's strict view anew; this base cannot know how. */
    @Override
    public abstract CacheServicePort strict();

    @Override
    public void close() {
        delegate.close();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + delegate + "]";
    }
}
