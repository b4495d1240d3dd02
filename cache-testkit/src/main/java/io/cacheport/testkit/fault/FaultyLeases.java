package io.cacheport.testkit.fault;

import io.cacheport.TypeRef;
import io.cacheport.lease.Fill;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.Leases;
import io.cacheport.lease.Sighting;
import io.cacheport.lease.Stamp;
import io.cacheport.lease.Terms;
import io.cacheport.spi.CacheKeys;
import io.cacheport.spi.CacheTtl;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The leases of a cache that can be made ill. */
final class FaultyLeases implements Leases {

    private final Leases delegate;
    private final Consumer<String> check;
    private final Consumer<String> checkReading;
    private final IntPredicate failsReading;

    /**
     * @param check is given the name of each operation first, and throws if it fails
     * @param checkReading the same for the read of one key
     * @param failsReading is given the number of keys read, and says whether it fails
     */
    FaultyLeases(Leases delegate, Consumer<String> check, Consumer<String> checkReading, IntPredicate failsReading) {
        this.delegate = delegate;
        this.check = check;
        this.checkReading = checkReading;
        this.failsReading = failsReading;
    }

    @Override
    public <T> LeaseAnswer<T> take(String key, TypeRef<T> type, Duration time, Collection<String> tags) {
        CacheKeys.require(key);
        CacheTtl.toMillis(time);
        check.accept("lease");
        return delegate.take(key, type, time, tags);
    }

    @Override
    public boolean fill(Lease lease, @Nullable Object value, Terms terms) {
        check.accept("fill");
        return delegate.fill(lease, value, terms);
    }

    @Override
    public <T> Map<String, LeaseAnswer<T>> takeAll(
            Collection<String> keys, TypeRef<T> type, Duration time, Collection<String> tags) {
        int distinct = CacheKeys.requireAll(keys).size();
        CacheTtl.toMillis(time);
        return distinct > 0 && failsReading.test(0) ? Map.of() : delegate.takeAll(keys, type, time, tags);
    }

    @Override
    public Set<Lease> fillAll(Collection<Fill> fills) {
        return !fills.isEmpty() && failsReading.test(0) ? Set.of() : delegate.fillAll(fills);
    }

    @Override
    public boolean renew(Lease lease) {
        check.accept("renew");
        return delegate.renew(lease);
    }

    @Override
    public boolean release(Lease lease) {
        check.accept("release");
        return delegate.release(lease);
    }

    @Override
    public boolean fail(Lease lease, String failure, Duration time) {
        check.accept("fail");
        return delegate.fail(lease, failure, time);
    }

    @Override
    public <T> @Nullable Sighting<T> look(String key, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        CacheKeys.require(key);
        checkReading.accept("get");
        return delegate.look(key, type, alsoStale, tags);
    }

    @Override
    public <T> Map<String, @Nullable Sighting<T>> lookAll(
            Collection<String> keys, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        int distinct = CacheKeys.requireAll(keys).size();
        return distinct > 0 && failsReading.test(distinct) ? Map.of() : delegate.lookAll(keys, type, alsoStale, tags);
    }

    @Override
    public @Nullable Lease refresh(Sighting<?> seen, Duration time) {
        check.accept("lease");
        return delegate.refresh(seen, time);
    }

    @Override
    public boolean keep(Lease lease, Terms terms) {
        check.accept("keep");
        return delegate.keep(lease, terms);
    }

    @Override
    public boolean rest(Lease lease, Duration time) {
        check.accept("rest");
        return delegate.rest(lease, time);
    }

    @Override
    public Map<String, String> stamps(Collection<String> tags, Duration life) {
        check.accept("tags");
        return delegate.stamps(tags, life);
    }

    @Override
    public boolean setIfNewer(String key, @Nullable Object value, Terms terms) {
        CacheKeys.require(key);
        check.accept("set");
        return delegate.setIfNewer(key, value, terms);
    }

    @Override
    public Stamp beginWrite(String key, Duration time) {
        CacheKeys.require(key);
        check.accept("write");
        return delegate.beginWrite(key, time);
    }

    @Override
    public void endWrite(String key, Stamp write) {
        check.accept("write");
        delegate.endWrite(key, write);
    }
}
