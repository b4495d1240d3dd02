package io.cacheport.benchmarks.growth;

import io.cacheport.benchmarks.growth.Chart.Row;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Draws a {@link Chart}: lines over what grows, or bars. */
final class Plot {

    private static final String GRID = "#ddd";
    private static final double LEFT = 70;
    private static final double RIGHT = Svg.WIDTH - 40.0;
    private static final double BOTTOM = Svg.HEIGHT - 50.0;
    private static final double LEGEND = 34;
    private static final double LEGEND_LINE = 17;
    private static final double BARS_LEFT = 170;

    private final Chart chart;
    private final List<Row> rows;
    private final Svg svg;

    private Plot(Chart chart, List<Row> rows) {
        this.chart = chart;
        this.rows = rows;
        this.svg = new Svg(chart.title());
    }

    /**
     * The picture.
     *
     * @param rows at least one, without numbers below nought, and without nought where the axis is logarithmic
     */
    static String of(Chart chart, List<Row> rows) {
        Plot plot = new Plot(chart, rows);
        if (chart.isOfBars()) {
            plot.bars();
        } else {
            plot.lines();
        }
        return plot.svg.toString();
    }

    private DoubleStream values() {
        return rows.stream().flatMap(row -> row.values().stream()).mapToDouble(value -> value);
    }

    private void lines() {
        double top = LEGEND + 12 + chart.lines().size() * LEGEND_LINE;
        double greatest = values().max().orElseThrow();
        Axis x = Axis.logarithmic(rows.get(0).x(), rows.get(rows.size() - 1).x(), LEFT, RIGHT);
        Axis y = chart.logarithmic()
                ? Axis.logarithmic(values().min().orElseThrow(), greatest, BOTTOM, top)
                : Axis.linear(greatest, BOTTOM, top);
        for (double mark : x.marks()) {
            svg.line(x.place(mark), BOTTOM, x.place(mark), top, GRID);
            svg.text(x.place(mark), BOTTOM + 17, "middle", Chart.count(mark));
        }
        for (double mark : y.marks()) {
            svg.line(LEFT, y.place(mark), RIGHT, y.place(mark), GRID);
            svg.text(LEFT - 7, y.place(mark) + 4, "end", number(mark));
        }
        svg.text((LEFT + RIGHT) / 2, Svg.HEIGHT - 12.0, "middle", chart.x());
        svg.textAlong(18, (top + BOTTOM) / 2, chart.y());
        for (int i = 0; i < chart.lines().size(); i++) {
            line(i, x, y);
        }
    }

    private void line(int line, Axis x, Axis y) {
        String colour = Svg.colour(line);
        double legend = LEGEND + 10 + line * LEGEND_LINE;
        svg.box(LEFT, legend - 8, 16, 4, colour);
        svg.text(LEFT + 24, legend - 2, "start", chart.lines().get(line));
        svg.path(
                rows.stream()
                        .map(row -> String.format(
                                Locale.ROOT,
                                "%.1f,%.1f",
                                x.place(row.x()),
                                y.place(row.values().get(line))))
                        .collect(Collectors.joining(" ")),
                colour);
        rows.forEach(row -> svg.dot(x.place(row.x()), y.place(row.values().get(line)), colour));
    }

    private void bars() {
        Axis x = Axis.linear(values().max().orElseThrow(), BARS_LEFT, RIGHT - 25);
        for (double mark : x.marks()) {
            svg.line(x.place(mark), BOTTOM, x.place(mark), LEGEND, GRID);
            svg.text(x.place(mark), BOTTOM + 17, "middle", number(mark));
        }
        svg.text((BARS_LEFT + RIGHT) / 2, Svg.HEIGHT - 12.0, "middle", chart.y());
        List<Double> values = rows.get(0).values();
        double each = (BOTTOM - LEGEND) / values.size();
        for (int i = 0; i < values.size(); i++) {
            double middle = LEGEND + (i + 0.5) * each;
            double end = x.place(values.get(i));
            svg.box(BARS_LEFT, middle - each / 4, end - BARS_LEFT, each / 2, Svg.colour(0));
            svg.text(BARS_LEFT - 8, middle + 4, "end", chart.lines().get(i));
            svg.text(end + 6, middle + 4, "start", Chart.figure(values.get(i)));
        }
    }

    /** Of an axis, with as many digits as it takes. */
    private static String number(double mark) {
        boolean whole = Math.abs(mark - Math.rint(mark)) < 1e-9;
        int digits = whole ? 0 : Math.max(1, (int) Math.ceil(-Math.log10(mark) - 1e-9));
        return String.format(Locale.ROOT, "%,." + digits + "f", mark);
    }
}
