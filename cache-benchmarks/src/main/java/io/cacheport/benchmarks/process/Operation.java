package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.CommandCounts;
import io.cacheport.benchmarks.CommandCounts.Traffic;
import io.cacheport.benchmarks.peer.Peer;
import io.cacheport.benchmarks.value.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Something that a caller does, many times, each time with another key.
 *
 * @param name in the report
 * @param before what makes the keys what they have to be, one after the other
 * @param call what is counted
 */
record Operation(String name, List<Call> before, Call call) {

    private static final int AT_ONCE = 100;

    /** Not counted: scripts are loaded, and subscriptions made. */
    private static final int WARM_UPS = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SETTLING = Duration.ofMillis(100);
    private static final Product VALUE = Product.of(1);

    /** Something done with a key. */
    interface Call {
        void on(Peer peer, Peer other, String key) throws Exception;
    }

    static List<Operation> all() {
        Call stored = (peer, other, key) -> other.put(key, VALUE);
        Call read = (peer, other, key) -> require(peer.get(key) != null);
        return List.of(
                new Operation("get hit", List.of(stored), read),
                new Operation("again", List.of(stored, read, read), read),
                new Operation("get miss", List.of(), (peer, other, key) -> require(peer.get(key) == null)),
                new Operation(
                        "getOrLoad hit",
                        List.of(stored),
                        (peer, other, key) -> require(peer.getOrLoad(key, Operation::no) != null)),
                new Operation(
                        "getOrLoad miss",
                        List.of(),
                        (peer, other, key) -> require(VALUE.equals(peer.getOrLoad(key, () -> VALUE)))),
                new Operation("put", List.of(), (peer, other, key) -> peer.put(key, VALUE)),
                new Operation("remove", List.of(stored), (peer, other, key) -> peer.remove(key)),
                new Operation(
                        "getAll of " + AT_ONCE,
                        List.of(
                                (peer, other, key) -> {
                                    for (String each : several(key)) {
                                        other.put(each, VALUE);
                                    }
                                },
                                Operation::awaitAll),
                        (peer, other, key) -> require(peer.getAll(several(key)).size() == AT_ONCE)));
    }

    /** Some puts return long before they are done. */
    private static void awaitAll(Peer peer, Peer other, String key) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (other.getAll(several(key)).size() < AT_ONCE) {
            require(System.nanoTime() - until < 0);
            Thread.sleep(SETTLING.toMillis());
        }
    }

    private static Object no() {
        throw new IllegalStateException("a hit was none");
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("it was not as it had to be");
        }
    }

    private static List<String> several(String key) {
        return IntStream.range(0, AT_ONCE).mapToObj(i -> key + "-" + i).toList();
    }

    /** Null if the library has no such operation. */
    @Nullable
    Traffic count(Peer peer, Peer other, CommandCounts counts, int operations) throws Exception {
        try {
            Traffic unused = traffic(peer, other, counts, "warm-up", WARM_UPS);
            return traffic(peer, other, counts, "counted", operations);
        } catch (UnsupportedOperationException e) {
            return null;
        }
    }

    private Traffic traffic(Peer peer, Peer other, CommandCounts counts, String prefix, int operations)
            throws Exception {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < operations; i++) {
            keys.add(prefix + ":" + name.replace(' ', '-') + ":" + i);
        }
        for (Call step : before) {
            for (String key : keys) {
                step.on(peer, other, key);
            }
            Thread.sleep(SETTLING.toMillis()); // some puts return before they are done, and others are told of them
        }
        counts.begin();
        for (String key : keys) {
            call.on(peer, other, key);
        }
        Thread.sleep(SETTLING.toMillis());
        return counts.traffic();
    }
}
