package io.cacheport.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Runs a main class in a JVM of its own, for what only the end of a JVM or another classpath can show. */
final class ChildJvm {

    private ChildJvm() {}

    /** What it printed, on either stream, until it ended; its temporary files are in {@code tmp}. */
    static String run(Class<?> main, Predicate<String> classpathEntry, Path tmp, Map<String, String> environment)
            throws IOException {
        String classpath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(classpathEntry)
                .collect(Collectors.joining(File.pathSeparator));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(
                List.of(java.toString(), "-Djava.io.tmpdir=" + tmp, "-cp", classpath, main.getName()));
        List.of(RedisChoice.URL, RedisBinary.OVERRIDE, "DOCKER_HOST").forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.onExit().join();
        return output;
    }
}
