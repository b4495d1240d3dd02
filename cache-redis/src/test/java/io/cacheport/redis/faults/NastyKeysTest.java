package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.CacheServicePort;
import io.cacheport.aside.Cache;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.text.Normalizer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keys as nobody would choose them: they stay apart, or are refused by a rule that names them. */
@FaultRow(78)
class NastyKeysTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int PAIRS = 1_000_000;

    private static Set<String> nasty() {
        Set<String> keys = new LinkedHashSet<>();
        for (char c = 1; c < 256; c++) { // each Latin character, among others the control characters
            keys.add("a" + c + "b");
        }
        keys.addAll(List.of("", " ", "  ", "\t", "\n", "\u3000", "a ", " a", "a  ", "a\r\nb", "\0", "a\0", "a\0b"));
        keys.addAll(
                List.of("*", "?", "[a]", "[^a]", "\\", "\\*", "a\\", "{a}b", "{}a", "{a", "a}", "{{a}}", "a{b}{c}"));
        keys.addAll(
                List.of("A", "a", "ä", "Ä", "ß", "SS", "ſ", "İ", "ı", "i", "I", "ﬁ", "fi", "Å", "\u212B", "\u2126"));
        for (String word : List.of("é", "ñ", "Å", "각", "\u1E9B\u0323")) { // the same to a reader
            keys.add(Normalizer.normalize(word, Normalizer.Form.NFC));
            keys.add(Normalizer.normalize(word, Normalizer.Form.NFD));
            keys.add(Normalizer.normalize(word, Normalizer.Form.NFKC));
        }
        keys.addAll(List.of("\u200B", "a\u200Bb", "a\u200Db", "\uFEFFa", "\u202Ea", "\u2066a\u2069", "a\u00ADb"));
        keys.addAll(List.of(
                "😀", "👩‍👩‍👧", "👩👩👧", "\uD83D", "\uDE00", "a\uD83Db", "\uDE00\uD83D", "𝒂", "\uFFFD", "\uFFFF"));
        keys.addAll(
                List.of("cache:a", ":a", "a:", "::", "a::b", "a:b", "$5", "*3", "-ERR", "+OK", "%s", "${a}", "../a"));
        keys.addAll(
                List.of("x".repeat(1_024), "x".repeat(1_025), "é".repeat(512), "é".repeat(513), "x".repeat(1 << 20)));
        return keys;
    }

    @Test
    void eachComesBackOrIsRefused() {
        Row row = FaultMatrix.row(78, "keys: newline, NUL, 1 MB, Unicode forms, empty");
        Set<String> all = nasty();
        Map<String, String> kept = new LinkedHashMap<>();
        int refused = 0;
        try (RedisServer server = RedisServer.start();
                RespClient client = server.client();
                RedisCacheAdapter cache = Profile.open(server.uri())) {
            for (String key : all) {
                try {
                    cache.set(key, LogWatch.VALUE + kept.size(), MINUTE);
                    kept.put(key, LogWatch.VALUE + kept.size());
                } catch (IllegalArgumentException rule) {
                    refused++;
                    assertThat(rule.getMessage()).startsWith("key \"").hasSizeLessThan(600);
                    assertThatIllegalArgumentException().isThrownBy(() -> cache.get(key, String.class));
                }
            }
            assertThat(client.call("DBSIZE")).isEqualTo((long) kept.size());
            assertThat(cache.getAll(kept.keySet(), String.class)).isEqualTo(kept);
            kept.forEach((key, value) -> {
                assertThat(cache.get(key, String.class)).isEqualTo(value);
                assertThat(client.call("EXISTS", "cache:" + key)).isEqualTo(1L);
                assertThat(cache.del(key)).isTrue();
            });
            assertThat(client.call("DBSIZE")).isEqualTo(0L);
            assertThat(cache.getStats().errors()).isZero();
        }
        assertThat(kept).hasSizeGreaterThan(200);
        row.ours(
                kept.size() + " of " + all.size() + " come back each under its own key; " + refused
                        + " are refused, naming the rule: control characters, blank, half a surrogate pair, more than 1,024 bytes");
        row.figure("0 of " + kept.size() + " mixed up", "0");
    }

    /** Pairs at random, and every other one the same text divided in another place. */
    @Test
    void differentPartsGiveDifferentKeys() {
        Row row = FaultMatrix.row(78, "keys: newline, NUL, 1 MB, Unicode forms, empty");
        SplittableRandom random = new SplittableRandom(78);
        int naive = 0;
        int refused = 0;
        try (CacheServicePort memory = InMemoryCacheAdapter.create(1)) {
            for (int i = 0; i < PAIRS; i++) {
                String text = text(random);
                List<String> one = divided(text, random);
                List<String> two = divided(i % 2 == 0 ? text : text(random), random);
                if (!isAllowed(one) || !isAllowed(two)) {
                    refused++;
                } else if (!one.equals(two)) {
                    assertThat(keyOf(memory, one)).as("%s and %s", one, two).isNotEqualTo(keyOf(memory, two));
                }
                naive += !one.equals(two) && String.join(":", one).equals(String.join(":", two)) ? 1 : 0;
            }
            assertThatIllegalArgumentException().isThrownBy(() -> keyOf(memory, List.of("a:b", "c", "d")));
            assertThatIllegalArgumentException().isThrownBy(() -> keyOf(memory, List.of("a", "b:c", "d")));
        }
        assertThat(naive).isPositive();
        assertThat(refused).isBetween(1, PAIRS * 9 / 10);
        row.naive(String.format(Locale.ROOT, "name + \":\" + tenant + \":\" + key: %,d collisions", naive));
        row.ours(
                "a cache name or tenant with a colon is refused; views with and without a tenant share the keys of a name");
        row.figure(String.format(Locale.ROOT, "0 collisions in %,d pairs of (name, tenant, key)", PAIRS), "0");
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder("a:b:c");
        for (int length = random.nextInt(6); length > 0; length--) {
            text.insert(random.nextInt(text.length()), "ab:.-_".charAt(random.nextInt(6)));
        }
        return text.toString();
    }

    /** Into cache name, tenant and key, at two of its colons. */
    private static List<String> divided(String text, SplittableRandom random) {
        int[] colons = IntStream.range(0, text.length() - 1)
                .filter(i -> text.charAt(i) == ':')
                .toArray();
        int first = random.nextInt(colons.length - 1);
        int second = random.nextInt(first + 1, colons.length);
        return List.of(
                text.substring(0, colons[first]),
                text.substring(colons[first] + 1, colons[second]),
                text.substring(colons[second] + 1));
    }

    private static boolean isAllowed(List<String> parts) {
        return parts.stream().noneMatch(String::isEmpty)
                && !parts.get(0).contains(":")
                && !parts.get(1).contains(":");
    }

    private static String keyOf(CacheServicePort cache, List<String> parts) {
        return Cache.named(parts.get(0), String.class)
                .tenant(parts.get(1))
                .<String>over(cache)
                .keyOf(parts.get(2));
    }
}
