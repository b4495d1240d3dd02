package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.Glob;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Our glob matching against the server's own: each of 2,000 random patterns on each of 500 keys, a million pairs. */
@SuppressWarnings("NullAway.Init") // jqwik calls start first
class GlobDifferentialTest {

    /** Whether char is signed where the server was built, which decides what a range with ends outside ASCII means. */
    private static final boolean SIGNED_CHAR =
            System.getProperty("os.arch").toLowerCase(Locale.ROOT).matches("amd64|x86_64|i?86");

    /** Few letters and many stars: a mistake in going back shows only where a part of the pattern fits in two places. */
    private static final String LETTERS = "aaaaaabbbbbc-^]***?[\\" + (SIGNED_CHAR ? "é" : "");

    private static RedisServer server;
    private static RespClient client;
    private static Set<String> keys;

    @BeforeContainer
    static void start() {
        server = RedisServer.start();
        client = server.client();
        keys = text(1, 7).sampleStream().limit(3_000).distinct().limit(500).collect(Collectors.toSet());
        keys.forEach(key -> client.call("SET", key, ""));
    }

    @AfterContainer
    static void stop() {
        client.close();
        server.close();
    }

    @Property(tries = 2_000)
    void matchesWhatTheServerMatches(@ForAll("patterns") String pattern) {
        Glob glob = Glob.of(pattern);

        Set<String> ours = keys.stream().filter(glob::matches).collect(Collectors.toCollection(TreeSet::new));

        assertThat(ours).isEqualTo(matchedByServer(pattern));
    }

    @Property(tries = 500)
    void escapedTextMatchesOnlyItself(@ForAll("patterns") String text) {
        String pattern = Glob.escape(text);

        assertThat(Glob.of(pattern).matches(text)).isTrue();
        assertThat(matchedByServer(pattern)).isEqualTo(keys.contains(text) ? Set.of(text) : Set.of());
    }

    private static Set<String> matchedByServer(String pattern) {
        List<?> matched = (List<?>) Objects.requireNonNull(client.call("KEYS", pattern));
        return matched.stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }

    @Provide
    Arbitrary<String> patterns() {
        return text(1, 10);
    }

    private static Arbitrary<String> text(int shortest, int longest) {
        return Arbitraries.strings()
                .withChars(LETTERS.toCharArray())
                .ofMinLength(shortest)
                .ofMaxLength(longest);
    }
}
