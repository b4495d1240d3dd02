package io.cacheport.benchmarks.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Callers that all wait and are then let go at one moment: virtual threads where the JVM has them, else platform threads. */
final class Crowd implements AutoCloseable {

    private static final int FIRST_VIRTUAL = 21;
    private static final long STACK_BYTES = 256 << 10;

    private final ExecutorService threads;

    Crowd() {
        this.threads = haveVirtual(Runtime.version().feature())
                ? virtual()
                : Executors.newCachedThreadPool(task -> new Thread(null, task, "caller", STACK_BYTES));
    }

    static boolean haveVirtual(int feature) {
        return feature >= FIRST_VIRTUAL;
    }

    /** By its name, for this is compiled for Java 17. */
    private static ExecutorService virtual() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no virtual threads", e);
        }
    }

    /**
     * What came of it.
     *
     * @param last when the last had its answer, on the clock of {@link System#nanoTime}
     * @param failures how many got an exception instead
     */
    record Outcome(long last, int failures) {}

    /**
     * Lets so many call, each once.
     *
     * @param at when, on the clock of {@link System#nanoTime}
     * @return null if they were not all waiting by then; they have called nevertheless
     */
    @Nullable
    Outcome call(int callers, long at, Callable<?> call) throws InterruptedException {
        CountDownLatch waiting = new CountDownLatch(callers);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Long>> ends = new ArrayList<>(callers);
        for (int i = 0; i < callers; i++) {
            ends.add(threads.submit(() -> {
                waiting.countDown();
                go.await();
                Object unused = call.call();
                return System.nanoTime();
            }));
        }
        waiting.await();
        boolean late = System.nanoTime() - at > 0;
        while (System.nanoTime() - at < 0) {
            LockSupport.parkNanos(at - System.nanoTime());
        }
        go.countDown();
        Outcome outcome = outcome(ends);
        return late ? null : outcome;
    }

    private static Outcome outcome(List<Future<Long>> ends) throws InterruptedException {
        long last = Long.MIN_VALUE;
        int failures = 0;
        for (Future<Long> end : ends) {
            try {
                last = Math.max(last, end.get());
            } catch (ExecutionException e) {
                failures++;
                if (failures == 1) {
                    System.err.println("a caller got " + e.getCause());
                }
            }
        }
        return new Outcome(last, failures);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
