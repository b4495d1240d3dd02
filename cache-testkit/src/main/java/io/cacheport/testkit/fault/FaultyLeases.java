package io.cacheport.testkit.fault;

import io.cacheport.TypeRef;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.Leases;
import io.cacheport.spi.CacheKeys;
import io.cacheport.spi.CacheTtl;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The leases of a cache that can be made ill. */
final class FaultyLeases implements Leases {

    private final Leases delegate;
    private final Consumer<String> check;

    /** {@code check} is given the name of each operation first, and throws if it fails. */
    FaultyLeases(Leases delegate, Consumer<String> check) {
        this.delegate = delegate;
        this.check = check;
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
