package io.cacheport.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheServicePort;
import io.cacheport.spi.ForwardingCacheService;
import io.cacheport.spi.LoadLimit;
import io.cacheport.spi.LocalReads;
import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;
import io.cacheport.testkit.contract.LockContract;
import io.cacheport.testkit.fault.FaultyCacheService;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The base of decorators changes nothing. */
class InMemoryForwardedContractTest extends CacheServiceContract implements LockContract {

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

    @Test
    void passesOnWhatIsAskedBesideTheCallsAndNotWhatAnswersInsteadOfThem() {
        LoadLimit limit = LoadLimit.of(1, Duration.ZERO);
        FaultyCacheService faulty = FaultyCacheService.over(cache(), limit);
        Forwarding forwarding = new Forwarding(faulty);
        assertThat(forwarding.loadLimit("k")).isNull();

        faulty.down();

        assertThat(forwarding.loadLimit("k")).isSameAs(limit);
        assertThat(new Forwarding(forwarding).loadLimit("k")).isSameAs(limit);
        assertThat(forwarding).isNotInstanceOf(LocalReads.class);
    }
}
