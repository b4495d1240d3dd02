package io.cacheport.examples.catalog.tryit;

import io.cacheport.examples.catalog.tryit.Phase.Result;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The figures of all phases, as text. */
final class Report {

    private Report() {}

    static String of(List<Result> results) {
        StringBuilder text = new StringBuilder();
        line(text, "%n%-14s %-16s %10s %9s %9s", "phase", "endpoint", "requests/s", "p50 ms", "p99 ms");
        for (Result result : results) {
            result.latencies()
                    .forEach((endpoint, latencies) -> line(
                            text,
                            "%-14s %-16s %,10.0f %9.2f %9.2f",
                            result.name(),
                            endpoint.label(),
                            latencies.count() / result.seconds(),
                            latencies.percentileMillis(0.50),
                            latencies.percentileMillis(0.99)));
        }
        line(
                text,
                "%n%-14s %10s %10s %26s %9s %7s",
                "phase",
                "requests",
                "requests/s",
                "queries per 1,000 requests",
                "hit rate",
                "errors");
        for (Result result : results) {
            line(
                    text,
                    "%-14s %,10d %,10.0f %26.0f %9s %7d",
                    result.name(),
                    result.requests(),
                    result.requests() / result.seconds(),
                    result.queriesPerThousand(),
                    result.hitRate(),
                    result.errors());
        }
        return text.append(comparison(results)).toString();
    }

    /** How the phases that had a cache compare with the first, which had none. */
    private static String comparison(List<Result> results) {
        Result plain = results.get(0);
        StringBuilder text = new StringBuilder(String.format("%n"));
        String saved = results.stream()
                .skip(1)
                .map(cached -> String.format(
                        Locale.ROOT,
                        "%s %.0f%%",
                        cached.name(),
                        100 * (1 - cached.queriesPerThousand() / plain.queriesPerThousand())))
                .collect(Collectors.joining(", "));
        line(text, "Database queries saved: %s", saved);
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format + "%n", values));
    }
}
