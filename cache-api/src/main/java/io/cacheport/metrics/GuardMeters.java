package io.cacheport.metrics;

import io.cacheport.guard.CircuitState;
import io.cacheport.guard.GuardedCache;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The meters of circuit breakers and the journal. */
final class GuardMeters {

    private GuardMeters() {}

    static void bind(MeterRegistry registry, GuardedCache cache, Tags tags) {
        Meters<GuardedCache> meters = new Meters<>(registry, cache, tags);
        meters.gauge(
                "cache.circuit.open",
                "nodes that are not asked now",
                c -> in(c, CircuitState.OPEN) + in(c, CircuitState.HALF_OPEN) + in(c, CircuitState.FORCED_OPEN));
        for (CircuitState state : CircuitState.values()) {
            meters.gauge(
                    "cache.circuit.state",
                    "nodes whose circuit is so",
                    Tags.of("state", state.tag()),
                    c -> in(c, state));
        }
        meters.counter(
                "cache.circuit.openings",
                "times a circuit opened",
                c -> c.guard().stats().opened());
        meters.counter(
                "cache.circuit.rejections",
                "calls answered without asking",
                c -> c.guard().stats().rejected());
        meters.gauge(
                "cache.invalidations.pending",
                "invalidations kept for later: the journal's length",
                c -> c.guard().stats().pending());
        meters.counter(
                "cache.invalidations.replayed",
                "invalidations made later",
                c -> c.guard().stats().replayed());
        meters.counter(
                "cache.invalidations.overflows",
                "times the journal was full",
                c -> c.guard().stats().overflows());
        meters.counter(
                "cache.invalidations.lost",
                "invalidations given up",
                c -> c.guard().stats().lost());
        countTransitions(registry, cache, tags);
    }

    private static void countTransitions(MeterRegistry registry, GuardedCache cache, Tags tags) {
        Map<CircuitState, Counter> transitions = new EnumMap<>(CircuitState.class);
        for (CircuitState to : CircuitState.values()) {
            transitions.put(
                    to,
                    Counter.builder("cache.circuit.transitions")
                            .tags(tags.and("to", to.tag()))
                            .description("times a circuit went into this state")
                            .register(registry));
        }
        cache.guard()
                .onTransition(change ->
                        Objects.requireNonNull(transitions.get(change.to())).increment());
    }

    private static long in(GuardedCache cache, CircuitState state) {
        return cache.guard().circuits().values().stream()
                .filter(one -> one == state)
                .count();
    }
}
