package io.cacheport.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** A Markdown table of medians over the turns; a ratio is of two turns in the same round, to the first candidate. */
final class HitReport {

    private HitReport() {}

    static String of(int threads, List<Candidate> candidates, List<List<Turn>> results) {
        List<Turn> references = results.get(0);
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%d thread(s), medians of %d rounds:%n%n"
                        + "| candidate | CPU ns/hit | x %s | lowest - highest round | B/hit |%n|---|---|---|---|---|%n",
                threads,
                references.size(),
                candidates.get(0).name()));
        for (int i = 0; i < candidates.size(); i++) {
            out.append(row(candidates.get(i).name(), results.get(i), references));
        }
        return out.toString();
    }

    private static String row(String name, List<Turn> turns, List<Turn> references) {
        double[] ratios = sorted(IntStream.range(0, turns.size())
                .mapToDouble(
                        i -> turns.get(i).cpuNanosPerOp() / references.get(i).cpuNanosPerOp())
                .toArray());
        long missed = turns.stream().mapToLong(Turn::missed).sum();
        return String.format(
                Locale.ROOT,
                "| %s%s | %.1f | %.2f | %.2f - %.2f | %.1f |%n",
                name,
                missed == 0 ? "" : " (" + missed + " were no hit)",
                median(turns, Turn::cpuNanosPerOp),
                Report.middle(ratios),
                ratios[0],
                ratios[ratios.length - 1],
                median(turns, Turn::bytesPerOp));
    }

    private static double median(List<Turn> turns, ToDoubleFunction<Turn> figure) {
        return Report.middle(sorted(turns.stream().mapToDouble(figure).toArray()));
    }

    private static double[] sorted(double[] figures) {
        Arrays.sort(figures);
        return figures;
    }
}
