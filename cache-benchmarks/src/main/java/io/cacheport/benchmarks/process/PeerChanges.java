package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.Table;
import io.cacheport.benchmarks.peer.Peer;
import io.cacheport.benchmarks.peer.PeerKind;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** One library: an instance here puts, another in a JVM of its own has the value near. */
final class PeerChanges implements AutoCloseable {

    private static final String OLD = "old";
    private static final String NEW = "new";
    private static final int ATTEMPTS = 200;

    /** Of more there is nothing to be learnt, and each takes seconds. */
    private static final int MOST_NEVER = 5;

    private final PeerKind kind;
    private final RedisServer server;
    private final RespClient redis;
    private final ReaderJvm reader;
    private final Peer writer;
    private final List<String> cuts = new ArrayList<>();
    private Times times = new Times(LongStream.empty());
    private int never;
    private long keys;

    PeerChanges(String name, RedisServer server) throws Exception {
        this.kind = Kinds.of(name);
        this.server = server;
        this.redis = server.client();
        this.reader = new ReaderJvm(PeerReader.class, name, server.uri());
        this.writer = kind.opener().open(server.uri(), String.class);
    }

    static Table table() {
        return new Table(
                "",
                "rounds",
                "p50 us",
                "x the first",
                "p99 us",
                "max us",
                "never",
                "put while connections are cut: stale for ms");
    }

    void addTo(Table table, String name, long reference) {
        table.row(
                name,
                String.format("%,d", times.count() + never),
                times.microsAt(0.5),
                times.isEmpty() ? "-" : Times.ratio(times.median(), reference),
                times.microsAt(0.99),
                times.microsAt(1),
                String.valueOf(never),
                String.join(", ", cuts));
    }

    /** The median, in nanoseconds; 0 if none was seen. */
    long put(int rounds) throws Exception {
        LongStream.Builder seen = LongStream.builder();
        never = 0;
        for (int round = 0; round < rounds && never < MOST_NEVER; round++) {
            String key = near();
            long from = System.nanoTime();
            writer.put(key, NEW);
            OptionalLong at = reader.awaitAnother();
            if (at.isEmpty()) {
                never++;
            } else {
                seen.add(at.getAsLong() - from);
            }
        }
        times = new Times(seen.build());
        return times.isEmpty() ? 0 : times.median();
    }

    /** Rounds in which every connection is cut right before the value is put, again until that succeeds. */
    void cut(int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            String key = near();
            redis.call("CLIENT", "KILL", "TYPE", "normal");
            redis.call("CLIENT", "KILL", "TYPE", "pubsub");
            long from = putAtLast(key);
            OptionalLong at = reader.awaitAnother();
            cuts.add(at.isPresent() ? Times.millis(Math.max(0, at.getAsLong() - from)) : stillOld(key));
        }
    }

    /** A third instance knows whether it was written. */
    private String stillOld(String key) throws Exception {
        try (Peer third = kind.opener().open(server.uri(), String.class)) {
            return NEW.equals(third.get(key)) ? "> " + Reading.PATIENCE.toMillis() : "put lost";
        }
    }

    /** When the attempt began after which the writer itself could read it: some do not say that a put has failed. */
    private long putAtLast(String key) throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long from = System.nanoTime();
            if (putQuietly(key, NEW) && NEW.equals(getQuietly(key))) {
                return from;
            }
            Thread.sleep(10);
        }
        throw new IllegalStateException(kind.name() + ": nothing could be put in " + ATTEMPTS + " attempts");
    }

    private @Nullable Object getQuietly(String key) {
        try {
            return writer.get(key);
        } catch (Exception cut) {
            return null;
        }
    }

    /** A key of its own, about which nothing of another round is still on its way. */
    private String near() throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String key = "changed-" + keys++;
            if (putQuietly(key, OLD) && reader.bringNear(key)) {
                return key;
            }
            Thread.sleep(10); // connections may just have been cut
        }
        throw new IllegalStateException(kind.name() + ": the value was not near in " + ATTEMPTS + " attempts");
    }

    private boolean putQuietly(String key, String value) {
        try {
            writer.put(key, value);
            return true;
        } catch (Exception cut) {
            return false;
        }
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
        redis.close();
    }
}
