package io.cacheport.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param suites in the order of the report
 * @param report the file to be written
 */
record RunOptions(List<Suite> suites, RunSettings settings, Path report) {

    private static final Path DEFAULT_REPORT = Path.of("target", "benchmarks.md");

    /** From this version on a JDK has virtual threads. */
    private static final int VIRTUAL_THREADS = 21;

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException naming the argument and the rule
     */
    static RunOptions parse(List<Suite> all, String... arguments) {
        List<Suite> suites = all.stream().filter(Suite::isPartOfAll).toList();
        boolean quick = false;
        Path report = DEFAULT_REPORT;
        Path java = runningJava();
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            switch (name) {
                case "--quick" -> quick = true;
                case "--suite" -> suites = chosen(all, value(name, ++i, arguments));
                case "--report" -> report = Path.of(value(name, ++i, arguments));
                case "--virtual-threads-java" -> java = executable(name, value(name, ++i, arguments));
                default -> throw new IllegalArgumentException("unknown option " + name);
            }
        }
        return new RunOptions(suites, new RunSettings(quick, java), report);
    }

    /** What there is to say. */
    static String usage(List<Suite> all) {
        return """
                Measures CachePort and what it is compared with, and writes a report in Markdown.

                  --suite a,b                   these suites, of %s;
                                                %s run only if they are named
                  --quick                       as little time as shows that all works; the figures mean nothing
                  --report FILE                 where the report goes, %s unless given
                  --virtual-threads-java PATH   the java command of a JDK 21 or later, for what is measured with virtual threads;
                                                the running one if it is such
                """.formatted(
                        names(all.stream()), names(all.stream().filter(suite -> !suite.isPartOfAll())), DEFAULT_REPORT);
    }

    private static String names(Stream<Suite> suites) {
        return suites.map(Suite::name).collect(Collectors.joining(", "));
    }

    private static String value(String name, int at, String... arguments) {
        if (at == arguments.length) {
            throw new IllegalArgumentException(name + ": a value must follow");
        }
        return arguments[at];
    }

    private static List<Suite> chosen(List<Suite> all, String names) {
        List<String> asked = new ArrayList<>(Arrays.asList(names.split(",", -1)));
        List<Suite> chosen =
                all.stream().filter(suite -> asked.contains(suite.name())).toList();
        chosen.forEach(suite -> asked.remove(suite.name()));
        if (!asked.isEmpty()) {
            throw new IllegalArgumentException("--suite: there is no suite \"" + asked.get(0) + "\"");
        }
        return chosen;
    }

    private static Path executable(String name, String path) {
        Path java = Path.of(path);
        if (!Files.isExecutable(java) || Files.isDirectory(java)) {
            throw new IllegalArgumentException(
                    name + " " + path + ": must be an executable file, as bin/java of a JDK is");
        }
        return java;
    }

    private static @Nullable Path runningJava() {
        return Runtime.version().feature() < VIRTUAL_THREADS
                ? null
                : Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
