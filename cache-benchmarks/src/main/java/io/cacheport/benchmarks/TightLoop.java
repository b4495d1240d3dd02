package io.cacheport.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * For operations that take no longer than a look at the clock: it is looked at once for all keys. They wait for nothing, so
 * their time is the processor time of their thread, which what else the machine does touches least.
 */
final class TightLoop implements Loop<Turn> {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String[] keys;

    TightLoop(List<String> keys) {
        this.keys = keys.toArray(String[]::new);
    }

    /** To be done first: the loop would be compiled for the candidate that it meets first, and favour it ever after. */
    void meet(List<Candidate> candidates) throws Exception {
        for (int round = 0; round < 50; round++) {
            for (Candidate candidate : candidates) {
                Share unused = loop(candidate.read(), 0);
            }
        }
    }

    @Override
    public Turn run(Read read, int threads, Duration length) throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Share>> shares = new ArrayList<>(threads);
            for (int i = 0; i < threads; i++) {
                shares.add(pool.submit(() -> {
                    int unused = start.await();
                    return loop(read, length.toNanos());
                }));
            }
            return sum(shares);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a read failed", failure.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private record Share(long operations, long cpuNanos, long allocated, long missed) {}

    private Share loop(Read read, long length) throws Exception {
        long operations = 0;
        long missed = 0;
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long cpu = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        do {
            for (String key : keys) {
                missed += read.of(key) == null ? 1 : 0;
            }
            operations += keys.length;
        } while (System.nanoTime() - start < length);
        cpu = THREADS.getCurrentThreadCpuTime() - cpu;
        return new Share(operations, cpu, THREADS.getCurrentThreadAllocatedBytes() - allocated, missed);
    }

    private static Turn sum(List<Future<Share>> shares) throws InterruptedException, ExecutionException {
        long operations = 0;
        long cpuNanos = 0;
        long allocated = 0;
        long missed = 0;
        for (Future<Share> one : shares) {
            Share share = one.get();
            operations += share.operations;
            cpuNanos += share.cpuNanos;
            allocated += share.allocated;
            missed += share.missed;
        }
        return new Turn((double) cpuNanos / operations, (double) allocated / operations, missed);
    }
}
