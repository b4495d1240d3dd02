package io.cacheport.metrics;

import io.cacheport.ErrorCause;
import io.cacheport.LoadStats;
import io.cacheport.spi.CacheTelemetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToLongFunction;

/** The meters of what a cache's telemetry counts: the engine's loads, errors by cause, bytes. */
final class LoadMeters {

    private final Meters<CacheTelemetry> meters;

    private LoadMeters(Meters<CacheTelemetry> meters) {
        this.meters = meters;
    }

    static void bind(MeterRegistry registry, CacheTelemetry telemetry, Tags tags) {
        LoadMeters all = new LoadMeters(new Meters<>(registry, telemetry, tags));
        all.bindLoads();
        all.bindErrors();
        all.bindBytes(telemetry);
    }

    private void bindLoads() {
        load("success", LoadStats::succeeded);
        load("failure", LoadStats::failed);
        load("rejected", LoadStats::rejected);
        engine("cache.load.timeouts", "callers whose hard timeout passed", LoadStats::timeouts);
        engine("cache.coalesced", "callers who shared another's result", LoadStats::coalesced);
        engine("cache.stale.hits", "callers who were given a value after its TTL", LoadStats::staleHits);
        engine("cache.negative.hits", "callers whom the cache told that there is no value", LoadStats::negativeHits);
        engine("cache.fills.refused", "loaded values not stored: the key changed meanwhile", LoadStats::refusedFills);
        engine("cache.refreshes", "values loaded in the background while served", LoadStats::refreshes);
    }

    private void load(String result, ToLongFunction<LoadStats> value) {
        meters.counter(
                "cache.load",
                "calls of loaders, and those that were not begun",
                Tags.of("result", result),
                t -> value.applyAsLong(t.loads().snapshot()));
    }

    private void engine(String name, String what, ToLongFunction<LoadStats> value) {
        meters.counter(name, what, t -> value.applyAsLong(t.loads().snapshot()));
    }

    private void bindErrors() {
        for (ErrorCause cause : ErrorCause.values()) {
            meters.counter(
                    "cache.errors",
                    "cache operations that went wrong",
                    Tags.of("cause", cause.tag()),
                    t -> t.stats().errors(cause));
        }
    }

    private void bindBytes(CacheTelemetry telemetry) {
        meters.counter(
                "cache.bytes",
                "bytes of values that came from the store and went to it",
                Tags.of("direction", "read"),
                t -> t.stats().bytesRead());
        meters.counter(
                "cache.bytes",
                "bytes of values that came from the store and went to it",
                Tags.of("direction", "written"),
                t -> t.stats().bytesWritten());
        if (telemetry.memoryBytes() != null) {
            meters.gauge("cache.memory.bytes", "what the entries take of this process's memory, about", t -> {
                Long bytes = t.memoryBytes();
                return bytes == null ? Double.NaN : bytes;
            });
        }
    }
}
