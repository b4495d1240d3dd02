package io.cacheport.testkit.fault;

import io.cacheport.TypeRef;
import io.cacheport.lease.Fill;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.Leases;
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
    private final IntPredicate failsReading;

    /**
     * @param check is given the name of each operation first, and throws if it fails
     * @param failsReading is given the number of keys read, and says whether it fails
     */
    FaultyLeases(Leases delegate, Consumer<String> check, IntPredicate failsReading) {
        this.delegate = delegate;
        this.check = check;
        this.failsReading = failsReading;
    }

    @Override
    public <T> LeaseAnswer<T> take(String key, TypeRef<T> type, Duration time) {
        CacheKeys.require(key);
        CacheTtl.toMillis(time);
        check.accept("lease");
        return delegate.take(key, type, time);
    }

    @Override
    public boolean fill(Lease lease, @Nullable Object value, Duration ttl) {
        CacheTtl.toMillis(ttl);
        check.accept("fill");
        return delegate.fill(lease, value, ttl);
    }

    @Override
    public <T> Map<String, LeaseAnswer<T>> takeAll(Collection<String> keys, TypeRef<T> type, Duration time) {
        int distinct = CacheKeys.requireAll(keys).size();
        CacheTtl.toMillis(time);
        return distinct > 0 && failsReading.test(distinct) ? Map.of() : delegate.takeAll(keys, type, time);
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
}
