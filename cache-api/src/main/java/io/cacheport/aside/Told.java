package io.cacheport.aside;

import io.cacheport.CacheServicePort;
import io.cacheport.aside.CacheResult.Origin;
import io.cacheport.spi.Activity;
import io.cacheport.spi.CacheObserver;
import io.cacheport.spi.CacheTelemetry;
import io.cacheport.spi.Watch;
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
        CacheTelemetry telemetry = of(cache);
        if (telemetry == null) {
            return;
        }
        if (origin == Origin.STALE) {
            telemetry.loads().staleHit();
        } else {
            telemetry.loads().negativeHit();
        }
    }

    /** A caller is given what another of this process has found. */
    static void coalesced(Call<?, ?, ?> call) {
        CacheTelemetry telemetry = of(call.id.cache());
        if (telemetry == null) {
            return;
        }
        telemetry.loads().coalesced();
        CacheObserver observer = telemetry.observer();
        if (observer != null) {
            observer.ended(Activity.FLIGHT_WAIT, call.nanosSoFar(), null);
        }
    }

    /** A caller has waited for another process. */
    static void waited(CacheServicePort cache, long nanos) {
        CacheTelemetry telemetry = of(cache);
        if (telemetry == null) {
            return;
        }
        telemetry.loads().waited();
        CacheObserver observer = telemetry.observer();
        if (observer != null) {
            observer.ended(Activity.LEASE_WAIT, nanos, null);
        }
    }

    static void timedOut(CacheServicePort cache) {
        CacheTelemetry telemetry = of(cache);
        if (telemetry != null) {
            telemetry.loads().timedOut();
        }
    }

    static void rejected(CacheServicePort cache) {
        CacheTelemetry telemetry = of(cache);
        if (telemetry != null) {
            telemetry.loads().rejected();
        }
    }

    static void refusedFills(CacheServicePort cache, long count) {
        CacheTelemetry telemetry = of(cache);
        if (telemetry != null) {
            telemetry.loads().refusedFills(count);
        }
    }

    static void refreshes(CacheServicePort cache, long count) {
        CacheTelemetry telemetry = of(cache);
        if (telemetry != null) {
            telemetry.loads().refreshes(count);
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
