package io.cacheport.inmemory;

import io.cacheport.CacheServicePort;
import io.cacheport.spi.ForwardingCacheService;
import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;

/** The base of decorators changes nothing. */
class InMemoryForwardedContractTest extends CacheServiceContract {

    private static final class Forwarding extends ForwardingCacheService {
        Forwarding(CacheServicePort delegate) {
            super(delegate);
        }

        @Override
        public CacheServicePort strict() {
            return new Forwarding(delegate().strict());
        }
    }

    @Override
    protected CacheFixture newFixture() {
        CacheFixture behind = new InMemoryFixture(false, InMemoryCacheAdapter.builder());
        return behind.behind(new Forwarding(behind.cache()));
    }
}
