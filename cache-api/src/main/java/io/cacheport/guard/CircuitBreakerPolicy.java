package io.cacheport.guard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a circuit opens and how it closes again. Immutable; each method gives a changed copy.
 *
 * @param failureRate percentage of calls that failed, 1 to 100, from which the circuit opens
 * @param slowCallRate percentage of calls slower than {@code slowCall}, 1 to 100, from which it opens
 * @param slowCall what counts as slow, or null for half of the time budget of a call
 * @param minimumCalls calls in the window below which it does not open, and failures one after the other, over the time
 *     of two slow calls, from which it opens whatever the percentage, 1 to 1,000,000
 * @param window how far back calls count, in whole seconds from 1 s to 1 h
 * @param recovery how long it stays open before the node is probed, and between probes, 1 ms to 1 h. A circuit that opens
 *     again within a window of having closed waits twice as long each time, up to 30 s. A node whose connection was lost
 *     is probed as soon as it is connected again
 * @param halfOpenCalls calls of the probe, after the first that was answered, that decide whether it closes, 1 to 1,000
 * @since 0.1
 */
public record CircuitBreakerPolicy(
        int failureRate,
        int slowCallRate,
        @Nullable Duration slowCall,
        int minimumCalls,
        Duration window,
        Duration recovery,
        int halfOpenCalls) {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final CircuitBreakerPolicy DEFAULT =
            new CircuitBreakerPolicy(50, 50, null, 20, Duration.ofSeconds(10), Duration.ofMillis(500), 3);

    /**
     * Checks each setting.
     *
     * @throws IllegalArgumentException if one breaks its rule, naming both
     */
    public CircuitBreakerPolicy {
        requireWithin("failureRate", failureRate, 100);
        requireWithin("slowCallRate", slowCallRate, 100);
        requireWithin("minimumCalls", minimumCalls, 1_000_000);
        requireWithin("halfOpenCalls", halfOpenCalls, 1_000);
        requireWithin("recovery", recovery, Duration.ofMillis(1));
        requireWithin("window", window, Duration.ofSeconds(1));
        if (!window.equals(Duration.ofSeconds(window.toSeconds()))) {
            throw new IllegalArgumentException("window " + window + " is not in whole seconds");
        }
        if (slowCall != null) {
            requireWithin("slowCall", slowCall, Duration.ofMillis(1));
        }
    }

    /**
     * Half of at least 20 calls within 10 s failed, or took more than half of their budget; probed after 500 ms; closed by
     * 3 more that do well.
     */
    public static CircuitBreakerPolicy defaults() {
        return DEFAULT;
    }

    /** With another percentage of failed calls. */
    public CircuitBreakerPolicy failureRate(int percent) {
        return new CircuitBreakerPolicy(percent, slowCallRate, slowCall, minimumCalls, window, recovery, halfOpenCalls);
    }

    /** With another rule for slow calls; 100 percent of an hour is as good as none. */
    public CircuitBreakerPolicy slowCalls(int percent, Duration slowerThan) {
        return new CircuitBreakerPolicy(
                failureRate, percent, slowerThan, minimumCalls, window, recovery, halfOpenCalls);
    }

    /** With another least number of calls. */
    public CircuitBreakerPolicy minimumCalls(int calls) {
        return new CircuitBreakerPolicy(failureRate, slowCallRate, slowCall, calls, window, recovery, halfOpenCalls);
    }

    /** With another window. */
    public CircuitBreakerPolicy window(Duration wholeSeconds) {
        return new CircuitBreakerPolicy(
                failureRate, slowCallRate, slowCall, minimumCalls, wholeSeconds, recovery, halfOpenCalls);
    }

    /** With another pause before probes. */
    public CircuitBreakerPolicy recovery(Duration pause) {
        return new CircuitBreakerPolicy(
                failureRate, slowCallRate, slowCall, minimumCalls, window, pause, halfOpenCalls);
    }

    /** With another number of deciding calls. */
    public CircuitBreakerPolicy halfOpenCalls(int calls) {
        return new CircuitBreakerPolicy(failureRate, slowCallRate, slowCall, minimumCalls, window, recovery, calls);
    }

    private static void requireWithin(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is not from 1 to " + most);
        }
    }

    private static void requireWithin(String name, @Nullable Duration value, Duration least) {
        if (value == null || value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " " + value + " is not from " + least.toMillis() + " ms to 1 h");
        }
    }
}
