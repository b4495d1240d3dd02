package io.cacheport.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that cannot be are refused by name, and the environment says what it can. */
class CircuitBreakerPolicyTest {

    private static final CircuitBreakerPolicy DEFAULTS = CircuitBreakerPolicy.defaults();

    @Test
    void theEnvironmentChangesWhatItNames() {
        CircuitBreakerPolicy policy = CircuitBreakerPolicy.fromEnvironment(Map.of(
                "CACHE_CB_FAILURE_THRESHOLD", "5",
                "CACHE_CB_RECOVERY_TIMEOUT", "60000",
                "CACHE_CB_MONITORING_PERIOD", "300000",
                "CACHE_CB_HALF_OPEN_MAX_CALLS", " 4 "));

        assertThat(policy)
                .isEqualTo(DEFAULTS.minimumCalls(5)
                        .recovery(Duration.ofMinutes(1))
                        .window(Duration.ofMinutes(5))
                        .halfOpenCalls(4));
    }

    @Test
    void anEmptyEnvironmentChangesNothing() {
        assertThat(CircuitBreakerPolicy.fromEnvironment(Map.of())).isEqualTo(DEFAULTS);
        assertThat(CircuitBreakerPolicy.fromEnvironment(Map.of("CACHE_CB_RECOVERY_TIMEOUT", " ")))
                .isEqualTo(DEFAULTS);
    }

    @ParameterizedTest
    @CsvSource({
        "CACHE_CB_FAILURE_THRESHOLD, 0",
        "CACHE_CB_FAILURE_THRESHOLD, five",
        "CACHE_CB_FAILURE_THRESHOLD, 2.5",
        "CACHE_CB_RECOVERY_TIMEOUT, -1",
        "CACHE_CB_RECOVERY_TIMEOUT, 99999999999",
        "CACHE_CB_MONITORING_PERIOD, 500",
        "CACHE_CB_MONITORING_PERIOD, 1500",
        "CACHE_CB_HALF_OPEN_MAX_CALLS, 0"
    })
    void aVariableThatCannotBeIsNamedWithItsValue(String name, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CircuitBreakerPolicy.fromEnvironment(Map.of(name, value)))
                .withMessageContainingAll(name, value);
    }

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
