package io.cacheport.metrics;

import io.cacheport.warm.WarmReport;
import io.cacheport.warm.WarmReport.State;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters of a warming: told of each run when it has ended. */
final class WarmMeters implements Consumer<WarmReport> {

    private final Counter loaded;
    private final Counter found;
    private final Counter absent;
    private final Counter refused;
    private final Counter failed;
    private final Map<State, Timer> runs = new EnumMap<>(State.class);
    private volatile @Nullable Last last;

    private record Last(WarmReport report, long endedAt) {}

    WarmMeters(MeterRegistry registry, String name) {
        Tags tags = CacheFeatureMetrics.tags(name);
        this.loaded = keys(registry, tags, "loaded");
        this.found = keys(registry, tags, "found");
        this.absent = keys(registry, tags, "absent");
        this.refused = keys(registry, tags, "refused");
        this.failed = keys(registry, tags, "failed");
        for (State end : State.values()) {
            if (end != State.RUNNING) {
                runs.put(
                        end,
                        Timer.builder("cache.warm.runs")
                                .tags(tags.and("state", end.name().toLowerCase(Locale.ROOT)))
                                .description("runs of a warming that have ended, by how")
                                .register(registry));
            }
        }
        gauge(
                registry,
                tags,
                "cache.warm.last.duration",
                "how long the last run took; NaN before one",
                it -> it.report.duration().toNanos());
        gauge(
                registry,
                tags,
                "cache.warm.last.age",
                "since the last run ended; NaN before one",
                it -> System.nanoTime() - it.endedAt);
    }

    private static Counter keys(MeterRegistry registry, Tags tags, String outcome) {
        return Counter.builder("cache.warm.keys")
                .tags(tags.and("outcome", outcome))
                .description("keys dealt with, by outcome")
                .register(registry);
    }

    private void gauge(MeterRegistry registry, Tags tags, String meter, String what, ToDoubleFunction<Last> nanos) {
        TimeGauge.builder(meter, this, TimeUnit.NANOSECONDS, all -> all.ofLast(nanos))
                .tags(tags)
                .description(what)
                .register(registry);
    }

    private double ofLast(ToDoubleFunction<Last> nanos) {
        Last now = last;
        return now == null ? Double.NaN : nanos.applyAsDouble(now);
    }

    @Override
    public void accept(WarmReport report) {
        loaded.increment((double) report.loaded());
        found.increment((double) report.found());
        absent.increment((double) report.absent());
        refused.increment((double) report.refused());
        failed.increment((double) report.failed());
        Timer ended = runs.get(report.state());
        if (ended != null) {
            ended.record(report.duration());
        }
        last = new Last(report, System.nanoTime());
    }
}
