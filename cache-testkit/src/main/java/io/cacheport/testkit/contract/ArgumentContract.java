package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.TypeRef;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** P24: bad arguments. */
@SuppressWarnings({"NullAway", "DataFlowIssue"}) // passing null where it is not allowed is the point
public interface ArgumentContract extends Contract {

    /** Keys that break the rule, and what the message says of them. */
    static Stream<String[]> badKeys() {
        return Stream.of(
                new String[] {null, "null"},
                new String[] {"", "blank"},
                new String[] {" \u2003", "blank"},
                new String[] {"a\nb", "a\\u000ab"},
                new String[] {"a\u0000", "control character at index 1"},
                new String[] {"a\u007f", "control character"},
                new String[] {"k".repeat(1_025), "1025 bytes"},
                new String[] {"é".repeat(513), "1026 bytes"},
                new String[] {"a\ud800", "surrogate"},
                new String[] {"\udc00a", "surrogate"});
    }

    @ParameterizedTest
    @MethodSource("io.cacheport.testkit.contract.ArgumentContract#badKeys")
    default void p24_badKey(String key, String said) {
        CacheServicePort cache = cache();
        List<String> keys = Arrays.asList("good", key);
        Map<String, Object> values = new TreeMap<>(java.util.Comparator.nullsLast(java.util.Comparator.naturalOrder()));
        values.put("good", 1);
        values.put(key, 2);

        refused(said, () -> cache.get(key, String.class));
        refused(said, () -> cache.get(key, new TypeRef<List<String>>() {}));
        refused(said, () -> cache.getOrDefault(key, TypeRef.of(String.class), "x"));
        refused(said, () -> cache.set(key, "v", MINUTE));
        refused(said, () -> cache.del(key));
        refused(said, () -> cache.del(keys));
        refused(said, () -> cache.exists(key));
        refused(said, () -> cache.ttl(key));
        refused(said, () -> cache.expire(key, MINUTE));
        refused(said, () -> cache.getAll(keys, String.class));
        refused(said, () -> cache.setAll(values, MINUTE));
        nothingHappened();
    }

    @Test
    default void p24_longKeyIsShortenedInTheMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cache().get("k".repeat(100_000), String.class))
                .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThan(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT-0.000000001S", "PT-2562047788015215H"})
    default void p24_ttlThatIsNotPositive(Duration ttl) {
        cache().set("k", "v", MINUTE);
        long sets = cache().getStats().sets();

        refused(ttl.toString(), () -> cache().set("k", "new", ttl));
        refused(ttl.toString(), () -> cache().setAll(Map.of("k", "new"), ttl));
        refused(ttl.toString(), () -> cache().expire("k", ttl));

        assertThat(cache().get("k", String.class)).isEqualTo("v");
        assertThat(cache().getStats().sets()).isEqualTo(sets);
    }

    @Test
    default void p24_nullTtl() {
        refused("ttl", () -> cache().set("k", "v", null));
        refused("ttl", () -> cache().setAll(Map.of("k", "v"), null));
        refused("ttl", () -> cache().expire("k", null));
        nothingHappened();
    }

    @Test
    default void p24_nullType() {
        refused("type", () -> cache().get("k", (Class<String>) null));
        refused("type", () -> cache().get("k", (TypeRef<String>) null));
        refused("type", () -> cache().getAll(List.of("k"), (TypeRef<String>) null));
        nothingHappened();
    }

    @Test
    default void p24_nullCollections() {
        refused("keys", () -> cache().getAll(null, String.class));
        refused("keys", () -> cache().del((List<String>) null));
        refused("values", () -> cache().setAll(null, MINUTE));
        nothingHappened();
    }

    @Test
    default void p24_badGlob() {
        cache().set("k", "v", MINUTE);

        refused("glob", () -> cache().flush(null));
        refused("glob", () -> cache().flush(""));
        refused("glob", () -> cache().flush("  "));
        refused("glob", () -> cache().flush("a\n*"));
        refused("glob", () -> cache().flush("a".repeat(1_025)));

        assertThat(cache().exists("k")).isTrue();
    }

    @Test
    default void p24_strictRefusesTheSame() {
        Consumer<ThrowingCallable> check = call -> refused("", call);

        check.accept(() -> cache().strict().get("", String.class));
        check.accept(() -> cache().strict().set("k", "v", Duration.ZERO));
        nothingHappened();
    }

    private static void refused(String said, ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(said);
    }

    private void nothingHappened() {
        assertThat(cache().getStats()).isEqualTo(new CacheStats(0, 0, 0, 0, 0, 0));
    }
}
