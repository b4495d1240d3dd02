package io.cacheport.metrics;

import io.cacheport.tiered.Coherence;
import io.cacheport.tiered.FeedState;
import io.cacheport.tiered.TieredCache;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;

/** The meters of a near tier. */
final class NearMeters {

    private NearMeters() {}

    static void bind(MeterRegistry registry, TieredCache cache, Tags tags) {
        Meters<TieredCache> meters = new Meters<>(registry, cache, tags);
        meters.counter(
                "cache.near.gets",
                "values looked for near",
                Tags.of("result", "hit"),
                c -> c.nearStats().hits());
        meters.counter(
                "cache.near.gets",
                "values looked for near",
                Tags.of("result", "miss"),
                c -> c.nearStats().misses());
        meters.counter("cache.near.copies", "copies made", c -> c.nearStats().sets());
        meters.counter(
                "cache.near.drops",
                "copies dropped because of a change",
                c -> c.nearStats().deletes());
        meters.counter(
                "cache.near.evictions",
                "copies that had to leave for others",
                c -> c.nearStats().evictions());
        meters.gauge(
                "cache.near.size", "copies there are, about", c -> c.nearStats().keys());
        meters.seconds(
                "cache.near.staleness",
                "how stale a copy can be now; NaN while nothing is served near",
                c -> staleness(c.feedState()));
        meters.seconds(
                "cache.near.staleness.bound",
                "how stale a copy can be at most",
                c -> c.stalenessBound().toNanos() / Meters.NANOS);
        meters.gauge(
                "cache.near.nodes",
                "nodes whose keys are served near",
                c -> c.feedState().proofAges().size());
        meters.counter(
                "cache.near.losses",
                "times nothing was heard of a node any more",
                c -> c.feedState().losses());
        for (Coherence each : Coherence.values()) {
            meters.gauge(
                    "cache.near.coherence",
                    "1 for how changes are heard of now",
                    Tags.of("coherence", each.tag()),
                    c -> c.feedState().coherence() == each ? 1 : 0);
        }
    }

    private static double staleness(FeedState state) {
        Duration age = state.staleness();
        return age == null ? Double.NaN : age.toNanos() / Meters.NANOS;
    }
}
