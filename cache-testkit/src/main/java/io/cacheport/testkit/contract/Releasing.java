package io.cacheport.testkit.contract;

import io.cacheport.CacheServicePort;
import io.cacheport.lease.LeasedCache;
import io.cacheport.lease.Leases;
import io.cacheport.spi.ForwardingCacheService;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Does something before each release of one lease or several. */
final class Releasing extends ForwardingCacheService implements LeasedCache {

    private static final Set<String> RELEASES = Set.of("release", "fillAll");

    private final Leases leases;

    Releasing(CacheServicePort delegate, Leases behind, Runnable first) {
        super(delegate);
        this.leases = (Leases) Proxy.newProxyInstance(
                Leases.class.getClassLoader(), new Class<?>[] {Leases.class}, (self, method, arguments) -> {
                    if (RELEASES.contains(method.getName())) {
                        first.run();
                    }
                    return method.invoke(behind, arguments);
                });
    }

    @Override
    public @Nullable Leases leases() {
        return leases;
    }

    @Override
    public CacheServicePort strict() {
        return delegate().strict();
    }
}
