package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.metrics.CacheServiceMetrics;
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

    private static double counter(SimpleMeterRegistry registry, String name, String result) {
        return registry.get(name)
                .tag("cache", "catalog")
                .tag("result", result)
                .functionCounter()
                .count();
    }
}
