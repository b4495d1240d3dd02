package io.cacheport.redis.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs a main class in a JVM of its own with little memory, where running out of it hurts nobody else. */
final class ChildJvm {

    private static final String HEAP = "-Xmx64m";

    private ChildJvm() {}

    /** The lines {@code name=value} that it printed; fails if it ended in any other way than by itself. */
    static Map<String, String> run(Class<?> main, String... arguments) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString(), HEAP, "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        int code = process.onExit().join().exitValue();
        if (code != 0) {
            throw new IllegalStateException("exit code " + code + ": " + output);
        }
        Map<String, String> values = new TreeMap<>();
        output.lines().filter(line -> line.contains("=")).forEach(line -> {
            int sign = line.indexOf('=');
            values.put(line.substring(0, sign), line.substring(sign + 1));
        });
        return values;
    }
}
