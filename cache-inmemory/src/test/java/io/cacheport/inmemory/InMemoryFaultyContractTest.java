package io.cacheport.inmemory;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheUnavailableException;
import io.cacheport.spi.LoadLimit;
import io.cacheport.spi.LoadLimited;
import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;
import io.cacheport.testkit.contract.LockContract;
import io.cacheport.testkit.fault.FaultyCacheService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fault-injecting decorator keeps the contract while healthy, and is a proper ill cache while not. */
class InMemoryFaultyContractTest extends CacheServiceContract implements LockContract {

    @Override
    protected CacheFixture newFixture() {
        CacheFixture behind = new InMemoryFixture(false, InMemoryCacheAdapter.builder());
        return behind.behind(FaultyCacheService.over(behind.cache()));
    }

    private FaultyCacheService faulty() {
        return (FaultyCacheService) cache();
    }

    @Test
    void downAnswersAsAnIllCache() {
        CacheServicePort cache = faulty();
        cache.set("k", "v", MINUTE);
        faulty().down();

        assertThat(cache.get("k", String.class)).isNull();
        assertThat(cache.getAll(List.of("k", "l"), String.class)).isEmpty();
        cache.set("k", "lost", MINUTE);
        cache.setAll(Map.of("k", "lost"), MINUTE);
        assertThat(cache.del("k")).isFalse();
        assertThat(cache.del(List.of("k"))).isZero();
        assertThat(cache.exists("k")).isFalse();
        assertThat(cache.ttl("k")).isEmpty();
        assertThat(cache.expire("k", MINUTE)).isFalse();
        assertThat(cache.flush("*")).isZero();
        assertThat(cache.clear()).isZero();
        assertThat(cache.isConnected()).isFalse();
        assertThat(cache.getStats().errors()).isEqualTo(11);
        assertThat(cache.getStats().misses()).isEqualTo(3);

        faulty().up();
        assertThat(cache.get("k", String.class)).isEqualTo("v");
    }

    @Test
    void downStrictThrows() {
        faulty().down();

        assertThatExceptionOfType(CacheUnavailableException.class)
                .isThrownBy(() -> faulty().strict().get("k", String.class));
    }

    @Test
    void limitsLoadsWhileAnythingFails() {
        LoadLimit limit = LoadLimit.of(1, Duration.ZERO);
        FaultyCacheService cache = FaultyCacheService.over(cache(), limit);
        LoadLimited strict = (LoadLimited) cache.strict();
        assertThat(cache.loadLimit("k")).isNull();

        cache.down();
        assertThat(cache.loadLimit("k")).isSameAs(limit);
        assertThat(strict.loadLimit("k")).isSameAs(limit);

        cache.failing(0.5, new Random(42));
        assertThat(cache.loadLimit("k")).isSameAs(limit);
        cache.failing(0, new Random(42));
        assertThat(cache.loadLimit("k")).isNull();

        cache.down();
        cache.up();
        assertThat(cache.loadLimit("k")).isNull();
        assertThat(strict.loadLimit("k")).isNull();
    }

    @Test
    void healthyAgainItHasTheLimitOfTheCacheBehind() {
        LoadLimit limit = LoadLimit.of(1, Duration.ZERO);
        FaultyCacheService behind = FaultyCacheService.over(cache(), limit);
        behind.down();

        assertThat(FaultyCacheService.over(behind).loadLimit("k")).isSameAs(limit);
    }

    @Test
    void withCacheOverAnUnreliableCacheAlwaysHasTheValue() {
        faulty().failing(0.5, new Random(42));

        for (int i = 0; i < 1_000; i++) {
            int n = i % 10;
            assertThat(withCache(faulty(), "k" + n, MINUTE, Integer.class, () -> n))
                    .isEqualTo(n);
        }

        assertThat(cache().getStats().errors()).isBetween(400L, 1_600L);
    }
}
