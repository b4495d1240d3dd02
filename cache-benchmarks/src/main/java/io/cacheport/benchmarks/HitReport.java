package io.cacheport.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** A Markdown table of medians over the turns; a ratio is of two turns in the same round. */
final class HitReport {

    private HitReport() {}

    /**
     * The table.
     *
     * @param references places among the candidates; each has its columns of ratios to it
     */
    static String of(int threads, List<Candidate> candidates, List<List<Turn>> results, List<Integer> references) {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%d thread(s), medians of %d rounds:%n%n| candidate | CPU ns/hit |",
                threads,
                results.get(0).size()));
        for (int reference : references) {
            out.append(String.format(
                    " x %s | lowest - highest round |",
                    candidates.get(reference).name()));
        }
        out.append(String.format(" B/hit |%n|---|---|%s---|%n", "---|---|".repeat(references.size())));
        for (int i = 0; i < candidates.size(); i++) {
            List<Turn> turns = results.get(i);
            out.append(name(candidates.get(i), turns));
            for (int reference : references) {
                out.append(ratios(turns, results.get(reference)));
            }
            out.append(String.format(Locale.ROOT, " %.1f |%n", median(turns, Turn::bytesPerOp)));
        }
        return out.toString();
    }

    private static String name(Candidate candidate, List<Turn> turns) {
        long missed = turns.stream().mapToLong(Turn::missed).sum();
        return String.format(
                Locale.ROOT,
                "| %s%s | %.1f |",
                candidate.name(),
                missed == 0 ? "" : " (" + missed + " were no hit)",
                median(turns, Turn::cpuNanosPerOp));
    }

    private static String ratios(List<Turn> turns, List<Turn> references) {
        double[] sorted = IntStream.range(0, turns.size())
                .mapToDouble(
                        i -> turns.get(i).cpuNanosPerOp() / references.get(i).cpuNanosPerOp())
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT, " %.2f | %.2f - %.2f |", Report.middle(sorted), sorted[0], sorted[sorted.length - 1]);
    }

    private static double median(List<Turn> turns, ToDoubleFunction<Turn> figure) {
        return Report.middle(turns.stream().mapToDouble(figure).sorted().toArray());
    }
}
