package io.cacheport.metrics;

import io.cacheport.CacheException;
import io.cacheport.behind.WriteBehindStats;
import io.micrometer.core.instrument.Tags;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The meters of changes that are written later. */
final class BehindMeters {

    private BehindMeters() {}

    static <T> void bindTo(Meters<T> meters, Function<T, WriteBehindStats> stats, ToLongFunction<T> waiting) {
        changes(meters, "buffered", all -> stats.apply(all).buffered());
        changes(meters, "direct", all -> stats.apply(all).direct());
        changes(meters, "uncertain", all -> stats.apply(all).uncertain());
        meters.counter(
                "cache.behind.batches",
                "batches written",
                all -> stats.apply(all).batches());
        meters.counter(
                "cache.behind.written", "keys written", all -> stats.apply(all).written());
        meters.counter(
                "cache.behind.failures",
                "attempts to write that failed",
                all -> stats.apply(all).failures());
        meters.counter(
                "cache.behind.dead.letters",
                "changes handed over as never to be written",
                all -> stats.apply(all).deadLetters());
        Remembered<Double> remembered = new Remembered<>();
        meters.gauge(
                "cache.behind.waiting",
                "keys that wait to be written, of all processes; NaN if the store does not say",
                all -> remembered.get(() -> ask(waiting, all)));
    }

    private static <T> void changes(Meters<T> meters, String result, ToDoubleFunction<T> value) {
        meters.counter(
                "cache.behind.changes", "changes, by what became of them at once", Tags.of("result", result), value);
    }

    private static <T> double ask(ToLongFunction<T> waiting, T all) {
        try {
            return waiting.applyAsLong(all);
        } catch (CacheException ill) {
            return Double.NaN;
        }
    }
}
