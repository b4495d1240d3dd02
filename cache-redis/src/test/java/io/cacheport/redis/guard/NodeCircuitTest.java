package io.cacheport.redis.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.guard.CircuitBreakerPolicy;
import io.cacheport.guard.CircuitState;
import io.cacheport.guard.CircuitTransition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** G1 and G3 with a clock that is moved. */
class NodeCircuitTest {

    private static final Duration SLOW = Duration.ofMillis(50);
    private static final long QUICK = TimeUnit.MILLISECONDS.toNanos(1);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L); // wraps around on the way
    private final List<CircuitTransition> told = new ArrayList<>();
    private final CircuitBreakerPolicy policy = CircuitBreakerPolicy.defaults();

    private NodeCircuit circuit(CircuitBreakerPolicy with) {
        return new NodeCircuit("node", with, SLOW, now::get, told::add);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static void fail(NodeCircuit circuit, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(circuit.tryEnter()).isTrue();
            circuit.failed(QUICK, true);
        }
    }

    private static void succeed(NodeCircuit circuit, int times, long nanos) {
        for (int i = 0; i < times; i++) {
            assertThat(circuit.tryEnter()).isTrue();
            circuit.succeeded(nanos);
        }
    }

    private void probesDoWell(NodeCircuit circuit) {
        for (int i = 0; i < policy.halfOpenCalls(); i++) {
            assertThat(circuit.tryProbe()).isTrue();
            circuit.succeeded(QUICK);
        }
    }

    private static CircuitTransition change(CircuitState from, CircuitState to) {
        return new CircuitTransition("node", from, to);
    }

    @Test
    void opensAtTheRateAndNotBelowTheLeastNumberOfCalls() {
        NodeCircuit circuit = circuit(policy);
        succeed(circuit, 10, QUICK);
        fail(circuit, 9);
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);

        fail(circuit, 1);

        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
        assertThat(circuit.tryEnter()).isFalse();
        assertThat(told).containsExactly(change(CircuitState.CLOSED, CircuitState.OPEN));
    }

    /** A busy node's window is full of calls that did well before it died. */
    @Test
    void opensWhenSoManyFailInARowWhateverCameBefore() {
        NodeCircuit circuit = circuit(policy);
        succeed(circuit, 10_000, QUICK);
        fail(circuit, 19);
        pass(SLOW.multipliedBy(2));
        succeed(circuit, 1, QUICK);
        fail(circuit, 100);
        assertThat(circuit.state()).as("only just").isEqualTo(CircuitState.CLOSED);
        pass(SLOW.multipliedBy(2));

        fail(circuit, 1);

        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
        assertThat(told).containsExactly(change(CircuitState.CLOSED, CircuitState.OPEN));
    }

    @Test
    void opensAtOnceWhenSoManyWaitedInVain() {
        NodeCircuit circuit = circuit(policy);
        succeed(circuit, 10_000, QUICK);
        for (int i = 0; i < 20; i++) {
            assertThat(circuit.tryEnter()).isTrue();
            circuit.failed(SLOW.multipliedBy(2).toNanos(), true);
        }
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void opensWhenHalfAreSlow() {
        NodeCircuit circuit = circuit(policy);
        succeed(circuit, 10, QUICK);
        succeed(circuit, 9, SLOW.toNanos() + 1);
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);

        succeed(circuit, 1, SLOW.toNanos() + 1);

        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void forgetsWhatIsOlderThanTheWindow() {
        NodeCircuit circuit = circuit(policy);
        fail(circuit, 19);
        pass(policy.window().plusSeconds(1));

        fail(circuit, 19);

        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void whatWasIgnoredDoesNotCount() {
        NodeCircuit circuit = circuit(policy);
        for (int i = 0; i < 1_000; i++) {
            assertThat(circuit.tryEnter()).isTrue();
            circuit.ignored();
        }
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        fail(circuit, 20);
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    /** However long it has been open, callers do not find out. */
    @Test
    void onlyAProbeEndsIt() {
        NodeCircuit circuit = circuit(policy);
        fail(circuit, 20);
        assertThat(circuit.nanosToProbe()).isEqualTo(policy.recovery().toNanos());
        pass(Duration.ofDays(1));
        assertThat(circuit.tryEnter()).isFalse();
        circuit.probeFailed(true);
        assertThat(circuit.nanosToProbe()).isEqualTo(policy.recovery().toNanos());
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);

        circuit.probeSucceeded();
        assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);
        probesDoWell(circuit);

        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(told)
                .containsExactly(
                        change(CircuitState.CLOSED, CircuitState.OPEN),
                        change(CircuitState.OPEN, CircuitState.HALF_OPEN),
                        change(CircuitState.HALF_OPEN, CircuitState.CLOSED));
    }

    @Test
    void halfOpenIsForTheProbeAndOpensAgainIfThatFails() {
        NodeCircuit circuit = circuit(policy.halfOpenCalls(2));
        fail(circuit, 20);
        circuit.probeSucceeded();
        assertThat(circuit.tryEnter()).as("a caller").isFalse();
        assertThat(circuit.tryProbe()).isTrue();
        assertThat(circuit.tryProbe()).isTrue();
        assertThat(circuit.tryProbe()).as("a third").isFalse();

        circuit.failed(QUICK, true);
        circuit.failed(QUICK, true);

        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void whatOpensAgainSoonIsProbedLaterEachTime() {
        NodeCircuit circuit = circuit(policy);
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            fail(circuit, 20);
            pauses.add(TimeUnit.NANOSECONDS.toMillis(circuit.nanosToProbe()));
            circuit.probeSucceeded();
            probesDoWell(circuit);
        }
        assertThat(pauses).containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L, 30_000L);

        pass(policy.window().plusSeconds(1));
        fail(circuit, 20);

        assertThat(circuit.nanosToProbe()).isEqualTo(policy.recovery().toNanos());
    }

    @Test
    void aRecoveryLongerThanTheLongestPauseIsKeptTo() {
        Duration recovery = Duration.ofMinutes(1);
        NodeCircuit circuit = circuit(policy.recovery(recovery));
        for (int i = 0; i < 3; i++) {
            fail(circuit, 20);
            assertThat(circuit.nanosToProbe()).isEqualTo(recovery.toNanos());
            circuit.probeSucceeded();
            probesDoWell(circuit);
        }
    }

    /** Looking for a connection costs nothing, and one that is back is no sign of a node that flaps. */
    @Test
    void whatLostItsConnectionIsProbedAtOnce() {
        NodeCircuit circuit = circuit(policy);
        for (int i = 0; i < 5; i++) {
            for (int call = 0; call < 20; call++) {
                assertThat(circuit.tryEnter()).isTrue();
                circuit.failed(QUICK, false);
            }
            assertThat(circuit.nanosToProbe()).isZero();
            circuit.probeFailed(false);
            assertThat(circuit.nanosToProbe()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
            circuit.probeSucceeded();
            probesDoWell(circuit);
        }
        fail(circuit, 20);
        assertThat(circuit.nanosToProbe()).isEqualTo(policy.recovery().toNanos() * 2);
    }

    @Test
    void isSteadyAgainAWindowAfterItClosed() {
        NodeCircuit circuit = circuit(policy);
        assertThat(circuit.isSteady()).isTrue();
        fail(circuit, 20);
        assertThat(circuit.isSteady()).isFalse();
        circuit.probeSucceeded();
        probesDoWell(circuit);
        assertThat(circuit.isSteady()).isFalse();

        pass(policy.window());

        assertThat(circuit.isSteady()).isTrue();
    }

    @Test
    void canBeForced() {
        NodeCircuit circuit = circuit(policy);
        circuit.forceOpen();
        assertThat(circuit.state()).isEqualTo(CircuitState.FORCED_OPEN);
        assertThat(circuit.tryEnter()).isFalse();
        circuit.probeSucceeded();
        assertThat(circuit.state()).as("a probe does not end it").isEqualTo(CircuitState.FORCED_OPEN);

        circuit.forceClosed();
        fail(circuit, 100);
        assertThat(circuit.state()).isEqualTo(CircuitState.FORCED_CLOSED);

        circuit.release();
        fail(circuit, 19);
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        fail(circuit, 1);
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void neitherForcedNorReleasedIsItOpenedByFailuresInARow() {
        NodeCircuit circuit = circuit(policy);
        succeed(circuit, 10_000, QUICK);
        fail(circuit, 19);
        pass(SLOW.multipliedBy(2));
        circuit.release();
        fail(circuit, 1);
        assertThat(circuit.state()).as("released").isEqualTo(CircuitState.CLOSED);

        circuit.forceClosed();
        fail(circuit, 50);
        pass(SLOW.multipliedBy(2));
        fail(circuit, 1);
        assertThat(circuit.state()).as("forced").isEqualTo(CircuitState.FORCED_CLOSED);
    }

    /** Whatever mixture of outcomes comes, in whatever state: a probe and good calls always close it. */
    @Test
    void isNeverStuck() {
        NodeCircuit circuit = circuit(policy);
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int round = 0; round < 2_000; round++) {
            for (int i = 0; i < 50; i++) {
                if (circuit.tryEnter()) {
                    switch (random.nextInt(4)) {
                        case 0 -> circuit.succeeded(QUICK);
                        case 1 -> circuit.failed(QUICK, true);
                        case 2 -> circuit.succeeded(SLOW.toNanos() * 2);
                        default -> circuit.ignored();
                    }
                } else if (random.nextBoolean()) {
                    circuit.probeSucceeded();
                }
            }
            pass(policy.window().plusSeconds(1));
            for (int probe = 0; circuit.state() != CircuitState.CLOSED; probe++) {
                assertThat(probe).as("probes in round " + round).isLessThan(3);
                circuit.probeSucceeded();
                for (int i = 0; i < policy.halfOpenCalls() && circuit.tryProbe(); i++) {
                    circuit.succeeded(QUICK);
                }
            }
        }
    }
}
