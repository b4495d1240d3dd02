package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.peer.Peer;
import io.cacheport.benchmarks.value.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Callers who want their values, whatever becomes of Redis, each a millisecond after it had the last: a load costs nothing.
 * They run until they are closed, or as long as a call does not return.
 */
final class OutageCalls implements AutoCloseable {

    static final int THREADS = 8;
    private static final int KEYS = 100;
    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    private final Peer peer;
    private final Queue<Call> ended = new ConcurrentLinkedQueue<>();
    private final AtomicReferenceArray<@Nullable Long> begun = new AtomicReferenceArray<>(THREADS);
    private volatile boolean closed;

    /**
     * One call.
     *
     * @param thread of the caller, from 0
     * @param start on the clock of {@link System#nanoTime}
     * @param nanos until it returned, or until it was looked at if it has not
     * @param loaded whether it was no hit
     * @param failure of the call; null if the caller had its value
     */
    record Call(
            int thread,
            long start,
            long nanos,
            boolean loaded,
            @Nullable String failure) {

        long end() {
            return start + nanos;
        }

        boolean isHit() {
            return !loaded && failure == null;
        }
    }

    OutageCalls(Peer peer) {
        this.peer = peer;
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread thread = new Thread(() -> run(number), "caller-" + i);
            thread.setDaemon(true); // a call may never return
            thread.start();
        }
    }

    private void run(int thread) {
        while (!closed) {
            long start = System.nanoTime();
            begun.set(thread, start);
            ended.add(call(thread, start));
            begun.set(thread, null);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private Call call(int thread, long start) {
        int id = ThreadLocalRandom.current().nextInt(KEYS);
        Product value = Product.of(id);
        AtomicBoolean loaded = new AtomicBoolean();
        String failure = null;
        try {
            Object unused = peer.getOrLoad("outage-" + id, () -> {
                loaded.set(true);
                return value;
            });
        } catch (Exception e) {
            failure = e.getClass().getSimpleName();
        }
        return new Call(thread, start, System.nanoTime() - start, loaded.get(), failure);
    }

    /** Those that began before and ended, or have not ended, after that moment. */
    List<Call> since(long moment) {
        List<Call> calls = new ArrayList<>(
                ended.stream().filter(call -> call.end() - moment > 0).toList());
        long now = System.nanoTime();
        for (int i = 0; i < THREADS; i++) {
            Long start = begun.get(i);
            if (start != null) {
                calls.add(new Call(i, start, now - start, true, NOT_RETURNED));
            }
        }
        return calls;
    }

    static final String NOT_RETURNED = "not returned";

    @Override
    public void close() {
        closed = true;
    }
}
