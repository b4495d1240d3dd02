package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.RunSettings;
import io.cacheport.benchmarks.Suite;
import io.cacheport.benchmarks.Table;
import io.cacheport.benchmarks.process.OutageRound.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What callers have of a Redis that is away: how long they wait, and whether they get what they could load themselves. */
final class Outage implements Suite {

    private static final String REFERENCE = "lettuce-jackson";

    private static final List<String> KINDS = List.of(
            "jedis-jackson",
            "jetcache-kryo5",
            "redisson-bucket",
            "spring-redis-typed",
            "cacheport",
            Kinds.near("jetcache-both"),
            Kinds.near("redisson-localcached"),
            Kinds.near("cacheport"));

    /** Each takes seconds. */
    private static final List<String> QUICK_KINDS = List.of("cacheport");

    @Override
    public String name() {
        return "outage";
    }

    @Override
    public String title() {
        return "Outage: what a Redis that is away costs its callers";
    }

    @Override
    public String run(RunSettings settings) throws Exception {
        List<String> kinds = settings.quick() ? QUICK_KINDS : KINDS;
        return OutageCalls.THREADS
                + " threads, each a millisecond after it had its last value, of which it would load a"
                + " new one in no time. All libraries wait " + OutageRound.TIMEOUT.toMillis()
                + " ms for an answer: Lettuce, Jedis and Spring by their command timeout, JetCache by"
                + " asyncResultTimeoutInMillis, Redisson by timeout and connectTimeout, its retries as by default."
                + " The first call of each thread that is met by the outage is by itself. Hits during an outage come from"
                + " a near cache. A failure is an exception; `not returned`: it was still waiting when the server came back."
                + "\n\nThe server is killed, connections are refused:\n\n"
                + table(kinds, Kind.KILLED, settings.quick())
                + "\nThe server is stopped (SIGSTOP), nothing is answered:\n\n"
                + table(kinds, Kind.STOPPED, settings.quick());
    }

    private Table table(List<String> kinds, Kind how, boolean quick) throws Exception {
        Duration half = quick ? Duration.ofMillis(500) : Duration.ofSeconds(2);
        String moment = half.toMillis() / 1e3 + " s";
        Table table = new Table(
                "",
                "first call ms, worst",
                "until " + moment + ": p50 ms",
                "worst ms",
                "x " + REFERENCE,
                "after " + moment + ": p50 ms",
                "worst ms",
                "hits of all calls",
                "failed",
                "hits again after ms");
        long reference = 0;
        for (String name : Stream.concat(Stream.concat(Stream.of(REFERENCE), kinds.stream()), Stream.of(REFERENCE))
                .toList()) {
            Progress.say(this, how + ", " + name);
            OutageRound round =
                    OutageRound.of(Kinds.of(name), how, half, quick ? Duration.ofSeconds(3) : Duration.ofSeconds(10));
            long median = round.early().isEmpty()
                    ? 0
                    : OutageRound.times(round.early()).median();
            String title = reference != 0 && name.equals(REFERENCE) ? name + "-again" : Kinds.title(name);
            reference = reference == 0 ? median : reference;
            row(table, title, round, median, reference);
        }
        return table;
    }

    private static void row(Table table, String title, OutageRound round, long median, long reference) {
        Times early = OutageRound.times(round.early());
        Times late = OutageRound.times(round.late());
        long others = early.count() + (long) late.count();
        table.row(
                title,
                OutageRound.times(round.first()).millisAt(1),
                early.millisAt(0.5),
                early.millisAt(1),
                Times.ratio(median, reference),
                late.millisAt(0.5),
                late.millisAt(1),
                String.format("%,d of %,d", round.hits(), others),
                failures(round),
                round.recovered().isEmpty()
                        ? "not seen"
                        : Times.millis(round.recovered().getAsLong()));
    }

    /** How many and which. */
    private static String failures(OutageRound round) {
        Map<String, Long> failures = new TreeMap<>(Stream.of(round.first(), round.early(), round.late())
                .flatMap(List::stream)
                .filter(call -> call.failure() != null)
                .collect(Collectors.groupingBy(call -> String.valueOf(call.failure()), Collectors.counting())));
        return failures.isEmpty()
                ? "0"
                : failures.entrySet().stream()
                        .map(one -> String.format("%,d %s", one.getValue(), one.getKey()))
                        .collect(Collectors.joining(", "));
    }
}
