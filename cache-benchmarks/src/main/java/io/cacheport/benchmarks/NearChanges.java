package io.cacheport.benchmarks;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * How long after a change another process's near cache answers the old value for the last time: from right before the change
 * is sent until a read has returned something else. That read's own look into Redis is in it, since there is nothing near
 * any more; with a tag it is two. An expiry is counted from its TTL after the acknowledgment, and as 0 if it was seen before;
 * Redis lets a value live up to a millisecond longer.
 *
 * <p>The kinds take turns, round after round, and each round has a PING of its own, sent while the other process reads as fast
 * as it can: such a round trip is the least that any change could take, and how it varies is noise.
 */
public final class NearChanges {

    private static final int ROUNDS = 10_000;

    /** Not counted: both processes are compiled meanwhile. */
    private static final int WARM_UP_ROUNDS = 500;

    /** An expiry may come before the copy: at first always, while a read is not compiled. */
    private static final int ATTEMPTS = 100;

    private static final Duration PROGRESS = Duration.ofSeconds(5);

    private final RespClient redis;
    private final NearReaderJvm reader;
    private final List<Change> changes;
    private List<ChangeTimes> times = List.of();
    private ChangeTimes pings = new ChangeTimes("", 0);
    private long keys;
    private long progressAt = System.nanoTime();

    private NearChanges(RespClient redis, NearReaderJvm reader, List<Change> changes) {
        this.redis = redis;
        this.reader = reader;
        this.changes = changes;
    }

    /** Prints a table; exits with 2 if the arguments are wrong. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        int rounds = roundsOrExit(arguments);
        try (RedisServer server = RedisServer.start();
                RespClient redis = server.client();
                RedisCacheAdapter cache = NearReader.connect(server.uri());
                NearReaderJvm reader = new NearReaderJvm(server.uri())) {
            NearChanges run = new NearChanges(redis, reader, Change.all(redis, cache));
            run.rounds("warm-up", Math.min(rounds, WARM_UP_ROUNDS));
            run.rounds("round", rounds);
            run.print();
        }
    }

    private static int roundsOrExit(String... arguments) {
        try {
            if (arguments.length == 0) {
                return ROUNDS;
            }
            if (arguments.length != 2 || !arguments[0].equals("--rounds")) {
                throw new IllegalArgumentException("the only option is --rounds, with a number");
            }
            int rounds = arguments[1].matches("\\d{1,6}") ? Integer.parseInt(arguments[1]) : 0;
            if (rounds < 1) {
                throw new IllegalArgumentException("--rounds " + arguments[1] + ": the number must be 1 to 999999");
            }
            return rounds;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.printf(Locale.ROOT, """
                    Measures how long after a change another process's near cache answers the old value.

                      --rounds %d     of each kind of change
                    """, ROUNDS);
            System.exit(2);
            throw e;
        }
    }

    private void rounds(String name, int rounds) throws IOException, InterruptedException {
        times = changes.stream()
                .map(change -> new ChangeTimes(change.name(), rounds))
                .toList();
        pings = new ChangeTimes("none: one PING", rounds * changes.size());
        for (int round = 1; round <= rounds; round++) {
            for (int kind = 0; kind < changes.size(); kind++) {
                if (!times.get(kind).isGivenUp()) {
                    round(changes.get(kind), times.get(kind));
                }
                progress(name, round, rounds);
            }
        }
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

    /** Where it does not come into the table. */
    private void progress(String name, int round, int rounds) {
        long now = System.nanoTime();
        if (now - progressAt > PROGRESS.toNanos()) {
            progressAt = now;
            System.err.printf(Locale.ROOT, "%s %,d of %,d%n", name, round, rounds);
        }
    }

    private void print() {
        List<ChangeTimes> all = new ArrayList<>(times);
        all.add(pings);
        System.out.print(ChangeTimes.header());
        all.forEach(one -> System.out.print(one.row()));
    }
}
