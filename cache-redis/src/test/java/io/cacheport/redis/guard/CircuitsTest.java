package io.cacheport.redis.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.guard.CircuitBreakerPolicy;
import io.cacheport.guard.CircuitState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the circuits of several nodes have in common. */
class CircuitsTest {

    private final Circuits circuits = new Circuits(
            CircuitBreakerPolicy.defaults(),
            Duration.ofMillis(100),
            System::nanoTime,
            LoggerFactory.getLogger(CircuitsTest.class));

    @Test
    void aNodeMetAfterwardsIsForcedToo() {
        circuits.force(CircuitState.FORCED_OPEN);
        assertThat(circuits.of("new").state()).isEqualTo(CircuitState.FORCED_OPEN);

        circuits.force(CircuitState.CLOSED);
        assertThat(circuits.of("newer").state()).isEqualTo(CircuitState.CLOSED);
        assertThat(circuits.of("new").state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aNodeThatLeftIsForgotten() {
        circuits.of("left").forceOpen();
        circuits.of("stays");
        assertThat(circuits.areClosed()).isFalse();

        circuits.retain(List.of("stays", "unmet"));

        assertThat(circuits.states()).containsOnlyKeys("stays");
        assertThat(circuits.areClosed()).isTrue();
    }

    @Test
    void callsPassOneThatIsForcedClosed() {
        circuits.of("a").forceClosed();
        circuits.of("b");
        assertThat(circuits.areClosed()).isTrue();
    }
}
