package io.cacheport.benchmarks.growth;

import io.cacheport.benchmarks.growth.Chart.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** A measurement in a JVM of its own, with a heap of its own; it prints numbers, a line for each place. */
final class Forked {

    private Forked() {}

    /** A command that starts a JVM with the class path of this one. */
    static ProcessBuilder java(List<String> options, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** What it prints, as rows. */
    static List<Row> rows(List<String> options, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        Process process = java(options, program, arguments).start();
        List<Row> rows = new ArrayList<>();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                List<Double> numbers = new ArrayList<>();
                for (String number : line.split(" ", -1)) {
                    numbers.add(Double.valueOf(number));
                }
                rows.add(new Row(numbers.get(0), List.copyOf(numbers.subList(1, numbers.size()))));
            }
        } finally {
            process.destroy();
        }
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(program.getSimpleName() + " ended with status " + status);
        }
        return rows;
    }

    /** Prints a row, from the other JVM. */
    static void print(double x, double... values) {
        System.out.println(DoubleStream.concat(DoubleStream.of(x), DoubleStream.of(values))
                .mapToObj(value -> String.format(Locale.ROOT, "%.3f", value))
                .collect(Collectors.joining(" ")));
    }
}
