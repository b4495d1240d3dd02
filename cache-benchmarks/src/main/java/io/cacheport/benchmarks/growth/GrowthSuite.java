package io.cacheport.benchmarks.growth;

import io.cacheport.benchmarks.RunSettings;
import io.cacheport.benchmarks.Suite;
import io.cacheport.benchmarks.growth.Chart.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How figures grow with what is stored. Takes four minutes, 20 seconds when quick. */
public final class GrowthSuite implements Suite {

    /** A collector that leaves no garbage behind to save itself work, so that what is left is what is stored. */
    private static final List<String> COLLECTOR = List.of("-XX:+UseSerialGC", "-XX:MarkSweepAlwaysCompactCount=1");

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String title() {
        return "Growth";
    }

    @Override
    public String run(RunSettings settings) throws Exception {
        return measure(settings.quick()).entrySet().stream()
                .map(one -> one.getKey().table(one.getValue()))
                .collect(Collectors.joining("\n"));
    }

    /** All series, in the order of {@link Charts#all}. */
    static Map<Chart, List<Row>> measure(boolean quick) throws Exception {
        Map<Chart, List<Row>> all = new LinkedHashMap<>();
        String most = quick ? "10000" : "1000000";
        all.put(Charts.MEMORY_HIT, rows(quick ? "1g" : "8g", MemoryHit.class, quick ? "10000" : "10000000"));
        all.put(Charts.FLUSH, rows("1g", Flush.class, most));
        all.put(Charts.HEAP, rows("2g", Heap.class, most));
        all.put(Charts.REDIS_MEMORY, rows("1g", RedisMemory.class, most));
        List<Row> near = rows(quick ? "1g" : "4g", Near.class, most);
        int from = 0;
        for (Chart chart : List.of(Charts.NEAR_HIT, Charts.NEAR_MEMORY, Charts.NEAR_CHANGE)) {
            all.put(chart, columns(near, from, from + chart.lines().size()));
            from += chart.lines().size();
        }
        all.put(Charts.START, StartUp.measure(quick ? 2 : 10));
        return all;
    }

    private static List<Row> rows(String heap, Class<?> program, String most) throws Exception {
        long start = System.nanoTime();
        List<String> options = new ArrayList<>(List.of("-Xms" + heap, "-Xmx" + heap));
        options.addAll(COLLECTOR);
        List<Row> rows = Forked.rows(options, program, most);
        System.err.printf(
                Locale.ROOT, "growth, %s: took %.0f s%n", program.getSimpleName(), (System.nanoTime() - start) / 1e9);
        return rows;
    }

    private static List<Row> columns(List<Row> rows, int from, int to) {
        return rows.stream()
                .map(row -> new Row(row.x(), row.values().subList(from, to)))
                .toList();
    }
}
