package io.cacheport.benchmarks.growth;

import io.cacheport.benchmarks.growth.Chart.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is measured together.
 *
 * @param charts whose lines are its columns, one chart after the other
 */
record Series(List<Chart> charts, Measurement measurement) {

    /** A collector that leaves no garbage behind to save itself work, so that what is left is what is stored. */
    private static final List<String> COLLECTOR = List.of("-XX:+UseSerialGC", "-XX:MarkSweepAlwaysCompactCount=1");

    /** Takes its time. */
    interface Measurement {
        List<Row> rows() throws Exception;
    }

    /** All, with few sizes and few rounds when quick. */
    static List<Series> all(boolean quick) {
        String most = quick ? "10000" : "1000000";
        return List.of(
                of(quick ? "1g" : "8g", MemoryHit.class, quick ? "10000" : "10000000", Charts.MEMORY_HIT),
                of("1g", Flush.class, most, Charts.FLUSH),
                of("2g", Heap.class, most, Charts.HEAP),
                of("1g", RedisMemory.class, most, Charts.REDIS_MEMORY),
                of(quick ? "1g" : "4g", Near.class, most, Charts.NEAR_HIT, Charts.NEAR_MEMORY, Charts.NEAR_CHANGE),
                new Series(List.of(Charts.START), () -> StartUp.measure(quick ? 2 : 10)));
    }

    private static Series of(String heap, Class<?> program, String most, Chart... charts) {
        List<String> options = new ArrayList<>(List.of("-Xms" + heap, "-Xmx" + heap));
        options.addAll(COLLECTOR);
        return new Series(List.of(charts), () -> Forked.rows(options, program, most));
    }

    /** The rows of each of its charts. */
    Map<Chart, List<Row>> measure() throws Exception {
        long start = System.nanoTime();
        List<Row> rows = measurement.rows();
        System.err.printf(
                Locale.ROOT, "growth, %s: took %.0f s%n", charts.get(0).name(), (System.nanoTime() - start) / 1e9);
        Map<Chart, List<Row>> all = new LinkedHashMap<>();
        int from = 0;
        for (Chart chart : charts) {
            all.put(chart, columns(rows, from, from + chart.lines().size()));
            from += chart.lines().size();
        }
        return all;
    }

    private static List<Row> columns(List<Row> rows, int from, int to) {
        return rows.stream()
                .map(row -> new Row(row.x(), row.values().subList(from, to)))
                .toList();
    }
}
