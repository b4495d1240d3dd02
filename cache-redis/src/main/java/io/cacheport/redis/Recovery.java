package io.cacheport.redis;

import io.cacheport.ErrorCause;
import io.cacheport.guard.CircuitState;
import io.cacheport.redis.Calls.Kind;
import io.cacheport.redis.guard.Circuits;
import io.cacheport.redis.guard.InvalidationJournal;
import io.cacheport.redis.guard.NodeCircuit;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after nodes whose circuit is open and invalidations that wait in the journal, on a thread of its own that lives
 * only while there is something to look after. A node that answers a read gets its part of the journal, then a few calls
 * decide whether its circuit closes; reads of its own again, so that it needs no traffic.
 */
final class Recovery implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedisCacheAdapter.class);
    private static final Duration LAST_REPLAY = Duration.ofMillis(500);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long THREAD_SECONDS = 5;

    private final Calls calls;
    private final RedisLink link;
    private final Circuits circuits;
    private final InvalidationJournal journal;
    private final JournalReplay replay;
    private final int halfOpenCalls;
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicBoolean awake = new AtomicBoolean();

    /** Keys read, by the recovery's own thread only. */
    private int asked;

    Recovery(Calls calls, RedisLink link, Circuits circuits, InvalidationJournal journal, RedisSettings settings) {
        this.calls = calls;
        this.link = link;
        this.circuits = circuits;
        this.journal = journal;
        this.replay = new JournalReplay(calls, link, journal, settings);
        this.halfOpenCalls = settings.circuitBreaker().halfOpenCalls();
        this.thread = new ScheduledThreadPoolExecutor(1, code -> {
            Thread made = new Thread(code, "cacheport-redis-recovery");
            made.setDaemon(true);
            return made;
        });
        thread.setKeepAliveTime(THREAD_SECONDS, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setRemoveOnCancelPolicy(true);
    }

    /** There may be something to do. */
    void wake() {
        if (awake.compareAndSet(false, true)) {
            scheduleAfter(SHORTEST_PAUSE_NANOS);
        }
    }

    private void scheduleAfter(long nanos) {
        try {
            Future<?> unused = thread.schedule(this::round, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            // what is left in the journal is given up by close
        }
    }

    private void round() {
        boolean waiting = !journal.isEmpty();
        try {
            Collection<String> nodes = link.nodes();
            nodes.forEach(this::look);
            if (!nodes.isEmpty()) {
                circuits.retain(nodes);
            }
            if (waiting && journal.isEmpty()) {
                log.atInfo().addKeyValue("replayed", journal.replayedCount()).log("kept invalidations were made");
            }
        } finally {
            if (hasWork()) {
                scheduleAfter(pause());
            } else {
                awake.set(false);
                if (hasWork()) {
                    wake();
                }
            }
        }
    }

    private boolean hasWork() {
        return !journal.isEmpty()
                || circuits.all().stream()
                        .map(NodeCircuit::state)
                        .anyMatch(state -> state == CircuitState.OPEN || state == CircuitState.HALF_OPEN);
    }

    /** Until the first probe is due, but not long: the journal waits too, and a connection may be back any time. */
    private long pause() {
        long pause = LONGEST_PAUSE_NANOS;
        for (NodeCircuit circuit : circuits.all()) {
            if (circuit.state() == CircuitState.OPEN) {
                pause = Math.min(pause, circuit.nanosToProbe());
            }
        }
        return Math.max(SHORTEST_PAUSE_NANOS, pause);
    }

    private void look(String node) {
        NodeCircuit circuit = circuits.of(node);
        switch (circuit.state()) {
            case OPEN -> {
                if (circuit.nanosToProbe() <= 0) {
                    probe(node, circuit);
                }
            }
            case HALF_OPEN -> decide(node, circuit);
            case CLOSED, FORCED_CLOSED -> replay.run(node);
            case FORCED_OPEN -> {
                // someone's will
            }
        }
    }

    private void probe(String node, NodeCircuit circuit) {
        long start = System.nanoTime();
        boolean connected = link.isUp(node); // it may be back by the time that it was found missing
        CommandFailure failure = ask(node);
        boolean slow = circuits.isSlow(System.nanoTime() - start); // then the few calls that decide would be too
        if (failure == null && !slow && replay.run(node)) {
            circuit.probeSucceeded();
            decide(node, circuit);
        } else {
            circuit.probeFailed(connected && link.isUp(node));
            if (failure != null) {
                link.suspect(node, failure.errorCause());
            }
        }
    }

    private void decide(String node, NodeCircuit circuit) {
        for (int i = 0; i < halfOpenCalls && circuit.tryProbe(); i++) {
            long start = System.nanoTime();
            if (ask(node) == null) {
                circuit.succeeded(System.nanoTime() - start);
            } else {
                circuit.failed(System.nanoTime() - start, link.isUp(node));
            }
        }
    }

    /**
     * As callers do: a server may answer a PING and refuse every read, as each master of a cluster does that is down. A
     * circuit that then closes and opens again and again is probed less and less often.
     */
    private @Nullable CommandFailure ask(String node) {
        if (!link.isUp(node)) {
            return CommandFailure.notConnected();
        }
        try {
            RedisAsyncCommands<byte[], byte[]> commands = calls.commandsOf(node);
            byte[] key = link.keyOn(node, asked++); // another each time: its slot may be on the move
            byte[] unused = calls.once(Kind.READ, any -> commands.get(key));
            return null;
        } catch (CommandFailure failure) {
            return failure.errorCause() == ErrorCause.WRONG_TYPE ? null : failure;
        }
    }

    /** Tries once more what is in the journal, for a moment; the link is still open. */
    @Override
    public void close() {
        try {
            if (!journal.isEmpty()) {
                Future<?> last = thread.submit(
                        () -> link.nodes().stream().filter(link::isUp).forEach(replay::run));
                last.get(LAST_REPLAY.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException left) {
            // is given up below
        } finally {
            thread.shutdownNow();
        }
    }
}
