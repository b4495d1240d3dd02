package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.CommandCounts;
import io.cacheport.benchmarks.RunSettings;
import io.cacheport.benchmarks.Suite;
import io.cacheport.benchmarks.Table;
import io.cacheport.benchmarks.peer.Peer;
import io.cacheport.benchmarks.peer.PeerKind;
import io.cacheport.benchmarks.peer.Peers;
import io.cacheport.benchmarks.value.Product;
import io.cacheport.testkit.server.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a stored value takes, in Redis and in the heap. */
final class Memory implements Suite {

    private static final String REMOTE_REFERENCE = "lettuce-jackson";
    private static final String HEAP_REFERENCE = "caffeine-write";
    private static final Duration SETTLING = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final List<String> JVM_OPTIONS = List.of("-Xmx512m", "-XX:+UseSerialGC");

    /** Of the connection, not of reading. */
    private static final Set<String> NO_READS = Set.of("ping", "client|setinfo", "hello", "publish");

    @Override
    public String name() {
        return "bytes"; // memory is the suite of hits there
    }

    @Override
    public String title() {
        return "Memory of a stored value";
    }

    @Override
    public String run(RunSettings settings) throws Exception {
        int stored = settings.quick() ? 1_000 : 10_000;
        int held = settings.quick() ? 10_000 : 100_000;
        return String.format(
                        "In Redis, of %,d entries of about 300 bytes of JSON under keys of %d characters:%n%n",
                        stored, Product.keyOf(0).length())
                + stored(stored)
                + String.format(
                        "%nIn the heap of a JVM of its own, of %,d entries, all of one value and under keys that are there"
                                + " before: what the cache itself takes. Near caches hold what they have read, so each"
                                + " entry has a value of its own, and `no cache` is what such a value takes.%n%n",
                        held)
                + heap(held);
    }

    private Table stored(int count) throws Exception {
        Table table =
                new Table("", "bytes, by used_memory", "x " + REMOTE_REFERENCE, "bytes, by MEMORY USAGE of its keys");
        long reference = 0;
        try (StoredBytes redis = new StoredBytes()) {
            for (PeerKind kind : twice(Peers.remote(), REMOTE_REFERENCE)) {
                Progress.say(this, "in Redis, " + kind.name());
                try (Peer peer = kind.open(redis.uri(), Product.class, Kinds.PATIENT)) {
                    redis.begin(peer);
                    for (int i = 0; i < count; i++) {
                        peer.put(Product.keyOf(i), Product.of(i));
                    }
                    long bytes = redis.used() / count;
                    String title = reference != 0 && kind.name().equals(REMOTE_REFERENCE)
                            ? kind.name() + "-again"
                            : kind.name();
                    reference = reference == 0 ? bytes : reference;
                    table.row(
                            title,
                            String.format("%,d", bytes),
                            Times.ratio(bytes, reference),
                            String.format("%,d", redis.usage() / count));
                }
            }
        }
        return table;
    }

    private Table heap(int count) throws Exception {
        Table table = new Table("", "bytes per entry", "x " + HEAP_REFERENCE, "entries held of " + count);
        List<String> kinds = new ArrayList<>();
        twice(Peers.memory(), HEAP_REFERENCE).forEach(kind -> kinds.add(Kinds.memory(kind.name())));
        Peers.near().stream()
                .map(PeerKind::name)
                .filter(name -> !name.equals(HEAP_REFERENCE))
                .forEach(name -> kinds.add(Kinds.near(name)));
        try (RedisServer server = RedisServer.start();
                CommandCounts counts = new CommandCounts(server)) {
            table.row("no cache: a value, decoded", String.format("%,d", decoded(server, count)), "-", "-");
            long reference = 0;
            for (String kind : kinds) {
                boolean again = reference != 0 && kind.equals(Kinds.memory(HEAP_REFERENCE));
                String title = Kinds.title(kind) + (again ? "-again" : "");
                Progress.say(this, "in the heap, " + title);
                Held held = held(kind, server, counts, count);
                if (held.entries() == 0) {
                    table.none(title, "0");
                    continue;
                }
                long bytes = held.bytes() / held.entries();
                reference = reference == 0 ? bytes : reference;
                table.row(
                        title,
                        String.format("%,d", bytes),
                        Times.ratio(bytes, reference),
                        String.format("%,d", held.entries()));
            }
        }
        return table;
    }

    private record Held(long entries, long bytes) {}

    /** Near are those that are read again without asking Redis. */
    private static Held held(String kind, RedisServer server, CommandCounts counts, int count) throws Exception {
        try (ChildJvm jvm = start(kind, server)) {
            boolean near = Kinds.isNear(kind);
            if (near) {
                put(kind, server, count);
            }
            String unusedDone = jvm.ask((near ? HeapProgram.KEYS : HeapProgram.PUT) + " " + count, PATIENCE);
            String unusedFirst = jvm.ask(HeapProgram.READ, PATIENCE);
            counts.begin();
            String[] again = jvm.ask(HeapProgram.READ, PATIENCE).split(" ", -1);
            long asked = counts.traffic().without(NO_READS).total();
            return new Held(Math.max(0, Long.parseLong(again[0]) - asked), Long.parseLong(again[1]));
        }
    }

    /** By another than who reads, as it mostly is, for some keep near what they put. */
    private static void put(String kind, RedisServer server, int count) throws Exception {
        try (Peer writer = Kinds.of(kind).open(server.uri(), Product.class, Kinds.PATIENT)) {
            for (int i = 0; i < count; i++) {
                writer.put(Product.keyOf(i), Product.of(1));
            }
            Thread.sleep(SETTLING.toMillis());
        }
    }

    private static long decoded(RedisServer server, int count) throws IOException, InterruptedException {
        try (ChildJvm jvm = start(OneFuture.KIND.name(), server)) {
            return Long.parseLong(jvm.ask(HeapProgram.DECODED + " " + count, PATIENCE)) / count;
        }
    }

    private static ChildJvm start(String kind, RedisServer server) throws IOException, InterruptedException {
        ChildJvm jvm = ChildJvm.start(ChildJvm.thisJava(), JVM_OPTIONS, HeapProgram.class, kind, server.uri());
        jvm.awaitReady();
        return jvm;
    }

    /** The reference first, and once more at the end. */
    private static List<PeerKind> twice(List<PeerKind> kinds, String reference) {
        PeerKind first = PeerKind.of(kinds, reference);
        List<PeerKind> all = new ArrayList<>(List.of(first));
        kinds.stream().filter(kind -> !kind.equals(first)).forEach(all::add);
        all.add(first);
        return all;
    }
}
