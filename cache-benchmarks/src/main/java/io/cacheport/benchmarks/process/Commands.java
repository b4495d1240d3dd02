package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.CommandCounts;
import io.cacheport.benchmarks.CommandCounts.Traffic;
import io.cacheport.benchmarks.RunSettings;
import io.cacheport.benchmarks.Suite;
import io.cacheport.benchmarks.Table;
import io.cacheport.benchmarks.peer.Peer;
import io.cacheport.benchmarks.peer.PeerKind;
import io.cacheport.benchmarks.peer.Peers;
import io.cacheport.benchmarks.value.Product;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What Redis is asked for at each operation of one caller. */
final class Commands implements Suite {

    /** Among the near caches, to be compared with. */
    private static final String NO_REDIS = "caffeine-write";

    /** Of them it may be one more or less: a heartbeat is no command of an operation. */
    private static final double LEAST_SHARE = 0.05;

    @Override
    public String name() {
        return "commands";
    }

    @Override
    public String title() {
        return "Commands per operation";
    }

    @Override
    public String run(RunSettings settings) throws Exception {
        int operations = settings.quick() ? 50 : 500;
        List<Operation> all = Operation.all();
        List<String> kinds = new ArrayList<>();
        Peers.remote().forEach(kind -> kinds.add(kind.name()));
        Peers.near().stream()
                .map(PeerKind::name)
                .filter(name -> !name.equals(NO_REDIS))
                .forEach(name -> kinds.add(Kinds.near(name)));
        List<String> headings = new ArrayList<>(List.of(""));
        all.forEach(operation -> headings.add(operation.name()));
        Table commands = new Table(headings.toArray(String[]::new));
        Table bytes = new Table(headings.toArray(String[]::new));
        try (RedisServer server = RedisServer.start();
                RespClient redis = server.client();
                CommandCounts counts = new CommandCounts(server)) {
            for (String name : kinds) {
                PeerKind kind = Kinds.of(name);
                String title = Kinds.title(name);
                Progress.say(this, title);
                List<String> calls = new ArrayList<>(List.of(title));
                List<String> traffic = new ArrayList<>(List.of(title));
                redis.call("FLUSHALL");
                try (Peer peer = kind.open(server.uri(), Product.class, Kinds.PATIENT);
                        Peer other = kind.open(server.uri(), Product.class, Kinds.PATIENT)) {
                    for (Operation operation : all) {
                        Traffic its = operation.count(peer, other, counts, operations);
                        calls.add(its == null ? "-" : commands(its, operations));
                        traffic.add(its == null ? "-" : bytes(its, operations));
                    }
                }
                commands.row(calls.toArray(String[]::new));
                bytes.row(traffic.toArray(String[]::new));
            }
        }
        return "Of " + operations
                + " operations of one caller each, those inside scripts included; what comes less often"
                + " than once in twenty is left out. Hits are on values that another instance has put, so that the first"
                + " is not near yet; `again` is a second get of the same keys. A dash: there is no such operation.\n\n"
                + commands + "\nBytes to the server / from it, per operation:\n\n" + bytes;
    }

    private static String commands(Traffic traffic, int operations) {
        double total = (double) traffic.calls().values().stream()
                        .filter(calls -> calls >= LEAST_SHARE * operations)
                        .mapToLong(Long::longValue)
                        .sum()
                / operations;
        String which = traffic.calls().entrySet().stream()
                .filter(call -> call.getValue() >= LEAST_SHARE * operations)
                .map(call -> call.getKey() + " " + number((double) call.getValue() / operations))
                .collect(Collectors.joining(", "));
        return which.isEmpty() ? "none" : "**" + number(total) + "**: " + which;
    }

    private static String bytes(Traffic traffic, int operations) {
        return String.format(
                Locale.ROOT,
                "%,d / %,d",
                Math.round((double) traffic.bytesIn() / operations),
                Math.round((double) traffic.bytesOut() / operations));
    }

    private static String number(double value) {
        return Math.abs(value - Math.rint(value)) < LEAST_SHARE
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
