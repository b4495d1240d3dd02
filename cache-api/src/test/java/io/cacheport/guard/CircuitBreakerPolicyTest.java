package io.cacheport.guard;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Settings that cannot be are refused by name. */
class CircuitBreakerPolicyTest {

    private static final CircuitBreakerPolicy DEFAULTS = CircuitBreakerPolicy.defaults();

    @Test
    void aSettingThatCannotBeIsNamedWithItsValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.failureRate(0))
                .withMessage("failureRate 0 is not from 1 to 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.slowCalls(101, Duration.ofSeconds(1)))
                .withMessage("slowCallRate 101 is not from 1 to 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.slowCalls(50, Duration.ZERO))
                .withMessage("slowCall PT0S is not from 1 ms to 1 h");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.minimumCalls(0))
                .withMessage("minimumCalls 0 is not from 1 to 1000000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.window(Duration.ofMillis(1_500)))
                .withMessage("window PT1.5S is not in whole seconds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.recovery(Duration.ofHours(2)))
                .withMessage("recovery PT2H is not from 1 ms to 1 h");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.halfOpenCalls(-1))
                .withMessage("halfOpenCalls -1 is not from 1 to 1000");
    }
}
