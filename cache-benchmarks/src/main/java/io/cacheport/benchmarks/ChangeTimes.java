package io.cacheport.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** How long each round of one kind took, of how many there was no end, and how many had to be tried again. */
final class ChangeTimes {

    /** Of more there is nothing to be learnt, and each takes seconds. */
    private static final int MOST_NEVER = 20;

    private final String name;
    private final long[] nanos;
    private int count;
    private int never;
    private int again;

    ChangeTimes(String name, int rounds) {
        this.name = name;
        this.nanos = new long[rounds];
    }

    void add(long time) {
        nanos[count++] = time;
    }

    void addNever() {
        never++;
    }

    void addAgain() {
        again++;
    }

    boolean isGivenUp() {
        return never >= MOST_NEVER;
    }

    static String header() {
        return String.format("| change | rounds | p50 us | p99 us | max us | never | tried again |%n"
                + "|---|---:|---:|---:|---:|---:|---:|%n");
    }

    /** Exact, not of a histogram: the greatest is one of them. */
    String row() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %s | %s | %s | %d | %d |%n",
                name,
                count + never,
                at(sorted, 0.5),
                at(sorted, 0.99),
                at(sorted, 1),
                never,
                again);
    }

    private static String at(long[] sorted, double share) {
        return sorted.length == 0
                ? "-"
                : String.format(Locale.ROOT, "%,.0f", sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e3);
    }
}
