package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.metrics.CacheServiceMetrics;
import io.cacheport.testkit.server.RedisFixture;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredCache;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MetricsTest {

    @Test
    void standardCacheMeters() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (InMemoryCacheAdapter cache = InMemoryCacheAdapter.create()) {
            cache.set("a", 1, Duration.ofMinutes(1));
            cache.set("b", 1, Duration.ofMinutes(1));
            cache.get("a", Integer.class);
            cache.get("a", Integer.class);
            cache.get("nothing", Integer.class);
            cache.get("a", String.class);
            cache.del("b");

            assertThat(CacheServiceMetrics.monitor(registry, cache, "catalog")).isSameAs(cache);

            assertThat(counter(registry, "cache.gets", "hit")).isEqualTo(2);
            assertThat(counter(registry, "cache.gets", "miss")).isEqualTo(2);
            assertThat(registry.get("cache.puts")
                            .tag("cache", "catalog")
                            .functionCounter()
                            .count())
                    .isEqualTo(2);
            assertThat(registry.get("cache.size")
                            .tag("cache", "catalog")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(registry.get("cache.removals").functionCounter().count()).isEqualTo(1);
            assertThat(registry.get("cache.errors").functionCounter().count()).isEqualTo(1);
        }
    }

    @Test
    void bothTiersOfANearCache() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        RedisFixture redis = RedisFixture.shared();
        try (TieredCache cache =
                Tiered.near(InMemoryCacheAdapter.create()).far(RedisCacheAdapter.connect(redis.uri()))) {
            cache.set("near", "v", Duration.ofMinutes(1));
            for (int i = 0; i < 3; i++) {
                cache.get("near", String.class);
            }
            cache.del("near");
            CacheServiceMetrics.monitor(registry, cache, "catalog"); // a snapshot is kept for a second

            assertThat(counter(registry, "cache.near.gets", "hit")).isEqualTo(2);
            assertThat(counter(registry, "cache.near.gets", "miss")).isEqualTo(1);
            assertThat(counter(registry, "cache.gets", "hit")).isEqualTo(3);
            assertThat(registry.get("cache.near.copies").functionCounter().count())
                    .isEqualTo(1);
            assertThat(registry.get("cache.near.drops").functionCounter().count())
                    .isEqualTo(1);
            assertThat(registry.get("cache.near.size").gauge().value()).isZero();
            assertThat(registry.get("cache.near.nodes").gauge().value()).isEqualTo(1);
            assertThat(registry.get("cache.near.losses").functionCounter().count())
                    .isZero();
            assertThat(registry.get("cache.near.staleness").gauge().value()).isBetween(0.0, 1.0);
            assertThat(registry.get("cache.near.coherence")
                            .tag("coherence", "tracking")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(registry.get("cache.near.coherence")
                            .tag("coherence", "off")
                            .gauge()
                            .value())
                    .isZero();
            assertThat(registry.get("cache.circuit.open").gauge().value()).isZero();
        }
    }

    private static double counter(SimpleMeterRegistry registry, String name, String result) {
        return registry.get(name)
                .tag("cache", "catalog")
                .tag("result", result)
                .functionCounter()
                .count();
    }
}
