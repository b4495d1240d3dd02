package io.cacheport.inmemory;

import io.cacheport.CacheServicePort;
import io.cacheport.spi.ForwardingCacheService;
import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;
import java.time.Duration;

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
        InMemoryFixture behind = new InMemoryFixture(false, InMemoryCacheAdapter.builder());
        CacheServicePort forwarding = new Forwarding(behind.cache());
        return new CacheFixture() {
            @Override
            public CacheServicePort cache() {
                return forwarding;
            }

            @Override
            public void passTime(Duration time) {
                behind.passTime(time);
            }

            @Override
            public boolean encodes() {
                return false;
            }

            @Override
            public void close() {
                forwarding.close();
            }
        };
    }
}
