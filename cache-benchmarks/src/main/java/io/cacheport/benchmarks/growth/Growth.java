package io.cacheport.benchmarks.growth;

import io.cacheport.benchmarks.growth.Chart.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures all series, or reads what was measured, and draws the pictures of {@code docs/growth.md}. */
public final class Growth {

    private static final String QUICK = "--quick";
    private static final String DRAW = "--draw";
    private static final String TO = "--to";
    private static final String ONLY = "--only";

    private Growth() {}

    /** Exits with 2 if the arguments are wrong. */
    public static void main(String... arguments) throws Exception {
        boolean quick = false;
        boolean measure = true;
        Path to = null;
        List<String> only = Charts.all().stream().map(Chart::name).toList();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case QUICK -> quick = true;
                case DRAW -> measure = false;
                case TO -> to = Path.of(value(TO, ++i, arguments));
                case ONLY -> only = List.of(value(ONLY, ++i, arguments).split(",", -1));
                default -> throw usage("unknown option " + arguments[i]);
            }
        }
        Path docs = to != null ? to : quick ? Path.of("target", "growth") : Path.of("..", "docs");
        for (Series series : Series.all(quick)) {
            if (series.charts().stream().map(Chart::name).anyMatch(only::contains)) {
                draw(docs, measure ? series.measure() : read(docs, series)); // at once, in case another fails
            }
        }
    }

    private static String value(String option, int at, String... arguments) {
        if (at == arguments.length) {
            throw usage(option + ": a value must follow");
        }
        return arguments[at];
    }

    private static IllegalArgumentException usage(String what) {
        System.err.printf(
                """
                %s

                Measures how figures grow with what is stored, and draws it.

                  %s   few sizes and few rounds, to see that all works; goes to target/growth
                  %s    draws anew what was measured before
                  %s DIR   where growth/*.csv and images/growth-*.svg go, instead of ../docs
                  %s a,b  what these show, of %s
                """,
                what,
                QUICK,
                DRAW,
                TO,
                ONLY,
                String.join(", ", Charts.all().stream().map(Chart::name).toList()));
        System.exit(2);
        return new IllegalArgumentException(what);
    }

    private static Path csv(Path docs, Chart chart) {
        return docs.resolve("growth").resolve(chart.name() + ".csv");
    }

    private static Map<Chart, List<Row>> read(Path docs, Series series) throws IOException {
        Map<Chart, List<Row>> all = new LinkedHashMap<>();
        for (Chart chart : series.charts()) {
            all.put(chart, chart.rows(Files.readString(csv(docs, chart))));
        }
        return all;
    }

    private static void draw(Path docs, Map<Chart, List<Row>> all) throws IOException {
        Path images = Files.createDirectories(docs.resolve("images"));
        Path unused = Files.createDirectories(docs.resolve("growth"));
        for (Map.Entry<Chart, List<Row>> one : all.entrySet()) {
            Chart chart = one.getKey();
            Files.writeString(csv(docs, chart), chart.csv(one.getValue()));
            Files.writeString(images.resolve("growth-" + chart.name() + ".svg"), Plot.of(chart, one.getValue()));
            System.out.println(chart.table(one.getValue()));
        }
    }
}
