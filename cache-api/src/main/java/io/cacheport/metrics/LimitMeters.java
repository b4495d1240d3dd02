package io.cacheport.metrics;

import io.cacheport.limit.LimitStats;
import io.cacheport.limit.RateLimit;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToLongFunction;

/** The meters of a limit. */
final class LimitMeters {

    private LimitMeters() {}

    static void bindTo(Meters<RateLimit> meters) {
        decisions(meters, "allowed", LimitStats::allowed);
        decisions(meters, "denied", LimitStats::denied);
        decisions(meters, "unknown", LimitStats::unknown);
    }

    private static void decisions(Meters<RateLimit> meters, String result, ToLongFunction<LimitStats> value) {
        meters.counter(
                "cache.limit.decisions",
                "attempts at a limit; unknown where the cache could not be asked",
                Tags.of("result", result),
                all -> value.applyAsLong(all.stats()));
    }
}
