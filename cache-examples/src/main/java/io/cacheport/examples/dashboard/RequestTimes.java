package io.cacheport.examples.dashboard;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.time.Duration;
import java.util.function.Predicate;

/** How long requests take, of late and in all. Thread-safe. */
public final class RequestTimes {

    private static final Duration OF_LATE = Duration.ofSeconds(10);
    private static final double NANOS_IN_MILLI = 1e6;

    private final Timer times;
    private final Counter failures;

    /** Times that are meters of this registry too. */
    public RequestTimes(MeterRegistry registry) {
        times = Timer.builder("service.request.duration")
                .description("time from a request to its answer")
                .publishPercentiles(0.5, 0.95, 0.99)
                .distributionStatisticExpiry(OF_LATE)
                .distributionStatisticBufferLength(5)
                .register(registry);
        failures = Counter.builder("service.request.failures")
                .description("requests answered with a status of 500 or more")
                .register(registry);
    }

    /** Times the requests of a server whose matched path is one of these. */
    public void listen(JavalinConfig config, Predicate<String> path) {
        config.requestLogger.http((ctx, millis) -> {
            if (path.test(ctx.endpointHandlerPath())) {
                add(ctx, millis);
            }
        });
    }

    private void add(Context ctx, float millis) {
        times.record(Duration.ofNanos((long) (millis * NANOS_IN_MILLI)));
        if (ctx.statusCode() >= 500) {
            failures.increment();
        }
    }

    long requests() {
        return times.count();
    }

    long failures() {
        return (long) failures.count();
    }

    /** Of the last ten seconds, or about; of nothing it is 0. */
    Latency latency() {
        ValueAtPercentile[] values = times.takeSnapshot().percentileValues();
        return new Latency(millis(values[0]), millis(values[1]), millis(values[2]));
    }

    private static double millis(ValueAtPercentile value) {
        double millis = value.value() / NANOS_IN_MILLI;
        return Double.isFinite(millis) ? millis : 0;
    }

    /** In milliseconds. */
    record Latency(double p50, double p95, double p99) {}
}
