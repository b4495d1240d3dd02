package io.cacheport.benchmarks.hit;

import io.cacheport.benchmarks.Table;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was measured of the rows, against the reference among them. */
final class HitTable {

    private final String reference;
    private final Map<String, Measured> rows = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    HitTable(String reference) {
        this.reference = reference;
    }

    void add(String name, Measured measured) {
        rows.put(name, measured);
    }

    void failed(String name, String why) {
        failures.put(name, why);
    }

    boolean isComplete() {
        return failures.isEmpty();
    }

    /** Short calls are not timed each: nothing but how many there were. */
    @Override
    public String toString() {
        boolean timed = rows.values().stream().anyMatch(row -> !Double.isNaN(row.p99Micros()));
        Table table = timed
                ? new Table("peer", "calls/s", "x " + reference, "p50 us", "p99 us", "p99 x", "B/call")
                : new Table("peer", "calls/us", "x " + reference, "B/call");
        Measured base = rows.get(reference);
        rows.forEach((name, row) -> {
            if (timed) {
                table.row(
                        name,
                        figure("%,.0f", row.perSecond()),
                        ratio(row.perSecond(), base == null ? null : base.perSecond()),
                        figure("%,.0f", row.p50Micros()),
                        figure("%,.0f", row.p99Micros()),
                        ratio(row.p99Micros(), base == null ? null : base.p99Micros()),
                        figure("%,.0f", row.bytes()));
            } else {
                table.row(
                        name,
                        figure("%,.1f", row.perSecond() / 1e6),
                        ratio(row.perSecond(), base == null ? null : base.perSecond()),
                        figure("%,.0f", row.bytes()));
            }
        });
        failures.forEach(table::none);
        return table.toString();
    }

    private static String ratio(double figure, @Nullable Double reference) {
        return reference == null ? "-" : figure("%.2f", figure / reference);
    }

    private static String figure(String format, double figure) {
        return Double.isNaN(figure) ? "-" : String.format(Locale.ROOT, format, figure);
    }
}
