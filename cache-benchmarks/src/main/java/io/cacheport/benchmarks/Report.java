package io.cacheport.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** A Markdown table of medians over the rounds; a ratio is of two turns in the same round. */
final class Report {

    private Report() {}

    static String of(int threads, List<Candidate> candidates, List<List<Round>> results, int reference) {
        String name = candidates.get(reference).name();
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%d thread(s), medians of %d rounds:%n%n"
                        + "| candidate | ops/s | x %s | lowest - highest round | p50 us | p99 us | p99 x | CPU us | CPU x | B/op |%n"
                        + "|---|---|---|---|---|---|---|---|---|---|%n",
                threads,
                results.get(0).size(),
                name));
        for (int i = 0; i < candidates.size(); i++) {
            out.append(row(candidates.get(i).name(), results.get(i), results.get(reference)));
        }
        return out.append(misses(candidates, results)).toString();
    }

    private static String row(String name, List<Round> rounds, List<Round> references) {
        double[] ratios = ratios(rounds, references, Round::opsPerSecond);
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %.2f | %.2f - %.2f | %.0f | %.0f | %.2f | %.1f | %.2f | %,.0f |%n",
                name,
                median(rounds, Round::opsPerSecond),
                middle(ratios),
                ratios[0],
                ratios[ratios.length - 1],
                median(rounds, Round::p50Nanos) / 1e3,
                median(rounds, Round::p99Nanos) / 1e3,
                middle(ratios(rounds, references, Round::p99Nanos)),
                median(rounds, Round::cpuNanosPerOp) / 1e3,
                middle(ratios(rounds, references, Round::cpuNanosPerOp)),
                median(rounds, Round::bytesPerOp));
    }

    private static String misses(List<Candidate> candidates, List<List<Round>> results) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < candidates.size(); i++) {
            long missed = results.get(i).stream().mapToLong(Round::missed).sum();
            if (missed > 0) {
                out.append(String.format(
                        Locale.ROOT,
                        "%n%s: %,d operations were no hit%n",
                        candidates.get(i).name(),
                        missed));
            }
        }
        return out.toString();
    }

    /** In ascending order. */
    private static double[] ratios(List<Round> rounds, List<Round> references, ToDoubleFunction<Round> figure) {
        return IntStream.range(0, rounds.size())
                .mapToDouble(i -> figure.applyAsDouble(rounds.get(i)) / figure.applyAsDouble(references.get(i)))
                .sorted()
                .toArray();
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return middle(rounds.stream().mapToDouble(figure).sorted().toArray());
    }

    static double middle(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
