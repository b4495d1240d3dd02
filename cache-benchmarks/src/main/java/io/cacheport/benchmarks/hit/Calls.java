package io.cacheport.benchmarks.hit;

import static java.util.Objects.requireNonNull;

import io.cacheport.benchmarks.peer.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The calls that are measured. One that does not find what it has to fails the run. */
public class Calls {

    private static final int BATCH = 100;

    private static final Callable<Object> NO_LOAD = () -> {
        throw new IllegalStateException("a hit was expected");
    };

    /** All keys in an order that is not theirs: 7 divides no round number. */
    @State(Scope.Thread)
    public static class Walk {

        private String[] keys = {};
        private int at;

        /** Starts anywhere. */
        @Setup(Level.Trial)
        public void start(FilledPeer filled) {
            keys = filled.keys().toArray(String[]::new);
            at = (int) (Thread.currentThread().getId() % keys.length);
        }

        String next() {
            at += 7;
            if (at >= keys.length) {
                at -= keys.length;
            }
            return keys[at];
        }

        List<String> nextBatch() {
            List<String> batch = new ArrayList<>(BATCH);
            for (int i = 0; i < BATCH; i++) {
                batch.add(next());
            }
            return batch;
        }
    }

    /** Keys that nobody has used. */
    @State(Scope.Thread)
    public static class Fresh {

        private final String prefix =
                "catalog:t1:fresh:" + Thread.currentThread().getId() + ":";
        private Callable<Object> loader = NO_LOAD;
        private long used;

        /** With a loader that has its value already. */
        @Setup(Level.Trial)
        public void start(FilledPeer filled) {
            Object value = filled.any();
            loader = () -> value;
        }

        String next() {
            return prefix + used++;
        }
    }

    /** One value that is there. */
    @Benchmark
    public Object get(FilledPeer filled, Walk walk) throws Exception {
        return requireNonNull(filled.peer().get(walk.next()), "no hit");
    }

    /** The same with a loader, which is not needed. */
    @Benchmark
    public Object getOrLoadHit(FilledPeer filled, Walk walk) throws Exception {
        return filled.peer().getOrLoad(walk.next(), NO_LOAD);
    }

    /** One value that is not there. */
    @Benchmark
    public Object getOrLoadMiss(FilledPeer filled, Fresh fresh) throws Exception {
        return filled.peer().getOrLoad(fresh.next(), fresh.loader);
    }

    /** A hundred values that are there. */
    @Benchmark
    public Object getAll(FilledPeer filled, Walk walk) throws Exception {
        Peer peer = filled.peer();
        Map<String, Object> found = peer.getAll(walk.nextBatch());
        if (found.size() != BATCH) {
            throw new IllegalStateException(found.size() + " of " + BATCH);
        }
        return found;
    }
}
