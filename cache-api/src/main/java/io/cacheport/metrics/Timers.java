package io.cacheport.metrics;

import io.cacheport.spi.Activity;
import io.cacheport.spi.CacheObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long things take, as timers with histograms. */
final class Timers implements CacheObserver {

    private final Map<Activity, Timer> timers = new EnumMap<>(Activity.class);

    /**
     * Only those of a cache that can have them.
     *
     * @param far whether there is a store outside this process
     */
    Timers(MeterRegistry registry, Tags tags, boolean far) {
        Meters<Timers> meters = new Meters<>(registry, this, tags);
        timers.put(
                Activity.LOAD,
                meters.timer(
                        "cache.load.duration",
                        "how long loaders take",
                        Tags.empty(),
                        Duration.ofNanos(100_000),
                        Duration.ofSeconds(30)));
        timers.put(
                Activity.FLIGHT_WAIT,
                meters.timer(
                        "cache.flight.wait",
                        "how long callers wait for another of this process",
                        Tags.empty(),
                        Duration.ofNanos(100_000),
                        Duration.ofSeconds(30)));
        timers.put(
                Activity.LEASE_WAIT,
                meters.timer(
                        "cache.lease.wait",
                        "how long callers wait for a load in another process",
                        Tags.empty(),
                        Duration.ofMillis(1),
                        Duration.ofSeconds(10)));
        if (far) {
            addFar(meters, Activity.FAR_READ, "read");
            addFar(meters, Activity.FAR_WRITE, "write");
            addFar(meters, Activity.FAR_REMOVAL, "removal");
            addFar(meters, Activity.FAR_LEASE, "lease");
        }
    }

    private void addFar(Meters<Timers> meters, Activity activity, String operation) {
        timers.put(
                activity,
                meters.timer(
                        "cache.far.duration",
                        "how long the store takes to answer, failures included",
                        Tags.of("operation", operation),
                        Duration.ofNanos(25_000),
                        Duration.ofSeconds(2)));
    }

    @Override
    public void ended(Activity activity, long nanos, @Nullable Throwable failure) {
        Timer timer = timers.get(activity);
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
