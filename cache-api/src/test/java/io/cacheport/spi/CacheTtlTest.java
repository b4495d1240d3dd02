package io.cacheport.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheServicePort;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheTtlTest {

    @ParameterizedTest
    @CsvSource({"PT0.000000001S, 1", "PT0.001S, 1", "PT0.001000001S, 2", "PT1S, 1000", "PT1.0005S, 1001"})
    void fractionsRoundUp(Duration ttl, long millis) {
        assertThat(CacheTtl.toMillis(ttl)).isEqualTo(millis);
    }

    @Test
    void neverOverflows() {
        assertThat(CacheTtl.toMillis(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)))
                .isEqualTo(CacheServicePort.MAX_TTL.toMillis());
        assertThat(CacheTtl.toMillis(CacheServicePort.MAX_TTL.minusNanos(1)))
                .isEqualTo(CacheServicePort.MAX_TTL.toMillis());
    }
}
