package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.Glob;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** P17 and P18: removing by pattern. */
public interface FlushContract extends Contract {

    /** Each pattern and the keys it matches, separated by spaces. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a*          | a a1 a:b a[1] a*",
                "*           | a a1 b1 a:b b:b x^ a[1] a* é ]",
                "a?          | a1 a*",
                "?           | a b ]",
                "??          | a1 b1 x^ a* é",
                "[ab]1       | a1 b1",
                "[a-c]1      | a1 b1",
                "[c-a]1      | a1 b1",
                "[^a]1       | b1",
                "*:b         | a:b b:b",
                "*b*         | b b1 a:b b:b",
                "a:b         | a:b",
                "A*          | ''",
                "a\\*        | a*",
                "a\\[1\\]    | a[1]",
                "[]          | ''",
                "[a          | a",
                "[^a         | b ]",
                "a[*]        | a*",
                "x\\^        | x^",
                "x[\\^]      | x^",
                "[\\]]       | ]",
                "é           | é",
                "é?          | ''",
                "**          | a a1 b1 a:b b:b x^ a[1] a* é ] b",
                "\\a         | a",
                "a\\         | ''"
            })
    default void p17_globsMatchAsRedisDoes(String glob, String matching) {
        Set<String> keys = Set.of("a", "b", "a1", "b1", "a:b", "b:b", "x^", "a[1]", "a*", "é", "]");
        Set<String> expected = new TreeSet<>(List.of(matching.split(" ")));
        expected.remove("");
        if (glob.equals("*")) {
            expected.add("b");
        }
        cache().setAll(keys.stream().collect(Collectors.toMap(Function.identity(), key -> 1)), MINUTE);

        long flushed = cache().flush(glob);

        Set<String> gone = new TreeSet<>(keys);
        gone.removeAll(cache().getAll(keys, Integer.class).keySet());
        assertThat(gone).isEqualTo(expected);
        assertThat(flushed).isEqualTo(expected.size());
    }

    @Test
    default void p17_byTenant() {
        cache().setAll(
                        Map.of(
                                "catalog:t1:packages",
                                1,
                                "catalog:t1:package:x",
                                2,
                                "catalog:t2:packages",
                                3,
                                "other:t1:x",
                                4),
                        MINUTE);

        assertThat(cache().flush("catalog:t1:*")).isEqualTo(2);

        assertThat(cache().exists("catalog:t1:packages")).isFalse();
        assertThat(cache().exists("catalog:t2:packages")).isTrue();
        assertThat(cache().exists("other:t1:x")).isTrue();
    }

    @Test
    default void p17_nothingMatches() {
        cache().set("k", 1, MINUTE);

        assertThat(cache().flush("x*")).isZero();

        assertThat(cache().exists("k")).isTrue();
    }

    @Test
    default void p17_ofAnEmptyCache() {
        assertThat(cache().flush("*")).isZero();
    }

    @Test
    default void p17_many() {
        Map<String, Integer> values =
                IntStream.range(0, 2_500).boxed().collect(Collectors.toMap(i -> "many:" + i, i -> i));
        cache().setAll(values, MINUTE);
        cache().set("one", 1, MINUTE);

        assertThat(cache().flush("many:*")).isEqualTo(2_500);

        assertThat(cache().getStats().keys()).isEqualTo(1);
    }

    @Test
    default void p17_escapedTextMatchesOnlyItself() {
        String odd = "a*b?c[d]e\\f^g-h";
        cache().setAll(Map.of(odd, 1, "aXb?c[d]e\\f^g-h", 2, odd + "x", 3), MINUTE);

        assertThat(cache().flush(Glob.escape(odd))).isEqualTo(1);

        assertThat(cache().exists(odd)).isFalse();
    }

    @Test
    default void p17_patternWithManyStarsIsNotSlow() {
        cache().set("a".repeat(1_000), 1, MINUTE);

        assertThat(cache().flush("a*".repeat(20) + "b")).isZero();
    }

    @Test
    default void p18_clearRemovesEverything() {
        cache().setAll(Map.of("a", 1, "b:c", 2, "日本", 3), MINUTE);

        assertThat(cache().clear()).isEqualTo(3);

        assertThat(cache().getStats().keys()).isZero();
        assertThat(cache().getAll(List.of("a", "b:c", "日本"), Integer.class)).isEmpty();
    }

    @Test
    default void p18_clearOfAnEmptyCache() {
        assertThat(cache().clear()).isZero();
    }

    @Test
    default void p18_usableAfterwards() {
        cache().clear();

        cache().set("k", 1, MINUTE);

        assertThat(cache().get("k", Integer.class)).isEqualTo(1);
    }
}
