package io.cacheport.redis.guard;

import io.cacheport.guard.CircuitBreakerPolicy;
import io.cacheport.guard.CircuitState;
import io.cacheport.guard.CircuitTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The circuit breaker of one node. Resilience4j counts and decides; when an open circuit is tried again is decided here,
 * by a probe and not by the next caller, so that no caller pays for finding out and no traffic is needed.
 *
 * <p>Who was let in must say how it went, exactly once. Thread-safe.
 */
public final class NodeCircuit {

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Between looks at whether a connection is back, which cost nothing. */
    private static final long CONNECTION_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** As good as for ever: Resilience4j would let the next caller find out. */
    private static final Duration NEVER = Duration.ofDays(36_500);

    /** Resilience4j wants an exception and has no use for it. */
    private final Exception failure = new Failure();

    private final String node;
    private final CircuitBreaker breaker;
    private final long recoveryNanos;
    private final long windowNanos;
    private final int minimumCalls;
    private final long rowNanos;
    private final LongSupplier nanoTime;
    private final Consumer<CircuitTransition> listener;
    private final AtomicReference<CircuitState> told = new AtomicReference<>(CircuitState.CLOSED);
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private volatile long rowBegan;
    private volatile boolean wasConnected = true;
    private volatile long closedAt;
    private volatile long nextProbeAt;
    private volatile long pauseNanos;

    /**
     * A closed circuit.
     *
     * @param listener told of each transition, on the thread that caused it
     */
    public NodeCircuit(
            String node,
            CircuitBreakerPolicy policy,
            Duration slowCall,
            LongSupplier nanoTime,
            Consumer<CircuitTransition> listener) {
        this.node = node;
        this.recoveryNanos = policy.recovery().toNanos();
        this.windowNanos = policy.window().toNanos();
        this.minimumCalls = policy.minimumCalls();
        this.rowNanos = slowCall.multipliedBy(2).toNanos(); // unless set otherwise, the whole budget of a call
        this.nanoTime = nanoTime;
        this.listener = listener;
        this.pauseNanos = recoveryNanos;
        this.closedAt = nanoTime.getAsLong() - windowNanos;
        this.breaker = CircuitBreaker.of(
                node,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.TIME_BASED)
                        .slidingWindowSize(Math.toIntExact(policy.window().toSeconds()))
                        .minimumNumberOfCalls(policy.minimumCalls())
                        .failureRateThreshold(policy.failureRate())
                        .slowCallRateThreshold(policy.slowCallRate())
                        .slowCallDurationThreshold(slowCall)
                        .permittedNumberOfCallsInHalfOpenState(policy.halfOpenCalls())
                        .waitDurationInOpenState(NEVER)
                        .writableStackTraceEnabled(false)
                        .clock(new NanoClock(nanoTime))
                        .build());
    }

    /** Whether a caller's call may go to the node; if so, one of the three below must follow. */
    public boolean tryEnter() {
        return breaker.getState() != CircuitBreaker.State.HALF_OPEN && breaker.tryAcquirePermission();
    }

    /** Whether the probe may make one of the calls that decide; the same must follow. */
    public boolean tryProbe() {
        return breaker.tryAcquirePermission();
    }

    /** The call was answered, be it with an error that is not the node's. */
    public void succeeded(long nanos) {
        if (failuresInARow.get() > 0) {
            failuresInARow.set(0);
        }
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        tell();
    }

    /**
     * The node could not serve the call.
     *
     * @param connected false if there is no connection to it: then what is waited for is the connection, and no pause
     */
    public void failed(long nanos, boolean connected) {
        wasConnected = connected;
        breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
        if (isRowLong(nanos) && breaker.getState() == CircuitBreaker.State.CLOSED) {
            breaker.transitionToOpenState();
        }
        tell();
    }

    /**
     * Whether so many have failed one after the other, the first of them begun so long ago: the window of a busy node that
     * stops answering is full of calls that did well, so that half of it would be reached after seconds of timeouts. That
     * a connection was cut and came back in a moment is no such row.
     */
    private boolean isRowLong(long nanos) {
        long at = nanoTime.getAsLong();
        if (failuresInARow.get() == 0 || at - rowBegan > windowNanos) {
            rowBegan = at - nanos;
            failuresInARow.set(0);
        }
        return failuresInARow.incrementAndGet() >= minimumCalls && at - rowBegan >= rowNanos;
    }

    /** The call says nothing about the node. */
    public void ignored() {
        breaker.releasePermission();
    }

    /** Where it stands. */
    public CircuitState state() {
        return switch (breaker.getState()) {
            case CLOSED, METRICS_ONLY -> CircuitState.CLOSED;
            case OPEN -> CircuitState.OPEN;
            case HALF_OPEN -> CircuitState.HALF_OPEN;
            case FORCED_OPEN -> CircuitState.FORCED_OPEN;
            case DISABLED -> CircuitState.FORCED_CLOSED;
        };
    }

    /** Whether calls go through and have done so for a while: one that just closed may lead to a store that is empty. */
    public boolean isSteady() {
        CircuitState now = state();
        return now == CircuitState.FORCED_CLOSED
                || (now == CircuitState.CLOSED && nanoTime.getAsLong() - closedAt >= windowNanos);
    }

    /** Nanoseconds until an open circuit may be probed; none or less if now. */
    public long nanosToProbe() {
        return nextProbeAt - nanoTime.getAsLong();
    }

    /** An open circuit was probed in vain, for which {@code connected} is as in {@link #failed}. */
    public void probeFailed(boolean connected) {
        nextProbeAt =
                nanoTime.getAsLong() + (connected ? recoveryNanos : Math.min(recoveryNanos, CONNECTION_PAUSE_NANOS));
    }

    /** An open circuit was probed and its node answered: a few more of the probe's calls decide. */
    public void probeSucceeded() {
        if (breaker.getState() == CircuitBreaker.State.OPEN) {
            breaker.transitionToHalfOpenState();
            tell();
        }
    }

    /** Opens it until {@link #release}. */
    public void forceOpen() {
        breaker.transitionToForcedOpenState();
        tell();
    }

    /** Closes it until {@link #release}. */
    public void forceClosed() {
        breaker.transitionToDisabledState();
        tell();
    }

    /** Closed, counting anew. */
    public void release() {
        failuresInARow.set(0);
        breaker.reset();
        tell();
    }

    /** Each transition is told once, by whoever sees it first. */
    private void tell() {
        CircuitState now = state();
        CircuitState before = Objects.requireNonNull(told.get());
        if (now == before || !told.compareAndSet(before, now)) {
            return;
        }
        long at = nanoTime.getAsLong();
        if (now == CircuitState.OPEN) {
            boolean again = wasConnected && at - closedAt < windowNanos;
            pauseNanos = again ? Math.min(2 * pauseNanos, Math.max(LONGEST_PAUSE_NANOS, recoveryNanos)) : recoveryNanos;
            nextProbeAt = at + (wasConnected ? pauseNanos : 0);
        } else if (now == CircuitState.CLOSED) {
            closedAt = at;
        }
        listener.accept(new CircuitTransition(node, before, now));
    }

    @Override
    public String toString() {
        return node + " " + state().tag();
    }

    private static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure() {
            super("the node could not serve the call", null, false, false);
        }
    }
}
