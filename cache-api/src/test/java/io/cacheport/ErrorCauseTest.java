package io.cacheport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCauseTest {

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, CacheUnavailableException",
        "CREDENTIALS, CacheUnavailableException",
        "CLOSED, CacheUnavailableException",
        "TIMEOUT, CacheTimeoutException",
        "REFUSED, CacheRefusedException",
        "UNREADABLE, CacheDataException",
        "WRONG_TYPE, CacheDataException",
        "WRONG_KEY, CacheDataException",
        "TOO_LARGE, CacheDataException"
    })
    void eachCauseHasItsType(ErrorCause cause, String type) {
        assertThat(CacheException.of(cause, "m", null).getClass().getSimpleName())
                .isEqualTo(type);
    }

    @ParameterizedTest
    @EnumSource
    void exceptionKeepsItsCause(ErrorCause cause) {
        assertThat(CacheException.of(cause, "m", null).errorCause()).isEqualTo(cause);
        assertThat(cause.tag()).isLowerCase();
    }
}
