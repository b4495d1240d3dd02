package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** P1, P2, P6, P9 and P10: storing and reading. */
public interface ReadWriteContract extends Contract {

    @Test
    default void p1_missIsNull() {
        assertThat(cache().get("nothing", String.class)).isNull();
    }

    @Test
    default void p1_getGivesWhatWasSet() {
        cache().set("k", "v", MINUTE);

        assertThat(cache().get("k", String.class)).isEqualTo("v");
    }

    @Test
    default void p1_readingDoesNotUseUp() {
        cache().set("k", "v", MINUTE);

        cache().get("k", String.class);

        assertThat(cache().get("k", String.class)).isEqualTo("v");
    }

    @Test
    default void p1_keysAreCaseSensitive() {
        cache().set("Key", "v", MINUTE);

        assertThat(cache().get("key", String.class)).isNull();
    }

    @Test
    default void p1_keysDoNotMeet() {
        cache().set("a", 1, MINUTE);
        cache().set("a:b", 2, MINUTE);
        cache().set("a:b:c", 3, MINUTE);

        assertThat(cache().get("a", Integer.class)).isEqualTo(1);
        assertThat(cache().get("a:b", Integer.class)).isEqualTo(2);
        assertThat(cache().get("a:b:c", Integer.class)).isEqualTo(3);
    }

    /** Keys that something on the way might take apart. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "catalog:t1:packages",
                "with space",
                "ünïcödé:日本:\uD83D\uDE00",
                "{braces}",
                "a{b",
                "{}",
                "*?[x]\\",
                "a/b?c=d#e%20",
                "'\"`",
                "-1",
                "0"
            })
    default void p1_anyKeyServes(String key) {
        cache().set(key, "v", MINUTE);

        assertThat(cache().get(key, String.class)).isEqualTo("v");
        assertThat(cache().exists(key)).isTrue();
        assertThat(cache().getAll(List.of(key), String.class)).isEqualTo(Map.of(key, "v"));
        assertThat(cache().del(key)).isTrue();
    }

    @Test
    default void p1_longestKeyServes() {
        String key = "k".repeat(1_024);
        cache().set(key, "v", MINUTE);

        assertThat(cache().get(key, String.class)).isEqualTo("v");
    }

    @Test
    default void p2_cachedNullReadsAsNull() {
        cache().set("k", null, MINUTE);

        assertThat(cache().get("k", String.class)).isNull();
        assertThat(cache().exists("k")).isTrue();
    }

    @Test
    default void p2_getOrDefaultTellsAMissFromACachedNull() {
        cache().set("k", null, MINUTE);

        assertThat(cache().getOrDefault("k", TypeRef.of(String.class), "missing"))
                .isNull();
        assertThat(cache().getOrDefault("other", TypeRef.of(String.class), "missing"))
                .isEqualTo("missing");
    }

    @Test
    default void p2_getOrDefaultGivesTheVeryObject() {
        String missing = String.valueOf(System.nanoTime());

        assertThat(cache().getOrDefault("k", TypeRef.of(String.class), missing)).isSameAs(missing);
    }

    @Test
    default void p6_setReplacesTheValue() {
        cache().set("k", "old", MINUTE);
        cache().set("k", "new", MINUTE);

        assertThat(cache().get("k", String.class)).isEqualTo("new");
    }

    @Test
    default void p6_setReplacesTheType() {
        cache().set("k", "text", MINUTE);
        cache().set("k", 1, MINUTE);

        assertThat(cache().get("k", Integer.class)).isEqualTo(1);
    }

    @Test
    default void p6_setReplacesTheTtl() {
        cache().set("k", "v", Duration.ofHours(1));
        cache().set("k", "v", MINUTE);

        assertThat(cache().ttl("k").orElseThrow()).isLessThanOrEqualTo(MINUTE);
    }

    @Test
    default void p6_nullReplacesAValue() {
        cache().set("k", "v", MINUTE);
        cache().set("k", null, MINUTE);

        assertThat(cache().getOrDefault("k", TypeRef.of(String.class), "missing"))
                .isNull();
    }

    @Test
    default void p9_valueWithoutEncodingIsRefusedAndNothingElseChanges() {
        cache().set("k", "old", MINUTE);
        cache().set("other", "v", MINUTE);
        if (!fixture().encodes()) {
            Object any = new Object();
            cache().set("k", any, MINUTE);
            assertThat(cache().get("k", Object.class)).isSameAs(any);
            return;
        }

        assertThatThrownBy(() -> cache().set("k", new Object(), MINUTE))
                .isInstanceOf(ValueEncodingException.class)
                .hasMessageContaining("java.lang.Object");

        assertThat(cache().get("k", String.class)).isEqualTo("old");
        assertThat(cache().get("other", String.class)).isEqualTo("v");
        assertThat(cache().getStats().sets()).isEqualTo(2);
        assertThat(cache().getStats().errors()).isEqualTo(1);
    }

    @Test
    default void p9_setAllStoresNoneIfOneHasNoEncoding() {
        if (!fixture().encodes()) {
            cache().setAll(Map.of("a", new Object()), MINUTE);
            assertThat(cache().exists("a")).isTrue();
            return;
        }
        Map<String, Object> values = new TreeMap<>(Map.of("a", 1, "b", new Object(), "c", 3));

        assertThatThrownBy(() -> cache().setAll(values, MINUTE)).isInstanceOf(ValueEncodingException.class);

        assertThat(cache().getAll(values.keySet(), Object.class)).isEmpty();
    }

    @Test
    default void p10_valueAboveTheLimitIsRefusedAndNoOlderOneStays() {
        int limit = fixture().maximumValueBytes();
        cache().set("k", "old", MINUTE);
        if (limit == 0) {
            String large = "x".repeat(2_000_000);
            cache().set("k", large, MINUTE);
            assertThat(cache().get("k", String.class)).isEqualTo(large);
            return;
        }

        cache().set("k", "x".repeat(limit), MINUTE); // two quotes more than the limit

        assertThat(cache().get("k", String.class)).isNull();
        assertThat(cache().getStats().errors()).isEqualTo(1);
        assertThat(cache().getStats().sets()).isEqualTo(1);
    }

    @Test
    default void p10_valueAtTheLimitIsStored() {
        String value = "x".repeat(Math.max(1, fixture().maximumValueBytes() - 2));

        cache().set("k", value, MINUTE);

        assertThat(cache().get("k", String.class)).isEqualTo(value);
    }

    @Test
    default void p10_inSetAllTheOthersAreStored() {
        int limit = fixture().maximumValueBytes();
        String large = "x".repeat(limit);

        cache().setAll(Map.of("small", "v", "large", large), MINUTE);

        assertThat(cache().get("small", String.class)).isEqualTo("v");
        assertThat(cache().get("large", String.class)).isEqualTo(limit == 0 ? large : null);
    }
}
