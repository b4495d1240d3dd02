package io.cacheport;

import io.cacheport.spi.CacheAdapterProvider;
import io.cacheport.spi.ForwardingCacheService;
import java.lang.reflect.Proxy;
import java.util.Set;

/** Stands for the Redis adapter where only the choice of it is tested: remembers the URI. */
public final class StubAdapterProvider implements CacheAdapterProvider {

    static final class Chosen extends ForwardingCacheService {
        final String uri;

        Chosen(String uri) {
            super((CacheServicePort) Proxy.newProxyInstance(
                    Chosen.class.getClassLoader(), new Class<?>[] {CacheServicePort.class}, (proxy, method, args) -> {
                        throw new UnsupportedOperationException(method.getName());
                    }));
            this.uri = uri;
        }

        @Override
        public CacheServicePort strict() {
            return this;
        }
    }

    @Override
    public Set<String> schemes() {
        return Set.of("redis", "rediss", "redis-cluster", "stub");
    }

    @Override
    public CacheServicePort connect(String uri) {
        return new Chosen(uri);
    }
}
