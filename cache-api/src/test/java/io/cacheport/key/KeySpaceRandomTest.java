package io.cacheport.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.Glob;
import io.cacheport.spi.CacheKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A million keys of three nasty segments each, and each taken apart again: so no two can be the same. */
class KeySpaceRandomTest {

    private static final int TRIPLES = 1_000_000;

    @Test
    void eachComesBackAndNoTwoMeet() {
        KeySpace space = KeySpace.of("catalog").version(2);
        NastyText text = new NastyText(78);
        Map<String, List<String>> hashed = new HashMap<>();
        int long3 = 0;
        for (int i = 0; i < TRIPLES; i++) {
            List<String> triple = List.of(text.next(), text.next(), text.next());
            String key = space.key(triple.toArray());
            ParsedKey parsed = space.parse(key).orElseThrow();
            if (parsed.hashed()) {
                List<String> same = hashed.putIfAbsent(key, triple);
                if (same != null && !same.equals(triple)) {
                    throw new AssertionError(same + " and " + triple + " are " + key);
                }
                check(triple.subList(0, parsed.segments().size()).equals(parsed.segments()), key, triple);
                long3++;
            } else {
                check(parsed.segments().equals(triple), key, triple);
            }
            check(CacheKeys.require(key).length() <= 250 && Segments.bytes(key) <= 250, key, triple);
            check(space.key(triple.toArray()).equals(key), key, triple);
        }
        assertThat(long3).isBetween(TRIPLES / 100, TRIPLES / 2);
        System.out.printf("%,d keys, %,d of them hashed, %,d different%n", TRIPLES, long3, hashed.size());
    }

    /** Whatever one pattern may name is kept where a key is hashed, and nothing else matches. */
    @Test
    void aPatternMatchesTheKeysThatBeginWithItsSegmentsHashedOrNot() {
        KeySpace space = KeySpace.of("catalog");
        NastyText text = new NastyText(79);
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            Object tenant = text.next();
            Object name = text.next();
            String pattern;
            try {
                pattern = space.pattern(tenant, name);
            } catch (IllegalArgumentException tooLong) {
                refused++;
                continue;
            }
            Glob glob = Glob.of(pattern);
            assertThat(glob.literalPrefix() + "*").isEqualTo(pattern);
            String[] own = {
                space.key(tenant, name, text.next()),
                space.key(tenant, name, "x".repeat(1 + i % 300)),
                space.key(tenant, name, "", text.next())
            };
            for (String key : own) {
                check(glob.matches(key), pattern, List.of(key));
            }
            String[] others = {
                space.key(tenant, name),
                space.key(tenant, name + "x", "y".repeat(i % 300)),
                space.key(tenant + "x", name, "y".repeat(i % 300)),
                space.key(tenant + ":" + name, "y".repeat(i % 300)),
                space.key("" + tenant + name, "y".repeat(i % 300)),
                space.key(tenant, "x" + name, text.next())
            };
            for (String key : others) {
                check(!glob.matches(key), pattern, List.of(key));
            }
        }
        assertThat(refused).isBetween(100, 10_000);
    }

    /** Cheaper than an assertion a million times. */
    private static void check(boolean holds, String key, List<String> made) {
        if (!holds) {
            throw new AssertionError(key + " was made of " + made);
        }
    }
}
