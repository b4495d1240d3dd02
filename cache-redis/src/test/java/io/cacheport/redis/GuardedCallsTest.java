package io.cacheport.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cacheport.guard.CircuitBreakerPolicy;
import io.cacheport.guard.CircuitState;
import io.cacheport.redis.Calls.Kind;
import io.cacheport.redis.GuardedCalls.Addressed;
import io.cacheport.redis.guard.Circuits;
import io.cacheport.redis.guard.NodeCircuit;
import io.cacheport.spi.CacheTelemetry;
import io.cacheport.spi.StatsCounter;
import io.cacheport.testkit.server.RedisServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What callers do to a circuit, and what they cannot do to it. */
class GuardedCallsTest {

    private static final Duration BUDGET = Duration.ofSeconds(1);
    private static final byte[] KEY = "k".getBytes(UTF_8);

    /** Half open, the places are the probe's: callers who took one could leave it so for ever. */
    @Test
    void callersTakeNoPlaceOfTheProbe() {
        try (RedisServer server = RedisServer.start()) {
            RedisSettings settings = RedisLinkTestSettings.of(server.uri());
            try (RedisLink link = RedisLink.open(settings, null)) {
                Circuits circuits = new Circuits(
                        CircuitBreakerPolicy.defaults().halfOpenCalls(1),
                        BUDGET,
                        System::nanoTime,
                        LoggerFactory.getLogger(GuardedCallsTest.class));
                GuardedCalls calls = new GuardedCalls(
                        new Calls(link, settings), link, circuits, new CacheTelemetry(new StatsCounter()));
                NodeCircuit circuit = circuits.of(link.nodeOf(KEY));
                while (circuit.tryEnter()) {
                    circuit.failed(BUDGET.toNanos(), true);
                }
                circuit.probeSucceeded();

                assertThatExceptionOfType(CommandFailure.class)
                        .isThrownBy(() -> calls.call(Kind.READ, KEY, commands -> commands.get(KEY)));
                assertThat(calls.callEach(
                                Kind.READ, List.of(new Addressed<>(link.nodeOf(KEY), commands -> commands.get(KEY)))))
                        .allMatch(outcome -> outcome.failure() != null);

                assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);
                assertThat(circuit.tryProbe()).isTrue();
            }
        }
    }

    /** Else a few calls for one key would be all that the circuit knows of a busy node. */
    @Test
    void callsForManyKeysThatDidWellAreHeardOf() {
        try (RedisServer server = RedisServer.start()) {
            RedisSettings settings = RedisLinkTestSettings.of(server.uri());
            try (RedisLink link = RedisLink.open(settings, null)) {
                Circuits circuits = new Circuits(
                        CircuitBreakerPolicy.defaults().minimumCalls(4),
                        BUDGET,
                        System::nanoTime,
                        LoggerFactory.getLogger(GuardedCallsTest.class));
                GuardedCalls calls = new GuardedCalls(
                        new Calls(link, settings), link, circuits, new CacheTelemetry(new StatsCounter()));
                String node = link.nodeOf(KEY);
                for (int i = 0; i < 6; i++) {
                    calls.callEach(Kind.READ, List.of(new Addressed<>(node, commands -> commands.get(KEY))));
                }
                for (int i = 0; i < 4; i++) {
                    circuits.of(node).tryEnter();
                    circuits.of(node).failed(0, true);
                }
                assertThat(circuits.of(node).state()).isEqualTo(CircuitState.CLOSED);
            }
        }
    }
}
