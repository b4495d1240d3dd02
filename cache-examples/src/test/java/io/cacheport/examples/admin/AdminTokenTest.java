package io.cacheport.examples.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminTokenTest {

    private static final String GIVEN = "0123456789abcdef";

    private final AdminToken token = AdminToken.fromEnvironment(Map.of(AdminToken.VARIABLE, GIVEN));

    @ParameterizedTest
    @ValueSource(strings = {"Bearer " + GIVEN, "bearer " + GIVEN, "Bearer  " + GIVEN})
    void isShown(String authorization) {
        assertThat(token.isShownBy(authorization)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                GIVEN,
                "Basic " + GIVEN,
                "Bearer 0123456789abcdeg",
                "Bearer " + GIVEN + "0",
                "Bearer 0123456789abcde"
            })
    void isNotShown(String authorization) {
        assertThat(token.isShownBy(authorization)).isFalse();
    }

    @Test
    void isGeneratedAnewWhereNoneIsGiven() {
        AdminToken one = AdminToken.fromEnvironment(Map.of());
        AdminToken other = AdminToken.fromEnvironment(Map.of(AdminToken.VARIABLE, " "));
        assertThat(one.isGenerated() && other.isGenerated()).isTrue();
        assertThat(token.isGenerated()).isFalse();
        assertThat(one.reveal()).hasSize(32).isNotEqualTo(other.reveal());
        assertThat(one.isShownBy("Bearer " + other.reveal())).isFalse();
    }

    @Test
    void isNeverText() {
        assertThat(token.toString()).doesNotContain(GIVEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123456789abcde", "0123456789 abcdef", "0123456789abcdéf"})
    void thatCanBeGuessedOrCannotBeSentIsRefusedWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> AdminToken.fromEnvironment(Map.of(AdminToken.VARIABLE, text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ADMIN_TOKEN has " + text.length() + " characters: it must have at least 16")
                .hasMessageNotContaining(text);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "127.1.2.3, true", "::1, true", "10.0.0.1, false", "0.0.0.0, false", "fe80::1, false"
    })
    void onlyThisMachineMayShowIt(String address, boolean local) {
        assertThat(AdminGate.isLocal(address)).isEqualTo(local);
    }
}
