package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.aside.Cache;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.metrics.CacheServiceMetrics;
import io.cacheport.testkit.server.RedisFixture;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredCache;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
            assertThat(errors(registry, "unreadable")).isEqualTo(1);
            assertThat(errors(registry, "timeout")).isZero();
            assertThat(registry.get("cache.evictions").functionCounter().count())
                    .isZero();
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
            assertThat(registry.get("cache.near.staleness.bound").gauge().value())
                    .isEqualTo(1);
            assertThat(registry.get("cache.circuit.open").gauge().value()).isZero();
            assertThat(registry.find("cache.evictions").functionCounter())
                    .isNull(); // Redis' own, which it is not asked for
        }
    }

    @Test
    void whatTakesTimeHasAHistogram() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (RedisCacheAdapter cache = RedisCacheAdapter.builder(
                        RedisFixture.shared().uri())
                .commandTimeout(Duration.ofSeconds(10))
                .build()) {
            CacheServiceMetrics.monitor(registry, cache, "catalog");
            Cache<String, String> view = Cache.named("meters", String.class).over(cache);
            view.invalidate("k");
            view.get("k", key -> "v");
            view.get("k", key -> "v");
            cache.get("meters:k", String.class);
            cache.setAll(Map.of("meters:a", 1, "meters:b", 2), Duration.ofMinutes(1));

            assertThat(timer(registry, "read").count()).isEqualTo(3);
            assertThat(timer(registry, "lease").count()).isEqualTo(1);
            assertThat(timer(registry, "write").count()).isEqualTo(2); // the fill, and two values sent together
            assertThat(timer(registry, "removal").count()).isEqualTo(1);
            assertThat(timer(registry, "read").totalTime(TimeUnit.NANOSECONDS)).isPositive();
            assertThat(registry.get("cache.load.duration").timer().count()).isEqualTo(1);
            assertThat(counter(registry, "cache.load", "success")).isEqualTo(1);
            assertThat(registry.get("cache.bytes")
                            .tag("direction", "read")
                            .functionCounter()
                            .count())
                    .isGreaterThan(2 * "\"v\"".length());
        }
    }

    @Test
    void circuitsAndTheirTransitions() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (RedisCacheAdapter cache =
                RedisCacheAdapter.connect(RedisFixture.shared().uri())) {
            CacheServiceMetrics.monitor(registry, cache, "catalog");
            assertThat(circuits(registry, "closed")).isEqualTo(1);

            cache.guard().forceOpen();
            cache.del("k");

            assertThat(circuits(registry, "closed")).isZero();
            assertThat(circuits(registry, "forced_open")).isEqualTo(1);
            assertThat(registry.get("cache.circuit.open").gauge().value()).isEqualTo(1);
            assertThat(registry.get("cache.circuit.transitions")
                            .tag("to", "forced_open")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("cache.circuit.rejections")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("cache.invalidations.pending").gauge().value())
                    .isEqualTo(1);
            assertThat(errors(registry, "unavailable")).isEqualTo(1);
        }
    }

    /** A tag for a key, or for a tenant, would fill the memory of who stores the series. */
    @Test
    void theNumberOfSeriesDoesNotGrowWithTheKeys() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (InMemoryCacheAdapter cache = InMemoryCacheAdapter.create(1_000)) {
            CacheServiceMetrics.monitor(registry, cache, "catalog");
            int before = registry.getMeters().size();
            for (int tenant = 0; tenant < 100; tenant++) {
                Cache<Integer, Integer> view = Cache.named("v", Integer.class)
                        .tenant("tenant-" + tenant)
                        .<Integer>over(cache);
                for (int i = 0; i < 1_000; i++) {
                    view.get(i, key -> key);
                }
            }

            assertThat(counter(registry, "cache.load", "success")).isEqualTo(100_000);
            assertThat(cache.getStats().evictions()).isGreaterThan(90_000);
            assertThat(registry.getMeters()).hasSize(before);
            assertThat(registry.getMeters())
                    .flatExtracting(meter -> meter.getId().getTags())
                    .extracting(Tag::getKey)
                    .containsOnly("cache", "result", "cause", "direction");
        }
    }

    @Test
    void memoryWhereItIsKnown() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (InMemoryCacheAdapter cache =
                InMemoryCacheAdapter.builder().copying().maximumBytes(1_000_000).build()) {
            CacheServiceMetrics.monitor(registry, cache, "catalog");
            cache.set("k", "v".repeat(10_000), Duration.ofMinutes(1));

            assertThat(registry.get("cache.memory.bytes").gauge().value()).isBetween(10_000.0, 11_000.0);
        }
    }

    private static Timer timer(SimpleMeterRegistry registry, String operation) {
        return registry.get("cache.far.duration").tag("operation", operation).timer();
    }

    private static double circuits(SimpleMeterRegistry registry, String state) {
        return registry.get("cache.circuit.state").tag("state", state).gauge().value();
    }

    private static double errors(SimpleMeterRegistry registry, String cause) {
        return registry.get("cache.errors")
                .tag("cause", cause)
                .functionCounter()
                .count();
    }

    private static double counter(SimpleMeterRegistry registry, String name, String result) {
        return registry.get(name)
                .tag("cache", "catalog")
                .tag("result", result)
                .functionCounter()
                .count();
    }
}
