package io.cacheport.metrics;

import io.cacheport.CacheStats;
import io.cacheport.tiered.Coherence;
import io.cacheport.tiered.FeedState;
import io.cacheport.tiered.TieredCache;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.function.ToLongFunction;

/** The meters of a near tier. */
final class NearMeters {

    private static final double NANOS = 1e9;

    private final TieredCache cache;
    private final Tags tags;

    NearMeters(TieredCache cache, Tags tags) {
        this.cache = cache;
        this.tags = tags;
    }

    void bindTo(MeterRegistry registry) {
        counter(registry, "cache.near.gets", tags.and("result", "hit"), "values read near", CacheStats::hits);
        counter(registry, "cache.near.gets", tags.and("result", "miss"), "values looked for near", CacheStats::misses);
        counter(registry, "cache.near.copies", tags, "copies made", CacheStats::sets);
        counter(registry, "cache.near.drops", tags, "copies dropped because of a change", CacheStats::deletes);
        gauge(
                registry,
                "cache.near.size",
                tags,
                "copies there are, about",
                c -> c.nearStats().keys());
        Gauge.builder("cache.near.staleness", cache, c -> staleness(c.feedState()))
                .tags(tags)
                .baseUnit("seconds")
                .description("how stale a copy can be now; NaN while nothing is served near")
                .register(registry);
        gauge(
                registry,
                "cache.near.nodes",
                tags,
                "nodes whose keys are served near",
                c -> c.feedState().proofAges().size());
        FunctionCounter.builder("cache.near.losses", cache, c -> c.feedState().losses())
                .tags(tags)
                .description("times nothing was heard of a node any more")
                .register(registry);
        for (Coherence each : Coherence.values()) {
            gauge(
                    registry,
                    "cache.near.coherence",
                    tags.and("coherence", each.tag()),
                    "1 for how changes are heard of now",
                    c -> c.feedState().coherence() == each ? 1 : 0);
        }
    }

    private static double staleness(FeedState state) {
        Duration age = state.staleness();
        return age == null ? Double.NaN : age.toNanos() / NANOS;
    }

    private void counter(MeterRegistry registry, String name, Tags all, String what, ToLongFunction<CacheStats> value) {
        FunctionCounter.builder(name, cache, c -> value.applyAsLong(c.nearStats()))
                .tags(all)
                .description(what)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, Tags all, String what, ToLongFunction<TieredCache> value) {
        Gauge.builder(name, cache, value::applyAsLong)
                .tags(all)
                .description(what)
                .register(registry);
    }
}
