package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/logs.md has every line that the library can log, with its level and its pairs, and no other. */
class LogPageTest {

    private static final List<String> MODULES = List.of("cache-api", "cache-inmemory", "cache-redis");

    /** A call of the fluent API: level, what lies between, and the text as one or more literals. */
    private static final Pattern LINE = Pattern.compile(
            "\\bat(Trace|Debug|Info|Warn|Error)\\(\\)((?:(?!\\.log\\().)*?)\\.log\\(\\s*((?:\"[^\"]*\"[\\s+]*)+)\\)",
            Pattern.DOTALL);

    private static final Pattern PAIR = Pattern.compile("addKeyValue\\(\\s*\"([^\"]+)\"");

    /** The older way, whose text has values in it. */
    private static final Pattern OLD_WAY = Pattern.compile("\\b(log|logger)\\.(trace|debug|info|warn|error)\\(");

    private static final Pattern ROW = Pattern.compile("^\\| (DEBUG|INFO|WARN|ERROR) \\| `([^`]+)` \\| ([^|]*) \\|");

    /** Composed elsewhere: a summary whose text is made of numbers, and statistics, whose pairs depend on the cache. */
    private static final Map<String, String> COMPOSED = Map.of(
            "INFO warmed N of N NAME values in N s: N loaded, N there already, N failed",
            "asked failed found loaded state view",
            "INFO cache statistics",
            "averageLoadMillis cache circuitsOpen coalesced errorRate1m hitRate15m hitRate1m hitRate5m keys loads"
                    + " pendingInvalidations perSecond15m perSecond1m perSecond5m staleHits");

    @Test
    void everyLineIsOnThePageAndNoOther() throws IOException {
        assertThat(onThePage()).isEqualTo(inTheSources());
    }

    @Test
    void everyLineHasItsValuesInPairs() throws IOException {
        for (Path source : sources()) {
            assertThat(OLD_WAY.matcher(Files.readString(source)).find())
                    .as("%s logs with values in the text: use atWarn().addKeyValue(...)", source)
                    .isFalse();
        }
    }

    private static Map<String, String> inTheSources() throws IOException {
        Map<String, String> lines = new TreeMap<>(COMPOSED);
        for (Path source : sources()) {
            Matcher line = LINE.matcher(Files.readString(source));
            while (line.find()) {
                String text = line.group(3).replaceAll("\"\\s*\\+\\s*\"", "").strip();
                TreeSet<String> pairs = new TreeSet<>();
                PAIR.matcher(line.group(2)).results().forEach(pair -> pairs.add(pair.group(1)));
                lines.put(
                        line.group(1).toUpperCase(Locale.ROOT) + " " + text.substring(1, text.length() - 1),
                        String.join(" ", pairs));
            }
        }
        return lines;
    }

    private static Map<String, String> onThePage() throws IOException {
        Map<String, String> lines = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "logs.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.find()) {
                TreeSet<String> pairs = new TreeSet<>();
                Pattern.compile("`([^`]+)`").matcher(row.group(3)).results().forEach(pair -> pairs.add(pair.group(1)));
                lines.put(row.group(1) + " " + row.group(2), String.join(" ", pairs));
            }
        }
        return lines;
    }

    private static List<Path> sources() throws IOException {
        TreeSet<Path> sources = new TreeSet<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return List.copyOf(sources);
    }
}
