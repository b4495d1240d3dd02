package io.cacheport.redis.guard;

import io.cacheport.ErrorCause;
import io.cacheport.guard.CircuitBreakerPolicy;
import io.cacheport.guard.CircuitState;
import io.cacheport.guard.CircuitTransition;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** The circuits of all nodes, made when a node is first met. Thread-safe. */
public final class Circuits {

    private final CircuitBreakerPolicy policy;
    private final Duration slowCall;
    private final LongSupplier nanoTime;
    private final Logger log;
    private final ConcurrentMap<String, NodeCircuit> circuits = new ConcurrentHashMap<>();
    private final List<Consumer<CircuitTransition>> listeners = new CopyOnWriteArrayList<>();
    private final LongAdder opened = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private volatile CircuitState forced = CircuitState.CLOSED;
    private volatile ErrorCause lastCause = ErrorCause.UNAVAILABLE;

    /** None yet; where a slow call is not set, half of the budget is slow. */
    public Circuits(CircuitBreakerPolicy policy, Duration budget, LongSupplier nanoTime, Logger log) {
        this.policy = policy;
        Duration given = policy.slowCall();
        this.slowCall = given == null ? budget.dividedBy(2) : given;
        this.nanoTime = nanoTime;
        this.log = log;
    }

    /** The circuit of a node. */
    public NodeCircuit of(String node) {
        NodeCircuit known = circuits.get(node);
        return known != null ? known : created(node);
    }

    private NodeCircuit created(String node) {
        NodeCircuit circuit = new NodeCircuit(node, policy, slowCall, nanoTime, this::changed);
        NodeCircuit other = circuits.putIfAbsent(node, circuit);
        if (other != null) {
            return other;
        }
        if (forced != CircuitState.CLOSED) {
            force(circuit, forced);
        }
        return circuit;
    }

    private void changed(CircuitTransition transition) {
        if (transition.to() == CircuitState.OPEN) {
            opened.increment();
        }
        for (Consumer<CircuitTransition> listener : listeners) {
            try {
                listener.accept(transition);
            } catch (RuntimeException failure) {
                log.atWarn()
                        .addKeyValue("exception", failure.getClass().getName())
                        .log("a listener of circuit transitions failed");
            }
        }
    }

    /** See {@link io.cacheport.guard.Guard#onTransition}. */
    public void onTransition(Consumer<CircuitTransition> listener) {
        listeners.add(listener);
    }

    /** Whether a call that took so long was a slow one. */
    public boolean isSlow(long nanos) {
        return nanos > slowCall.toNanos();
    }

    /** Forgets nodes that are no longer there. */
    public void retain(Collection<String> nodes) {
        circuits.keySet().retainAll(nodes);
    }

    /** All circuits met so far. */
    public Collection<NodeCircuit> all() {
        return circuits.values();
    }

    /** Whether calls go through to every node. */
    public boolean areClosed() {
        return circuits.values().stream()
                .map(NodeCircuit::state)
                .allMatch(state -> state == CircuitState.CLOSED || state == CircuitState.FORCED_CLOSED);
    }

    /** The state of each, by node. */
    public Map<String, CircuitState> states() {
        Map<String, CircuitState> states = new TreeMap<>();
        circuits.forEach((node, circuit) -> states.put(node, circuit.state()));
        return states;
    }

    /** Forces all, those of nodes not met yet too; {@code CLOSED} ends it. */
    public void force(CircuitState state) {
        forced = state;
        circuits.values().forEach(circuit -> force(circuit, state));
    }

    private static void force(NodeCircuit circuit, CircuitState state) {
        switch (state) {
            case FORCED_OPEN -> circuit.forceOpen();
            case FORCED_CLOSED -> circuit.forceClosed();
            default -> circuit.release();
        }
    }

    /** Notes why a call failed, to say so when a circuit opens. */
    public void failedBecause(ErrorCause cause) {
        lastCause = cause;
    }

    /** Why the last call failed that counted. */
    public ErrorCause lastCause() {
        return lastCause;
    }

    /** Counts a call that was not let in. */
    public void rejected() {
        rejected.increment();
    }

    /** How often a circuit opened. */
    public long openedCount() {
        return opened.sum();
    }

    /** How many calls were not let in. */
    public long rejectedCount() {
        return rejected.sum();
    }
}
