package io.cacheport.testkit.contract;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.spi.ForwardingCacheService;
import org.jspecify.annotations.Nullable;

/** Does something before each lookup. */
class LookingUp extends ForwardingCacheService {

    private final Runnable first;

    LookingUp(CacheServicePort delegate, Runnable first) {
        super(delegate);
        this.first = first;
    }

    @Override
    public <T> @Nullable T getOrDefault(String key, TypeRef<T> type, @Nullable T missing) {
        first.run();
        return super.getOrDefault(key, type, missing);
    }

    @Override
    public CacheServicePort strict() {
        return new LookingUp(delegate().strict(), first);
    }
}
