package io.cacheport.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/**
 * Registers the meters of one thing, all with the same tags. The registry holds the thing weakly.
 *
 * @param registry where to
 * @param source what is asked at each scrape
 * @param tags of all
 */
record Meters<S>(MeterRegistry registry, S source, Tags tags) {

    static final double NANOS = 1e9;

    void counter(String name, String what, ToDoubleFunction<S> value) {
        counter(name, what, Tags.empty(), value);
    }

    void counter(String name, String what, Tags further, ToDoubleFunction<S> value) {
        FunctionCounter.builder(name, source, value)
                .tags(tags.and(further))
                .description(what)
                .register(registry);
    }

    void gauge(String name, String what, ToDoubleFunction<S> value) {
        gauge(name, what, Tags.empty(), value);
    }

    void gauge(String name, String what, Tags further, ToDoubleFunction<S> value) {
        Gauge.builder(name, source, value)
                .tags(tags.and(further))
                .description(what)
                .register(registry);
    }

    void seconds(String name, String what, ToDoubleFunction<S> value) {
        Gauge.builder(name, source, value)
                .tags(tags)
                .baseUnit("seconds")
                .description(what)
                .register(registry);
    }

    /** A timer whose histogram has buckets from {@code least} to {@code most}: p95 and p99 come from it. */
    Timer timer(String name, String what, Tags further, Duration least, Duration most) {
        return Timer.builder(name)
                .tags(tags.and(further))
                .description(what)
                .publishPercentileHistogram()
                .minimumExpectedValue(least)
                .maximumExpectedValue(most)
                .register(registry);
    }
}
