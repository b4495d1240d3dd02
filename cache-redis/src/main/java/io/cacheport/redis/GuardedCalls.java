package io.cacheport.redis;

import io.cacheport.CacheException;
import io.cacheport.guard.CircuitState;
import io.cacheport.redis.Calls.Command;
import io.cacheport.redis.Calls.Kind;
import io.cacheport.redis.Calls.Outcome;
import io.cacheport.redis.guard.Circuits;
import io.cacheport.redis.guard.NodeCircuit;
import io.cacheport.spi.CacheTelemetry;
import io.cacheport.spi.Watch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls that pass the circuit of the node they go to. One call is one word to its circuit, retries included: a connection
 * that was cut and came back within the budget did well.
 */
final class GuardedCalls {

    private final Calls calls;
    private final RedisLink link;
    private final Circuits circuits;
    private final CacheTelemetry telemetry;

    /** A command and the node it goes to. */
    record Addressed<R>(String node, Command<R> command) {}

    GuardedCalls(Calls calls, RedisLink link, Circuits circuits, CacheTelemetry telemetry) {
        this.calls = calls;
        this.link = link;
        this.circuits = circuits;
        this.telemetry = telemetry;
    }

    <R> R call(Kind kind, byte[] key, Command<R> command) throws CommandFailure {
        Passage passage = tryEnter(link.nodeOf(key));
        if (!passage.isOpen()) {
            throw CommandFailure.circuitOpen();
        }
        Watch watch = watched(kind);
        long start = System.nanoTime();
        try {
            R answer = calls.call(kind, command);
            long nanos = System.nanoTime() - start;
            passage.succeeded(nanos);
            ended(watch, nanos, null);
            return answer;
        } catch (CommandFailure failure) {
            long nanos = System.nanoTime() - start;
            passage.failed(failure, nanos);
            ended(watch, nanos, failure);
            throw failure;
        } finally {
            passage.end();
        }
    }

    /**
     * Several, each with an outcome of its own, in order. However many go to a node, its circuit hears of one: that the
     * answers to many took their time is no sign of a slow node, and one pause is not many failures.
     */
    <R> List<Outcome<R>> callEach(Kind kind, List<Addressed<R>> commands) {
        Map<String, Passage> passages = new HashMap<>();
        List<Passage> ways = new ArrayList<>(commands.size());
        List<Command<R>> let = new ArrayList<>(commands.size());
        try {
            for (Addressed<R> one : commands) {
                Passage passage = passages.computeIfAbsent(one.node(), this::tryEnter);
                ways.add(passage);
                let.add(
                        passage.isOpen()
                                ? one.command()
                                : rejected -> {
                                    throw CommandFailure.circuitOpen();
                                });
            }
            List<Outcome<R>> outcomes = calledEach(kind, let, passages);
            for (int i = 0; i < outcomes.size(); i++) {
                CommandFailure failure = outcomes.get(i).failure();
                if (failure != null) {
                    ways.get(i).failed(failure, 0);
                }
            }
            for (int i = 0; i < outcomes.size(); i++) { // after all failures: one is heard, whatever else did well
                if (outcomes.get(i).failure() == null) {
                    ways.get(i).succeeded(0);
                }
            }
            return outcomes;
        } finally {
            passages.values().forEach(Passage::end);
        }
    }

    /** However many, they are one wait of the caller's. */
    private <R> List<Outcome<R>> calledEach(Kind kind, List<Command<R>> let, Map<String, Passage> passages) {
        boolean asked = passages.values().stream().anyMatch(Passage::isOpen);
        Watch watch = asked ? watched(kind) : null;
        if (watch == null) {
            return calls.callEach(kind, let);
        }
        long start = System.nanoTime();
        List<Outcome<R>> outcomes = calls.callEach(kind, let);
        CommandFailure first = null;
        for (Outcome<R> one : outcomes) {
            first = first == null ? one.failure() : first;
        }
        ended(watch, System.nanoTime() - start, first);
        return outcomes;
    }

    private @Nullable Watch watched(Kind kind) {
        return Watch.begin(telemetry.observer(), kind.activity());
    }

    private static void ended(@Nullable Watch watch, long nanos, @Nullable CommandFailure failure) {
        if (watch != null) {
            watch.end(
                    nanos,
                    failure == null
                            ? null
                            : CacheException.of(
                                    failure.errorCause(),
                                    "call to Redis failed: "
                                            + failure.errorCause().tag(),
                                    failure.getCause()));
        }
    }

    /** Throws unless the node may be asked for something that takes its time, of which its circuit is told nothing. */
    void requireClosed(String node) throws CommandFailure {
        if (link.isClosed()) {
            throw CommandFailure.closed();
        }
        CircuitState state = circuits.of(node).state();
        if (state != CircuitState.CLOSED && state != CircuitState.FORCED_CLOSED) {
            circuits.rejected();
            throw CommandFailure.circuitOpen();
        }
    }

    private Passage tryEnter(String node) {
        if (link.isClosed() || node.equals(RedisLink.UNKNOWN_NODE)) {
            return new Passage(node, null, true); // fails by itself, and nobody there could be asked how it is
        }
        NodeCircuit circuit = circuits.of(node);
        boolean open = circuit.tryEnter();
        if (!open) {
            circuits.rejected();
        }
        return new Passage(node, circuit, open);
    }

    /** What is said of a node once, at the first occasion; nothing at all counts as the caller's affair. */
    private final class Passage {

        private final String node;
        private final @Nullable NodeCircuit circuit;
        private final boolean open;
        private boolean said;

        Passage(String node, @Nullable NodeCircuit circuit, boolean open) {
            this.node = node;
            this.circuit = circuit;
            this.open = open;
            this.said = circuit == null || !open;
        }

        boolean isOpen() {
            return open;
        }

        void succeeded(long nanos) {
            if (circuit != null && !said) {
                said = true;
                circuit.succeeded(nanos);
            }
        }

        void failed(CommandFailure failure, long nanos) {
            if (failure.isFromReplica()) {
                link.reconsider(node, false);
            }
            if (circuit == null || said || failure.isOfTheCaller()) {
                return;
            }
            said = true;
            if (failure.isOfTheNode()) {
                circuits.failedBecause(failure.errorCause());
                circuit.failed(nanos, link.isUp(node));
            } else {
                circuit.succeeded(nanos);
            }
        }

        void end() {
            if (circuit != null && !said) {
                said = true;
                circuit.ignored();
            }
        }
    }
}
