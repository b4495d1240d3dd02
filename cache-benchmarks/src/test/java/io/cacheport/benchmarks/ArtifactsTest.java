package io.cacheport.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheServicePort;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.CacheServiceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is published is no larger than the page says, and needs what the page says and nothing else. */
@TestInstance(Lifecycle.PER_CLASS)
class ArtifactsTest {

    private static final Path PAGE = Path.of("../docs/artifacts.md");
    private static final String MARK = "<!-- generated: what follows is written by ArtifactsTest -->\n";
    private static final String WRITE = "cacheport.artifacts.write";
    private static final String HOW = "docs/artifacts.md; to write it anew: mvn -ntp -pl cache-benchmarks -am"
            + " -Dtest=ArtifactsTest -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE + "=true package";
    private static final Pattern BOUNDS = Pattern.compile("At most ([\\d,]+) classes and ([\\d,]+) KB\\.");

    /** So that a change of some lines, or another compiler, is no failure. */
    private static final double HEADROOM = 1.05;

    private final List<Artifact> artifacts;
    private final String page;

    ArtifactsTest() throws Exception {
        artifacts = List.of(
                Artifact.of("cache-api", CacheServicePort.class),
                Artifact.of("cache-inmemory", InMemoryCacheAdapter.class),
                Artifact.of("cache-redis", RedisCacheAdapter.class),
                Artifact.of("cache-testkit", CacheServiceContract.class));
        String before = Files.readString(PAGE);
        assertThat(before).as(HOW).contains(MARK);
        page = Boolean.getBoolean(WRITE) ? write(before) : before;
    }

    private String write(String before) throws IOException {
        StringBuilder out = new StringBuilder(before.substring(0, before.indexOf(MARK)) + MARK);
        for (Artifact artifact : artifacts) {
            out.append(String.format(
                    Locale.ROOT,
                    "%n## %s%n%nAt most %,d classes and %,d KB.%n%n| needs | scope | |%n|---|---|---|%n",
                    artifact.name(),
                    bound(artifact.classes()),
                    bound(artifact.bytes() / 1e3)));
            artifact.dependencies().forEach(row -> out.append(row).append('\n'));
        }
        Files.writeString(PAGE, out);
        return out.toString();
    }

    /** Tens. */
    private static long bound(double now) {
        return (long) Math.ceil(now * HEADROOM / 10) * 10;
    }

    Stream<Artifact> artifacts() {
        return artifacts.stream();
    }

    @ParameterizedTest
    @MethodSource("artifacts")
    void isNoLargerThanThePageSays(Artifact artifact) {
        Matcher bounds = BOUNDS.matcher(sectionOf(artifact));
        assertThat(bounds.find()).as(HOW).isTrue();
        assertThat(artifact.classes())
                .as("classes of " + artifact.name() + ", " + HOW)
                .isPositive()
                .isLessThanOrEqualTo((int) number(bounds.group(1)));
        assertThat(artifact.bytes())
                .as("bytes of the jar of " + artifact.name() + ", " + HOW)
                .isLessThanOrEqualTo(1_000 * number(bounds.group(2)));
    }

    private static long number(String text) {
        return Long.parseLong(text.replace(",", ""));
    }

    @ParameterizedTest
    @MethodSource("artifacts")
    void needsWhatThePageSays(Artifact artifact) {
        assertThat(artifact.dependencies())
                .as("what " + artifact.name() + " needs, " + HOW)
                .isNotEmpty()
                .containsExactlyElementsOf(sectionOf(artifact)
                        .lines()
                        .filter(line -> line.startsWith("| `"))
                        .toList());
    }

    private String sectionOf(Artifact artifact) {
        String heading = "\n## " + artifact.name() + "\n";
        assertThat(page).as(HOW).contains(heading);
        String rest = page.substring(page.indexOf(heading) + heading.length());
        int end = rest.indexOf("\n## ");
        return end < 0 ? rest : rest.substring(0, end);
    }

    @Test
    void thePageHasNoOther() {
        assertThat(page.lines().filter(line -> line.startsWith("## ")))
                .as(HOW)
                .containsExactlyElementsOf(artifacts.stream()
                        .map(artifact -> "## " + artifact.name())
                        .toList());
    }
}
