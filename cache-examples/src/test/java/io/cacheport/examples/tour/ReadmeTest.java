package io.cacheport.examples.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Java of the README is the Java of {@link Tour}, and its sections hold what CI and readers rely on. */
class ReadmeTest {

    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// region \\w+\n(.*?)\\s*// endregion", Pattern.DOTALL);

    @Test
    void snippetsAreCompiledCode() throws IOException {
        List<String> shown = blocks(JAVA, Path.of("../README.md"));
        List<String> compiled = blocks(REGION, Path.of("src/main/java/io/cacheport/examples/tour/Tour.java"));

        assertThat(shown).hasSize(7).containsExactlyInAnyOrderElementsOf(compiled);
    }

    private static List<String> blocks(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(block -> block.group(1).stripIndent().strip())
                .toList();
    }

    @Test
    void theTourRuns() {
        Tour.main();
    }

    @Test
    void theFirstSnippetIsOnTheFirstScreen() throws IOException {
        assertThat(Files.readAllLines(Path.of("../README.md")).subList(0, 25)).contains("```java");
    }

    @Test
    void tryItAndTestItHoldOneCommandEach() throws IOException {
        for (String section : List.of("Try it", "Test it")) {
            List<String> lines = Files.readAllLines(Path.of("../README.md"));
            List<String> commands = lines.stream()
                    .dropWhile(line -> !line.equals("## " + section))
                    .dropWhile(line -> !line.startsWith("```"))
                    .skip(1)
                    .takeWhile(line -> !line.startsWith("```"))
                    .toList();
            assertThat(commands).as(section).hasSize(1);
        }
    }
}
