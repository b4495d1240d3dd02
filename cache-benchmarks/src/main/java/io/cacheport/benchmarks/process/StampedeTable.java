package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.Table;
import java.util.ArrayList;
import java.util.List;

/** One row for each library, all of one fleet. */
final class StampedeTable {

    private final String reference;
    private final List<String> names = new ArrayList<>();
    private final List<List<StampedeRound>> rounds = new ArrayList<>();

    StampedeTable(String reference) {
        this.reference = reference;
    }

    void add(String name, List<StampedeRound> its) {
        names.add(names.contains(name) ? name + "-again" : name);
        rounds.add(its);
    }

    String text() {
        long first = timesOf(rounds.get(names.indexOf(reference))).median();
        Table table = new Table(
                "",
                "rounds",
                "loads",
                "most",
                "ms",
                "worst ms",
                "x " + reference,
                "commands",
                "most",
                "failed",
                "which");
        for (int i = 0; i < names.size(); i++) {
            List<StampedeRound> its = rounds.get(i);
            Times loads = new Times(its.stream().mapToLong(StampedeRound::loads));
            Times times = timesOf(its);
            Times commands =
                    new Times(its.stream().mapToLong(round -> round.traffic().total()));
            table.row(
                    names.get(i),
                    String.valueOf(its.size()),
                    count(loads.median()),
                    count(loads.worst()),
                    Times.millis(times.median()),
                    Times.millis(times.worst()),
                    Times.ratio(times.median(), first),
                    count(commands.median()),
                    count(commands.worst()),
                    count(its.stream().mapToLong(StampedeRound::failures).sum()),
                    its.get(its.size() - 1).traffic().text());
        }
        return table.toString();
    }

    private static Times timesOf(List<StampedeRound> its) {
        return new Times(its.stream().mapToLong(StampedeRound::nanos));
    }

    private static String count(long number) {
        return String.format("%,d", number);
    }
}
