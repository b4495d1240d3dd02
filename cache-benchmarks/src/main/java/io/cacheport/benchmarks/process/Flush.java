package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.CommandCounts;
import io.cacheport.benchmarks.RunSettings;
import io.cacheport.benchmarks.Suite;
import io.cacheport.benchmarks.Table;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Removing a tenth of all keys by what they have in common, and what other clients have of it meanwhile. */
final class Flush implements Suite {

    private static final String REFERENCE = "lettuce-jackson";

    private static final List<String> PEERS = List.of(
            "redisson-bucket",
            "spring-redis-typed",
            "spring-redis-keys",
            "jetcache-kryo5",
            "jedis-jackson",
            "redisson-mapcache",
            "cacheport");

    private static final int WARM_UPS = 1;

    /** Sent by those who watch. */
    private static final List<String> NOT_ITS = List.of("get", "dbsize", "slowlog|reset");

    @Override
    public String name() {
        return "flush";
    }

    @Override
    public String title() {
        return "Flush: 100,000 of 1,000,000 keys, which begin alike";
    }

    @Override
    public String run(RunSettings settings) throws Exception {
        int flushed = settings.quick() ? 10_000 : 100_000;
        int rounds = settings.quick() ? 1 : 3;
        Table table = new Table(
                "",
                "rounds",
                "returned ms",
                "gone ms",
                "x " + REFERENCE,
                "GET p50 us",
                "p99 us",
                "p99 x " + REFERENCE,
                "longest us",
                "longest command us",
                "commands");
        try (RedisServer server = RedisServer.start(
                        "--enable-debug-command",
                        "yes",
                        "--slowlog-log-slower-than",
                        String.valueOf(FlushRound.SLOW_MICROS),
                        "--slowlog-max-len",
                        "10000");
                CommandCounts counts = new CommandCounts(server);
                RespClient redis = server.client()) {
            redis.call("DEBUG", "POPULATE", String.valueOf(9 * flushed), "other", "100");
            List<FlushRound> first = List.of();
            for (Opener opener : ways(server)) {
                try (FlushWay way = opener.open()) {
                    List<FlushRound> its = new ArrayList<>();
                    for (int round = 0; round < rounds + WARM_UPS; round++) {
                        way.fill(flushed);
                        its.add(FlushRound.of(way, server, counts));
                    }
                    its.subList(0, WARM_UPS).clear();
                    boolean again = !first.isEmpty() && way.name().equals(REFERENCE);
                    first = first.isEmpty() && way.name().equals(REFERENCE) ? its : first;
                    row(table, again ? way.name() + "-again" : way.name(), its, first);
                } catch (UnsupportedOperationException e) {
                    table.none(opener.name(), String.valueOf(e.getMessage()));
                }
                Progress.say(this, opener.name());
            }
        }
        return "What is flushed are " + String.format("%,d", flushed) + " keys of " + String.format("%,d", 10 * flushed)
                + ", medians of the rounds. Some calls return before the keys are gone. Another client sends one GET a"
                + " millisecond on a socket of its own; one that could not be sent because its predecessor took so long"
                + " counts from when it was due. The longest command is what the server's SLOWLOG says, of those over "
                + FlushRound.SLOW_MICROS
                + " us. A tag and a view with a generation leave their values to expire, and read"
                + " none of them any more.\n\n" + table;
    }

    /** How one is opened, and what it is called if it cannot be. */
    private record Opener(String name, Opening opening) {

        private interface Opening {
            FlushWay open() throws Exception;
        }

        FlushWay open() throws Exception {
            return opening.open();
        }
    }

    private static List<Opener> ways(RedisServer server) {
        List<Opener> ways = new ArrayList<>(List.of(new Opener("nothing", Idle::new), byPrefix(REFERENCE, server)));
        PEERS.forEach(peer -> ways.add(byPrefix(peer, server)));
        ways.add(new Opener("cacheport invalidateTag", () -> ViewFlush.byTag(server.uri())));
        ways.add(new Opener("cacheport Cache.invalidateAll", () -> ViewFlush.ofAll(server.uri())));
        ways.add(byPrefix(REFERENCE, server));
        return ways;
    }

    private static Opener byPrefix(String peer, RedisServer server) {
        return new Opener(peer, () -> new PrefixFlush(Kinds.of(peer), server));
    }

    private static void row(Table table, String name, List<FlushRound> its, List<FlushRound> reference) {
        table.row(
                name,
                String.valueOf(its.size()),
                Times.millis(median(its, FlushRound::returned)),
                Times.millis(median(its, FlushRound::gone)),
                reference.isEmpty()
                        ? "-"
                        : Times.ratio(median(its, FlushRound::gone), median(reference, FlushRound::gone)),
                Times.figure(median(its, FlushRound::p50) / 1e3),
                Times.figure(median(its, FlushRound::p99) / 1e3),
                reference.isEmpty()
                        ? "-"
                        : Times.ratio(median(its, FlushRound::p99), median(reference, FlushRound::p99)),
                Times.figure(median(its, FlushRound::longestGet) / 1e3),
                longestCommand(median(its, FlushRound::longestCommand)),
                its.get(its.size() - 1).traffic().without(NOT_ITS).text());
    }

    private static long median(List<FlushRound> its, ToLongFunction<FlushRound> figure) {
        return new Times(its.stream().mapToLong(figure)).median();
    }

    private static String longestCommand(long micros) {
        return micros == 0 ? "< " + FlushRound.SLOW_MICROS : String.format("%,d", micros);
    }
}
