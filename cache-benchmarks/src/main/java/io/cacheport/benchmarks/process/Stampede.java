package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.CommandCounts;
import io.cacheport.benchmarks.RunSettings;
import io.cacheport.benchmarks.Suite;
import io.cacheport.testkit.server.RedisServer;
import java.util.ArrayList;
import java.util.List;

/** Everybody asks at once for what is not there: how often it is loaded, and how long the last one waits. */
final class Stampede implements Suite {

    private static final String REFERENCE = "lettuce-jackson";

    private static final List<String> KINDS = List.of(
            OneFuture.KIND.name(),
            "spring-redis-typed",
            "jetcache-kryo5",
            "redisson-mapcache",
            "spring-redis-locking",
            "cacheport",
            Kinds.near("cacheport"));

    /** JVMs take seconds to start. */
    private static final List<String> QUICK_KINDS = List.of(OneFuture.KIND.name(), "cacheport");

    /** How many JVMs, and how many callers in each. */
    record Fleet(int jvms, int callers) {

        String text() {
            return jvms + (jvms == 1 ? " JVM x " : " JVMs x ") + String.format("%,d", callers) + " callers";
        }
    }

    @Override
    public String name() {
        return "stampede";
    }

    @Override
    public String title() {
        return "Stampede: many callers, one missing key, a load of " + StampedeRounds.LOAD_MILLIS + " ms";
    }

    @Override
    public String run(RunSettings settings) throws Exception {
        int callers = settings.quick() ? 200 : 1_000;
        List<Fleet> fleets = List.of(new Fleet(1, callers), new Fleet(2, callers), new Fleet(4, callers / 4));
        List<StampedeTable> tables = new ArrayList<>();
        fleets.forEach(fleet -> tables.add(new StampedeTable(REFERENCE)));
        List<String> rows = new ArrayList<>(List.of(REFERENCE));
        rows.addAll(settings.quick() ? QUICK_KINDS : KINDS);
        rows.add(REFERENCE);
        String jvm = "";
        try (RedisServer server = RedisServer.start();
                CommandCounts counts = new CommandCounts(server)) {
            for (String kind : rows) {
                try (StampedeRounds rounds = new StampedeRounds(this, settings, kind, server, counts, 4)) {
                    jvm = rounds.threads();
                    for (int i = 0; i < fleets.size(); i++) {
                        tables.get(i).add(Kinds.title(kind), rounds.of(fleets.get(i)));
                    }
                }
            }
        }
        return text(jvm, fleets, tables);
    }

    private static String text(String threads, List<Fleet> fleets, List<StampedeTable> tables) {
        StringBuilder out =
                new StringBuilder("Callers are " + threads + ". JVMs are warm, and all callers are let go at one"
                        + " moment, from which the time counts until the last of them has the value. Commands are all that Redis"
                        + " got in a round, those of scripts included. `" + OneFuture.KIND.name()
                        + "` is no cache: what the measurement itself takes. `" + REFERENCE
                        + "` is there twice: what it differs from itself is noise.\n");
        for (int i = 0; i < fleets.size(); i++) {
            out.append("\n")
                    .append(fleets.get(i).text())
                    .append(":\n\n")
                    .append(tables.get(i).text());
        }
        return out.toString();
    }
}
