package io.cacheport.benchmarks.growth;

import io.cacheport.benchmarks.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A picture to be drawn of one series.
 *
 * @param name of its files
 * @param x what grows, on a logarithmic axis; empty if there is nothing that grows, and a bar for each line is to be drawn
 * @param y what is measured, with its unit
 * @param logarithmic whether the axis of {@code y} is too
 * @param lines what each is called
 */
record Chart(String name, String title, String x, String y, boolean logarithmic, List<String> lines) {

    /**
     * What was measured at one place.
     *
     * @param values in the order of the lines
     */
    record Row(double x, List<Double> values) {}

    boolean isOfBars() {
        return x.isEmpty();
    }

    String csv(List<Row> rows) {
        StringBuilder out = new StringBuilder((isOfBars() ? "run" : x) + "," + String.join(",", lines) + "\n");
        for (Row row : rows) {
            out.append(String.format(Locale.ROOT, "%.0f", row.x));
            row.values.forEach(value -> out.append(String.format(Locale.ROOT, ",%.3f", value)));
            out.append('\n');
        }
        return out.toString();
    }

    /** What {@link #csv} wrote. */
    List<Row> rows(String csv) {
        return csv.lines().skip(1).map(this::row).toList();
    }

    private Row row(String line) {
        List<Double> numbers = new ArrayList<>();
        for (String cell : line.split(",", -1)) {
            numbers.add(Double.valueOf(cell));
        }
        if (numbers.size() != lines.size() + 1) {
            throw new IllegalArgumentException(name + ": " + line + " is not of " + (lines.size() + 1) + " numbers");
        }
        return new Row(numbers.get(0), List.copyOf(numbers.subList(1, numbers.size())));
    }

    String table(List<Row> rows) {
        List<String> headers = new ArrayList<>(List.of(isOfBars() ? y : x));
        headers.addAll(lines);
        Table table = new Table(headers.toArray(String[]::new));
        for (Row row : rows) {
            List<String> cells =
                    new ArrayList<>(List.of(isOfBars() ? "median of " + count(row.x) + " processes" : count(row.x)));
            row.values.forEach(value -> cells.add(figure(value)));
            Table unused = table.row(cells.toArray(String[]::new));
        }
        return "**" + title + "**" + (isOfBars() ? "" : ", " + y) + ":\n\n" + table;
    }

    static String count(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }

    /** Three digits that matter, or more before the point. */
    static String figure(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
