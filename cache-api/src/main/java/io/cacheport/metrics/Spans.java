package io.cacheport.metrics;

import io.cacheport.CacheException;
import io.cacheport.spi.Activity;
import io.cacheport.spi.CacheObserver;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A span for each load and each call to the store. */
final class Spans implements CacheObserver {

    private final ObservationRegistry registry;
    private final String cache;

    Spans(ObservationRegistry registry, String cache) {
        this.registry = registry;
        this.cache = cache;
    }

    @Override
    public Span begins(Activity activity) {
        boolean load = activity == Activity.LOAD;
        Observation observation = Observation.createNotStarted(load ? "cacheport.load" : "cacheport.far", registry)
                .lowCardinalityKeyValue("cache", cache);
        if (load) {
            observation.contextualName(cache + " load");
        } else {
            String operation = operationOf(activity);
            observation.contextualName(cache + " " + operation).lowCardinalityKeyValue("operation", operation);
        }
        observation.start();
        Observation.Scope scope = observation.openScope(); // so that what the loader begins, and the client, is within
        return failure -> {
            scope.close();
            observation.lowCardinalityKeyValue("outcome", outcomeOf(failure));
            if (failure != null) {
                observation.error(failure);
            }
            observation.stop();
        };
    }

    private static String operationOf(Activity activity) {
        return activity.name().substring(activity.name().indexOf('_') + 1).toLowerCase(Locale.ROOT);
    }

    private static String outcomeOf(@Nullable Throwable failure) {
        if (failure == null) {
            return "ok";
        }
        return failure instanceof CacheException ill ? ill.errorCause().tag() : "failed";
    }

    @Override
    public Runnable carried(Runnable task) {
        Observation here = registry.getCurrentObservation();
        return here == null ? task : () -> here.scoped(task);
    }
}
