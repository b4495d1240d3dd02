package io.cacheport.benchmarks.process;

import io.cacheport.testkit.server.RespClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** The rounds with CachePort: each kind of change in turn, and a PING before each. */
final class NearRounds {

    /** An expiry may come before the copy: at first always, while a read is not compiled. */
    private static final int ATTEMPTS = 100;

    private final RespClient redis;
    private final ReaderJvm reader;
    private final List<Change> changes;
    private List<ChangeTimes> times = List.of();
    private ChangeTimes pings = new ChangeTimes("");
    private long keys;

    NearRounds(RespClient redis, ReaderJvm reader, List<Change> changes) {
        this.redis = redis;
        this.reader = reader;
        this.changes = changes;
    }

    /** The times of each kind of change, and those of the PINGs. */
    record All(List<ChangeTimes> changes, ChangeTimes pings) {}

    All run(int rounds) throws IOException, InterruptedException {
        times = changes.stream().map(change -> new ChangeTimes(change.name())).toList();
        pings = new ChangeTimes("none: one PING");
        for (int round = 1; round <= rounds; round++) {
            for (int kind = 0; kind < changes.size(); kind++) {
                if (!times.get(kind).isGivenUp()) {
                    round(changes.get(kind), times.get(kind));
                }
            }
        }
        return new All(times, pings);
    }

    private void round(Change change, ChangeTimes its) throws IOException, InterruptedException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            // a key of its own, about which nothing of another round is still on its way
            String key = "k" + keys++;
            change.store().accept(key);
            long stored = System.nanoTime();
            if (reader.bringNear(key)) {
                ping();
                measure(change, key, stored, its);
                return;
            }
            its.addAgain();
        }
        throw new IllegalStateException(change.name() + ": the value was not near in " + ATTEMPTS + " attempts");
    }

    private void ping() {
        long start = System.nanoTime();
        redis.call("PING");
        pings.add(System.nanoTime() - start);
    }

    /**
     * The times of two processes can be compared: {@link System#nanoTime} is CLOCK_MONOTONIC on Linux, the same for all
     * processes of a machine.
     */
    private void measure(Change change, String key, long stored, ChangeTimes its)
            throws IOException, InterruptedException {
        Duration expiry = change.expiry();
        long from = expiry == null ? System.nanoTime() : stored + expiry.toNanos();
        change.change().accept(key);
        OptionalLong seen = reader.awaitAnother();
        if (seen.isEmpty()) {
            its.addNever();
            return;
        }
        long took = seen.getAsLong() - from;
        if (took < 0 && expiry == null) {
            throw new IllegalStateException(change.name() + " was seen before it was made: a read has failed");
        }
        its.add(Math.max(0, took));
    }
}
