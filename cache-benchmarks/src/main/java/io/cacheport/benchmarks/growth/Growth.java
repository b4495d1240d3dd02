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

    private Growth() {}

    /** Exits with 2 if the arguments are wrong. */
    public static void main(String... arguments) throws Exception {
        boolean quick = false;
        boolean measure = true;
        Path to = null;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case QUICK -> quick = true;
                case DRAW -> measure = false;
                case TO ->
                    to = i + 1 == arguments.length ? usage(TO + ": a directory must follow") : Path.of(arguments[++i]);
                default -> to = usage("unknown option " + arguments[i]);
            }
        }
        Path docs = to != null ? to : quick ? Path.of("target", "growth") : Path.of("..", "docs");
        draw(docs, measure ? GrowthSuite.measure(quick) : read(docs));
    }

    private static Path usage(String what) {
        System.err.printf("""
                %s

                Measures how figures grow with what is stored, and draws it.

                  %s   few sizes and few rounds, to see that all works; goes to target/growth
                  %s    draws anew what was measured before
                  %s DIR   where growth/*.csv and images/growth-*.svg go, instead of ../docs
                """, what, QUICK, DRAW, TO);
        System.exit(2);
        throw new IllegalArgumentException(what);
    }

    private static Path csv(Path docs, Chart chart) {
        return docs.resolve("growth").resolve(chart.name() + ".csv");
    }

    private static Map<Chart, List<Row>> read(Path docs) throws IOException {
        Map<Chart, List<Row>> all = new LinkedHashMap<>();
        for (Chart chart : Charts.all()) {
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
