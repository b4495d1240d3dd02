package io.cacheport.metrics;

import io.cacheport.events.InvalidationStats;
import io.cacheport.events.Invalidations;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToLongFunction;

/** The meters of a channel of events. */
final class EventMeters {

    private EventMeters() {}

    static void bindTo(Meters<Invalidations> meters) {
        published(meters, "stored", InvalidationStats::applied);
        published(meters, "kept", InvalidationStats::kept);
        published(meters, "refused", InvalidationStats::refused);
        meters.gauge(
                "cache.events.pending",
                "published events that wait for the store",
                all -> all.stats().pending());
        meters.counter(
                "cache.events.delivered", "events that came", all -> all.stats().delivered());
        meters.counter(
                "cache.events.failed",
                "rules, handlers and events that failed for good",
                all -> all.stats().failed());
        meters.counter(
                "cache.events.unknown",
                "events of a type unknown here",
                all -> all.stats().unknown());
        meters.counter(
                "cache.events.gaps",
                "times that events may have been missed",
                all -> all.stats().gaps());
    }

    private static void published(
            Meters<Invalidations> meters, String result, ToLongFunction<InvalidationStats> value) {
        meters.counter(
                "cache.events.published",
                "events published here, by what became of them at once",
                Tags.of("result", result),
                all -> value.applyAsLong(all.stats()));
    }
}
