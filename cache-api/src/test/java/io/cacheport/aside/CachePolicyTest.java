package io.cacheport.aside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.CacheServicePort;
import io.cacheport.lease.Terms;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CachePolicyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final CachePolicy POLICY = CachePolicy.ttl(MINUTE);

    private static Arguments bad(UnaryOperator<CachePolicy> change, String... said) {
        return Arguments.of(change, said);
    }

    @SuppressWarnings("NullAway") // passing null where it is not allowed is the point
    static Stream<Arguments> contradictions() {
        return Stream.of(
                bad(p -> CachePolicy.ttl(Duration.ZERO), "ttl", "PT0S"),
                bad(p -> CachePolicy.ttl(null), "ttl", "null"),
                bad(p -> p.negativeTtl(Duration.ofMillis(-1)), "negativeTtl", "PT-0.001S"),
                bad(p -> p.errorTtl(Duration.ZERO), "errorTtl", "PT0S"),
                bad(p -> p.jitter(1.1), "jitter", "1.1"),
                bad(p -> p.jitter(Double.NaN), "jitter", "NaN"),
                bad(p -> p.staleWhileRevalidate(Duration.ZERO), "staleWhileRevalidate", "PT0S"),
                bad(p -> p.staleIfError(null), "staleIfError", "null"),
                bad(p -> p.retryAfter(SECOND), "retryAfter", "PT1S", "staleIfError"),
                bad(p -> p.softTimeout(SECOND), "softTimeout", "PT1S", "staleIfError"),
                bad(p -> p.staleWhileRevalidate(MINUTE).softTimeout(SECOND), "softTimeout", "staleIfError"),
                bad(
                        p -> p.staleIfError(MINUTE).softTimeout(SECOND).hardTimeout(SECOND),
                        "softTimeout PT1S",
                        "hardTimeout PT1S"),
                bad(
                        p -> p.hardTimeout(SECOND).staleIfError(MINUTE).softTimeout(MINUTE),
                        "softTimeout PT1M",
                        "hardTimeout PT1S"),
                bad(p -> p.hardTimeout(Duration.ZERO), "hardTimeout", "PT0S"),
                bad(p -> p.tags(IntStream.range(0, 33).mapToObj(i -> "t" + i).toArray(String[]::new)), "33 tags", "32"),
                bad(p -> p.tags((String) null), "tag", "null"),
                bad(p -> p.tags("\n"), "tag"),
                bad(p -> p.tags("x".repeat(257)), "257", "256"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void failsWhenItIsMadeAndNamesWhatContradicts(UnaryOperator<CachePolicy> change, String[] said) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> change.apply(POLICY))
                .withMessageContainingAll(said);
    }

    @Test
    void isImmutableAndEqualToWhatIsMadeAlike() {
        CachePolicy full = full();

        assertThat(POLICY).isEqualTo(CachePolicy.ttl(MINUTE)).isNotEqualTo(full);
        assertThat(full).isEqualTo(full()).hasSameHashCodeAs(full());
        assertThat(full.jitter(0)).isNotEqualTo(full);
        assertThat(full.tags("a")).isEqualTo(full);
    }

    private static CachePolicy full() {
        return POLICY.negativeTtl(SECOND)
                .errorTtl(SECOND)
                .staleWhileRevalidate(MINUTE)
                .staleIfError(Duration.ofHours(1))
                .retryAfter(SECOND)
                .softTimeout(SECOND)
                .hardTimeout(MINUTE)
                .earlyRefresh(1)
                .tags("a", "b")
                .loaderTags();
    }

    @Test
    void saysAllThatIsSet() {
        assertThat(POLICY).hasToString("CachePolicy[ttl PT1M, jitter 0.1]");
        assertThat(full())
                .hasToString("CachePolicy[ttl PT1M, negativeTtl PT1S, errorTtl PT1S, jitter 0.1, "
                        + "staleWhileRevalidate PT1M, staleIfError PT1H, retryAfter PT1S, softTimeout PT1S, "
                        + "hardTimeout PT1M, earlyRefresh with beta 1.0, tags [a, b], loaderTags]");
    }

    @Test
    void theTermsOfAValue() {
        CachePolicy policy = full().jitter(0);

        Terms terms = policy.termsOf("v", null, Duration.ofMillis(7), 3L, Map.of("a", "stamp"));
        Terms ofNull = policy.termsOf(null, null, Duration.ZERO, null, Map.of());
        Terms chosen = policy.termsOf("v", SECOND, Duration.ZERO, null, Map.of());

        assertThat(terms)
                .isEqualTo(new Terms(MINUTE, Duration.ofHours(1), Duration.ofMillis(7), 3L, Map.of("a", "stamp")));
        assertThat(ofNull).isEqualTo(new Terms(SECOND, Duration.ZERO, Duration.ofMillis(1), null, Map.of()));
        assertThat(chosen)
                .isNotNull()
                .extracting(Terms::fresh, Terms::stale)
                .containsExactly(SECOND, Duration.ofHours(1));
        assertThat(POLICY.termsOf(null, null, Duration.ZERO, null, Map.of())).isNull();
        assertThat(POLICY.termsOf("v", null, MINUTE, null, Map.of()))
                .isNotNull()
                .matches(Terms::isPlain);
    }

    @Test
    void jitterOnlyShortens() {
        CachePolicy policy = POLICY.jitter(0.5).negativeTtl(SECOND);

        for (int i = 0; i < 1_000; i++) {
            assertThat(policy.ttlOf("v")).isBetween(Duration.ofSeconds(30), MINUTE);
            assertThat(policy.ttlOf(null)).isBetween(Duration.ofMillis(500), SECOND);
        }
    }

    @Test
    void theLongestLifeThereIs() {
        Terms terms = new Terms(Duration.ofDays(3_000), Duration.ofDays(3_000), Duration.ZERO, null, Map.of());

        assertThat(terms.life()).isEqualTo(CacheServicePort.MAX_TTL);
        assertThat(terms.fresh()).isEqualTo(Duration.ofDays(3_000));
    }
}
