package io.cacheport.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/** Threads that each read one key after the other, as fast as they are answered. */
final class ClosedLoop implements Loop<Round> {

    /** Until all threads run; what is done meanwhile does not count. */
    private static final Duration RAMP_UP = Duration.ofMillis(200);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final List<String> keys;

    ClosedLoop(List<String> keys) {
        this.keys = keys;
    }

    @Override
    public Round run(Read read, int threads, Duration length) throws InterruptedException {
        long from = System.nanoTime() + RAMP_UP.toNanos();
        long until = from + length.toNanos();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Share>> shares = new ArrayList<>(threads);
            for (int i = 0; i < threads; i++) {
                shares.add(pool.submit(() -> loop(read, from, until)));
            }
            return sum(shares, length);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a read failed", failure.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    /** What one thread did, and what the process used of the processor meanwhile. */
    private record Share(Latencies latencies, long allocated, long missed, long cpuNanos) {}

    /** One look at the clock an operation: where one ends the next begins. */
    private Share loop(Read read, long from, long until) throws Exception {
        Latencies latencies = new Latencies();
        long missed = 0;
        int at = ThreadLocalRandom.current().nextInt(keys.size());
        long start;
        do {
            at = next(at);
            missed += read.of(keys.get(at)) == null ? 1 : 0;
            start = System.nanoTime();
        } while (start < from);
        long cpuBefore = SYSTEM.getProcessCpuTime();
        long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
        while (start < until) {
            at = next(at);
            missed += read.of(keys.get(at)) == null ? 1 : 0;
            long end = System.nanoTime();
            latencies.record(end - start);
            start = end;
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
        return new Share(latencies, allocated, missed, SYSTEM.getProcessCpuTime() - cpuBefore);
    }

    /** All keys in an order that is not theirs: 7 divides no round number. */
    private int next(int at) {
        return (at + 7) % keys.size();
    }

    private static Round sum(List<Future<Share>> shares, Duration length)
            throws InterruptedException, ExecutionException {
        Latencies all = new Latencies();
        long allocated = 0;
        long missed = 0;
        for (Future<Share> one : shares) {
            Share share = one.get();
            all.add(share.latencies);
            allocated += share.allocated;
            missed += share.missed;
        }
        return new Round(
                all.count() * 1e9 / length.toNanos(),
                all.quantile(0.5),
                all.quantile(0.99),
                (double) allocated / Math.max(1, all.count()),
                (double) shares.get(0).get().cpuNanos / Math.max(1, all.count()),
                missed);
    }
}
