package io.cacheport.benchmarks.peer;

import io.cacheport.CacheServicePort;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.metrics.CacheServiceMetrics;
import io.cacheport.redis.RedisCacheAdapter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.Function;

/** CachePort as nobody watches it, with meters for Prometheus, and with spans as well. */
public final class WatchedPeers {

    private WatchedPeers() {}

    /** In this process's memory. */
    public static List<PeerKind> memory() {
        return kinds(uri -> InMemoryCacheAdapter.create());
    }

    /** In Redis. */
    public static List<PeerKind> redis() {
        return kinds(RedisCacheAdapter::connect);
    }

    private static List<PeerKind> kinds(Function<String, CacheServicePort> stores) {
        return List.of(
                kind("no-registry", stores),
                kind("meters", stores.andThen(WatchedPeers::metered)),
                kind("meters-and-spans", stores.andThen(WatchedPeers::metered).andThen(WatchedPeers::observed)));
    }

    private static PeerKind kind(String name, Function<String, CacheServicePort> stores) {
        return new PeerKind(name, (uri, type) -> new CachePortViewPeer(stores.apply(uri), type));
    }

    private static CacheServicePort metered(CacheServicePort cache) {
        MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        return CacheServiceMetrics.monitor(registry, cache, "catalog");
    }

    /** With a handler that does nothing: what a tracer adds is the tracer's. */
    private static CacheServicePort observed(CacheServicePort cache) {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
        return CacheServiceMetrics.observe(registry, cache, "catalog");
    }
}
