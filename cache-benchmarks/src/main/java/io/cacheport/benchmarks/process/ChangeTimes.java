package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.Table;
import java.util.stream.LongStream;

/** How long each round of one kind took, of how many there was no end, and how many had to be tried again. */
final class ChangeTimes {

    /** Of more there is nothing to be learnt, and each takes seconds. */
    private static final int MOST_NEVER = 20;

    private final String name;
    private final LongStream.Builder nanos = LongStream.builder();
    private int never;
    private int again;

    ChangeTimes(String name) {
        this.name = name;
    }

    void add(long time) {
        nanos.add(time);
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

    static Table table() {
        return new Table("change", "rounds", "p50 us", "p99 us", "max us", "never", "tried again");
    }

    /** To be called once. */
    void addTo(Table table) {
        Times times = new Times(nanos.build());
        table.row(
                name,
                String.format("%,d", times.count() + never),
                times.microsAt(0.5),
                times.microsAt(0.99),
                times.microsAt(1),
                String.valueOf(never),
                String.valueOf(again));
    }
}
