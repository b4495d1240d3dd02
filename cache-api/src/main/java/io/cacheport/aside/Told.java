package io.cacheport.aside;

import io.cacheport.CacheServicePort;
import io.cacheport.aside.CacheResult.Origin;
import io.cacheport.spi.Activity;
import io.cacheport.spi.CacheObserver;
import io.cacheport.spi.CacheTelemetry;
import io.cacheport.spi.LoadCounter;
import io.cacheport.spi.Watch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the engine counts of a cache, and tells to who observes it; nothing of a cache that does not keep count. */
final class Told {

    private Told() {}

    private static @Nullable CacheTelemetry of(CacheServicePort cache) {
        try {
            return CacheTelemetry.of(cache);
        } catch (RuntimeException failure) {
            CacheCalls.failed("telemetry", failure);
            return null;
        }
    }

    private static @Nullable CacheObserver observerOf(CacheServicePort cache) {
        CacheTelemetry telemetry = of(cache);
        return telemetry == null ? null : telemetry.observer();
    }

    /** A caller is given what came of its call. */
    static void served(CacheServicePort cache, Origin origin) {
        if (origin != Origin.STALE && origin != Origin.NEGATIVE) {
            return;
        }
        count(cache, origin == Origin.STALE ? LoadCounter::staleHit : LoadCounter::negativeHit);
    }

    /** Something has happened that is no more than a number. */
    static void count(CacheServicePort cache, Consumer<LoadCounter> what) {
        CacheTelemetry telemetry = of(cache);
        if (telemetry != null) {
            what.accept(telemetry.loads());
        }
    }

    /** A caller is given what another of this process has found. */
    static void coalesced(Call<?, ?, ?> call) {
        waited(call.id.cache(), LoadCounter::coalesced, Activity.FLIGHT_WAIT, call.nanosSoFar());
    }

    /** A caller has waited for another process. */
    static void waited(CacheServicePort cache, long nanos) {
        waited(cache, LoadCounter::waited, Activity.LEASE_WAIT, nanos);
    }

    private static void waited(CacheServicePort cache, Consumer<LoadCounter> what, Activity activity, long nanos) {
        count(cache, what);
        CacheObserver observer = observerOf(cache);
        if (observer != null) {
            observer.ended(activity, nanos, null);
        }
    }

    /** The task for another thread, with what this one carries. */
    static Runnable carried(CacheServicePort cache, Runnable task) {
        CacheObserver observer = observerOf(cache);
        return observer == null ? task : observer.carried(task);
    }

    /** One call of a loader, from its beginning. */
    static OneLoad load(CacheServicePort cache) {
        return new OneLoad(of(cache));
    }

    static final class OneLoad {

        private final @Nullable CacheTelemetry telemetry;
        private final long start = Time.here().nanoTime();
        private final @Nullable Watch watch;

        private OneLoad(@Nullable CacheTelemetry telemetry) {
            this.telemetry = telemetry;
            this.watch = telemetry == null ? null : Watch.begin(telemetry.observer(), Activity.LOAD);
        }

        /** It has ended; {@code failure} is null if the loader gave something. */
        void ended(@Nullable Throwable failure) {
            long nanos = Time.here().nanoTime() - start;
            if (telemetry != null) {
                telemetry.loads().loaded(nanos, failure == null);
            }
            if (watch != null) {
                watch.end(nanos, failure);
            }
        }
    }
}
