package io.cacheport.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.Glob;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySpaceTest {

    private static final KeySpace CATALOG = KeySpace.of("catalog");

    private enum Kind {
        LIST {
            @Override
            public String toString() {
                return "another text";
            }
        }
    }

    private record UserId(long value) {}

    @Test
    void ordinarySegmentsStandAsTheyAre() {
        assertThat(CATALOG.key("t1", "packages")).isEqualTo("catalog:t1:packages");
        assertThat(CATALOG.version(2).key(7)).isEqualTo("catalog:v2:7");
        assertThat(CATALOG.tenant("t1").key("packages")).isEqualTo("catalog:t1:packages");
        assertThat(CATALOG.separator('/').version(1).in("a").key("b")).isEqualTo("catalog/v1/a/b");
        assertThat(CATALOG.in("t1").in(2, 3).version(4).key("k")).isEqualTo("catalog:v4:t1:2:3:k");
        assertThat(CATALOG.key("é 日本 😀", "a.b_c-d^e")).isEqualTo("catalog:é 日本 😀:a.b_c-d^e");
    }

    @Test
    void everyTypeOfATextOfItsOwn() {
        assertThat(CATALOG.key(7, 7L, Kind.LIST, new UserId(9), LocalDate.EPOCH, true))
                .isEqualTo("catalog:7:7:LIST:9:1970-01-01:true");
        assertThat(CATALOG.key(new UUID(0, 1))).isEqualTo("catalog:00000000-0000-0000-0000-000000000001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CATALOG.key(List.of(1)))
                .withMessageContaining("ImmutableCollections");
    }

    @ParameterizedTest
    @CsvSource({
        "a:b, a%3Ab",
        "a%3Ab, a%253Ab",
        "*, %2A",
        "t*, t%2A",
        "[a-z]?, %5Ba-z%5D%3F",
        "\\, %5C",
        "{x}, %7Bx%7D",
        "%h, %25h",
        "'', ''"
    })
    void whatMeansSomethingIsEncoded(String segment, String encoded) {
        assertThat(CATALOG.key(segment)).isEqualTo("catalog:" + encoded);
        assertThat(CATALOG.pattern(segment)).isEqualTo("catalog:" + encoded + ":*");
        assertThat(CATALOG.parse("catalog:" + encoded)).contains(new ParsedKey(List.of(segment), false));
    }

    @Test
    void whatNoKeyMayHoldIsEncodedToo() {
        assertThat(CATALOG.key("a\nb\0\u0085\u2028")).isEqualTo("catalog:a%0Ab%00%85%u2028");
        assertThat(CATALOG.key("\ud83d", "\ude00\ud83d")).isEqualTo("catalog:%uD83D:%uDE00%uD83D");
        assertThat(CATALOG.separator('/').key("a:b/c")).isEqualTo("catalog/a:b%2Fc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "catalog",
                "catalog2:a",
                "other:a",
                "",
                "catalog:%",
                "catalog:%3",
                "catalog:%3a",
                "catalog:%41",
                "catalog:*",
                "catalog:a%u0041",
                "catalog:%uD83D%uDE00",
                "catalog:{a}",
                "catalog:a:%h",
                "catalog:a\n",
                "catalog:%hAAAA:x"
            })
    void whatItCannotHaveMadeIsNotParsed(String key) {
        assertThat(CATALOG.parse(key)).isEmpty();
    }

    @Test
    void parsesOnlyWhatFollowsItsOwnBeginning() {
        assertThat(CATALOG.parse("catalog:t1:7")).contains(new ParsedKey(List.of("t1", "7"), false));
        assertThat(CATALOG.tenant("t1").parse("catalog:t1:7")).contains(new ParsedKey(List.of("7"), false));
        assertThat(CATALOG.tenant("t").parse("catalog:t1:7")).isEmpty();
        assertThat(CATALOG.version(1).parse("catalog:v2:7")).isEmpty();
        assertThat(CATALOG.parse(null)).isEmpty();
    }

    @Test
    void ownsWhateverBeginsLikeIt() {
        assertThat(CATALOG.owns("catalog:")).isTrue();
        assertThat(CATALOG.owns("catalog:any*thing")).isTrue();
        assertThat(CATALOG.owns("catalog")).isFalse();
        assertThat(CATALOG.owns("catalogue:x")).isFalse();
        assertThat(CATALOG.tenant("t1").owns("catalog:t11:x")).isFalse();
        assertThat(CATALOG.owns(null)).isFalse();
    }

    @Test
    void aLongKeyKeepsWholeLeadingSegmentsAndEndsInAHash() {
        String key = CATALOG.key("t1", "query", "x".repeat(300), "tail");

        assertThat(key).matches("catalog:t1:query:%h[A-Za-z0-9_-]{43}");
        assertThat(key).isEqualTo(CATALOG.key("t1", "query", "x".repeat(300), "tail"));
        assertThat(CATALOG.parse(key)).contains(new ParsedKey(List.of("t1", "query"), true));
        assertThat(CATALOG.tenant("t1").parse(key)).contains(new ParsedKey(List.of("query"), true));
        assertThat(Glob.of(CATALOG.pattern("t1", "query")).matches(key)).isTrue();
        assertThat(List.of(
                        CATALOG.key("t1", "query", "x".repeat(300), "tai", "l"),
                        CATALOG.key("t1", "query", "x".repeat(300) + ":tail"),
                        CATALOG.key("t1", "query", "x".repeat(301), "tail")))
                .doesNotContain(key)
                .doesNotHaveDuplicates();
    }

    @Test
    void aHashedKeyIsNeverTooLongItself() {
        for (int length = 180; length < 260; length++) {
            assertThat(CATALOG.key("y".repeat(length), "x".repeat(300)))
                    .hasSize(length > 196 ? 53 : 54 + length)
                    .hasSizeLessThanOrEqualTo(250);
        }
    }

    /** A stored key must be found by the next release: what is written here may not change. */
    @Test
    void theHashIsThatOfTheWholeKeyInSha256() {
        assertThat(CATALOG.key("x".repeat(243))).isEqualTo("catalog:%hRC835n_0oFBfjixwT6bg7FObkt7Wh9TyaZhWf8c65Z8");
    }

    @Test
    void longIsCountedInBytes() {
        assertThat(CATALOG.key("x".repeat(242))).hasSize(250).doesNotContain("%h");
        assertThat(CATALOG.key("x".repeat(243))).hasSize(53).contains("%h");
        assertThat(CATALOG.key("é".repeat(121))).hasSize(129);
        assertThat(CATALOG.key("é".repeat(122))).contains("%h");
        assertThat(CATALOG.key("😀".repeat(60) + "xx")).doesNotContain("%h");
        assertThat(CATALOG.key("😀".repeat(60) + "xxx")).contains("%h");
        assertThat(CATALOG.maxLength(1_024).key("x".repeat(1_016))).hasSize(1_024);
    }

    @Test
    void aPatternIsRefusedRatherThanMatchingLess() {
        String atMost = "x".repeat(250 - 45 - "catalog::".length());

        assertThat(Glob.of(CATALOG.pattern(atMost)).matches(CATALOG.key(atMost, "y".repeat(100))))
                .isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CATALOG.pattern(atMost + "x"))
                .withMessageContaining("206 bytes, more than the 205 that a hashed key keeps of 250");
        assertThat(CATALOG.tenant(atMost).key("y".repeat(100))).startsWith("catalog:" + atMost + ":%h");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CATALOG.tenant(atMost + "x"))
                .withMessageContaining("206 bytes");
    }

    @Test
    @SuppressWarnings("NullAway") // passing null where it is not allowed is the point
    void badArguments() {
        for (String prefix : new String[] {null, "", " ", "a:b", "a*", "a b", "ä", "x".repeat(65)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KeySpace.of(prefix))
                    .withMessageContaining("prefix \"" + prefix);
        }
        for (char separator : "%*?[]\\{}a.-_ \n".toCharArray()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CATALOG.separator(separator))
                    .withMessageContaining("separator");
        }
        for (Object tenant : new Object[] {null, "", " \u2003", "\n"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> CATALOG.tenant(tenant));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CATALOG.version(0))
                .withMessageContaining("0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CATALOG.maxLength(63))
                .withMessageContaining("63");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CATALOG.maxLength(1_025))
                .withMessageContaining("1025");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CATALOG.in("x".repeat(20)).maxLength(64));
        assertThatIllegalArgumentException().isThrownBy(CATALOG::key).withMessageContaining("no segments");
        assertThatIllegalArgumentException().isThrownBy(() -> CATALOG.key((Object) null));
        assertThatIllegalArgumentException().isThrownBy(() -> CATALOG.key((Object[]) null));
    }

    @Test
    void says() {
        assertThat(CATALOG.version(2).tenant("t1")).hasToString("catalog:v2:t1");
        assertThat(CATALOG.tenant("t1")).isEqualTo(CATALOG.in("t1")).hasSameHashCodeAs(CATALOG.in("t1"));
        assertThat(CATALOG.tenant("t1"))
                .isNotEqualTo(CATALOG)
                .isNotEqualTo(CATALOG.maxLength(100).in("t1"));
    }
}
