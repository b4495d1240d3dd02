package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.CommandCounts;
import io.cacheport.benchmarks.RunSettings;
import io.cacheport.benchmarks.Suite;
import io.cacheport.benchmarks.process.Stampede.Fleet;
import io.cacheport.benchmarks.process.StampedeProgram.Order;
import io.cacheport.benchmarks.process.StampedeProgram.Result;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rounds of one library, in JVMs of its own that stay for all of them. */
final class StampedeRounds implements AutoCloseable {

    static final long LOAD_MILLIS = 100;

    /** Of one kind in one fleet: a lock of ten seconds is not to be waited for ten times. */
    private static final Duration MOST_OF_ALL = Duration.ofSeconds(25);

    private static final Duration MOST_OF_WARM_UP = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration FIRST_LEAD = Duration.ofMillis(200);
    private static final Duration LONGEST_LEAD = Duration.ofSeconds(20);

    /** Within it nothing may still be on its way to Redis when commands are counted, nor counted of the round before. */
    private static final Duration SETTLING = Duration.ofMillis(50);

    private final Suite suite;
    private final boolean quick;
    private final Path java;
    private final String kind;
    private final CommandCounts counts;
    private final List<ChildJvm> jvms = new ArrayList<>();
    private Duration lead = FIRST_LEAD;
    private int keys;

    /** Starts so many JVMs, and waits until they are ready. */
    StampedeRounds(Suite suite, RunSettings settings, String kind, RedisServer server, CommandCounts counts, int most)
            throws IOException, InterruptedException {
        this.suite = suite;
        this.quick = settings.quick();
        this.java = Objects.requireNonNullElseGet(settings.virtualThreadsJava(), ChildJvm::thisJava);
        this.kind = kind;
        this.counts = counts;
        Progress.say(suite, kind);
        try (RespClient redis = server.client()) {
            redis.call("FLUSHALL"); // the reference asks for the same keys again
        }
        for (int i = 0; i < most; i++) {
            jvms.add(ChildJvm.start(java, List.of("-Xmx256m"), StampedeProgram.class, kind, server.uri()));
        }
        for (ChildJvm jvm : jvms) {
            jvm.awaitReady();
        }
    }

    /** What calls, for the report. */
    String threads() {
        boolean virtual = java.equals(ChildJvm.thisJava())
                ? Crowd.haveVirtual(Runtime.version().feature())
                : true;
        return (virtual ? "virtual threads" : "platform threads") + " of " + java;
    }

    List<StampedeRound> of(Fleet fleet) throws IOException, InterruptedException {
        rounds(fleet, quick ? 1 : 5, MOST_OF_WARM_UP);
        List<StampedeRound> rounds = rounds(fleet, quick ? 1 : 5, MOST_OF_ALL);
        Progress.say(suite, kind + ", " + fleet.text() + ", " + rounds.size() + " rounds");
        return rounds;
    }

    /** One at least, and no other after so long. */
    private List<StampedeRound> rounds(Fleet fleet, int most, Duration limit) throws IOException, InterruptedException {
        List<StampedeRound> rounds = new ArrayList<>();
        long until = System.nanoTime() + limit.toNanos();
        do {
            StampedeRound round = round(fleet);
            if (round != null) {
                rounds.add(round);
            } else if (lead.compareTo(LONGEST_LEAD) > 0) {
                throw new IllegalStateException("the callers of " + kind + " were not waiting in time");
            } else {
                lead = lead.multipliedBy(2);
            }
        } while (rounds.isEmpty() || (rounds.size() < most && System.nanoTime() - until < 0));
        return rounds;
    }

    /** Null if not all callers were there in time. */
    private @Nullable StampedeRound round(Fleet fleet) throws IOException, InterruptedException {
        Thread.sleep(SETTLING.toMillis());
        counts.begin();
        long at = System.nanoTime() + lead.toNanos();
        String line = new Order("stampede-" + keys++, fleet.callers(), at, LOAD_MILLIS).line();
        List<ChildJvm> those = jvms.subList(0, fleet.jvms());
        for (ChildJvm jvm : those) {
            jvm.tell(line);
        }
        int loads = 0;
        int failures = 0;
        long last = at;
        boolean late = false;
        for (ChildJvm jvm : those) {
            Result result = Result.of(jvm.answerWithin(PATIENCE));
            loads += result.loads();
            failures += result.failures();
            last = Math.max(last, result.last());
            late |= result.late();
        }
        Thread.sleep(SETTLING.toMillis());
        return late ? null : new StampedeRound(loads, last - at, failures, counts.traffic());
    }

    @Override
    public void close() {
        jvms.forEach(ChildJvm::close);
    }
}
