package io.cacheport.examples.catalog.tryit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheport.examples.catalog.CatalogSize;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TryItTest {

    @Test
    void allPhasesRunWithoutAnError() throws Exception {
        CatalogSize size = new CatalogSize(4, 2, 2, 20, 8, 50, 2_000);
        assertThat(new TryIt(size, Duration.ofSeconds(1)).measure()).isTrue();
    }

    @Test
    void readsItsOptions() {
        assertThat(Options.parse()).isEqualTo(new Options(false, false, Duration.ofSeconds(12)));
        assertThat(Options.parse("--serve").serve()).isTrue();
        assertThat(Options.parse("--help").help()).isTrue();
        assertThat(Options.parse("--seconds=3").phase()).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--sevre", "serve", "", "--seconds", "--seconds=", "--seconds=0", "--seconds=601", "--seconds=x"
            })
    void refusesOtherOptionsByName(String option) {
        assertThatThrownBy(() -> Options.parse(option))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(option);
    }

    @Test
    void readsThePort() {
        assertThat(Serve.port(null)).isEqualTo(8080);
        assertThat(Serve.port("1234")).isEqualTo(1234);
        assertThatThrownBy(() -> Serve.port("70000")).hasMessage("PORT is \"70000\": it must be 0 to 65535");
        assertThatThrownBy(() -> Serve.port("http")).hasMessageContaining("PORT is \"http\"");
    }

    @Test
    void percentilesAreExact() {
        Latencies latencies = new Latencies();
        assertThat(latencies.percentileMillis(0.5)).isZero();
        for (int i = 100; i > 0; i--) {
            latencies.add(i * 1_000_000L);
        }
        assertThat(latencies.percentileMillis(0.50)).isEqualTo(50);
        assertThat(latencies.percentileMillis(0.99)).isEqualTo(99);
        assertThat(latencies.percentileMillis(1)).isEqualTo(100);
    }

    @Test
    void aZipfPicksTheKthOneKthAsOften() {
        Zipf zipf = new Zipf(4, 1);
        SplittableRandom random = new SplittableRandom(1);
        int[] picks = new int[4];
        for (int i = 0; i < 25_000; i++) {
            picks[zipf.pick(random)]++;
        }
        int[] expected = {12_000, 6_000, 4_000, 3_000};
        for (int i = 0; i < 4; i++) {
            assertThat(picks[i]).as(Arrays.toString(picks)).isBetween(expected[i] * 9 / 10, expected[i] * 11 / 10);
        }
    }
}
