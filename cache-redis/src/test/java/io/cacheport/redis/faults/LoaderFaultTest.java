package io.cacheport.redis.faults;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.cacheport.TypeRef;
import io.cacheport.aside.CachePolicy;
import io.cacheport.aside.LoadTimeoutException;
import io.cacheport.aside.RecursiveLoadException;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A loader that throws, hangs, or asks for itself; and a caller who is told to stop while he waits for one. */
class LoaderFaultTest {

    private static final int CALLERS = 100;
    private static final String NAME = "loader-fault-";
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final CachePolicy POLICY = CachePolicy.ttl(Duration.ofMinutes(10));

    @FaultRowAlways(60)
    @Test
    void aLoaderThatFailsOrHangs() throws Exception {
        Row row = FaultMatrix.row(60, "loader fails or hangs");
        row.naive("each waits or fails for itself, and all call the loader");
        try (RedisServer server = RedisServer.start();
                RedisCacheAdapter cache = Profile.open(server.uri())) {
            AtomicInteger loads = new AtomicInteger();
            CountDownLatch allAreThere = new CountDownLatch(CALLERS);
            IOException failure = new IOException(LogWatch.VALUE);
            List<Throwable> thrown = together(number -> {
                allAreThere.countDown();
                withCache(cache, LogWatch.KEY + "fails", POLICY, TEXT, () -> {
                    loads.incrementAndGet();
                    allAreThere.await();
                    await().until(() -> waiting() >= CALLERS - 1);
                    throw failure;
                });
            });
            assertThat(thrown).hasSize(CALLERS).allMatch(one -> one == failure);
            long start = System.nanoTime();
            assertThat(withCache(cache, LogWatch.KEY + "fails", POLICY, TEXT, () -> LogWatch.VALUE))
                    .isEqualTo(LogWatch.VALUE);
            long free = System.nanoTime() - start;
            row.figure("exception at all " + CALLERS + " callers after " + loads + " loads", "all; not cached");

            CachePolicy timed = POLICY.hardTimeout(Duration.ofMillis(200));
            CountDownLatch hangs = new CountDownLatch(1);
            start = System.nanoTime();
            List<Throwable> left = together(number -> withCache(cache, LogWatch.KEY + "hangs", timed, TEXT, () -> {
                hangs.await();
                return LogWatch.VALUE;
            }));
            long waited = System.nanoTime() - start;
            hangs.countDown();
            assertThat(left).hasSize(CALLERS).allMatch(LoadTimeoutException.class::isInstance);
            row.figure(
                    "loader hangs, hardTimeout 200 ms: " + CALLERS + " callers left within " + Row.ms(waited),
                    "wait bounded");

            assertThatExceptionOfType(RecursiveLoadException.class)
                    .isThrownBy(() -> withCache(
                            cache,
                            LogWatch.KEY + "itself",
                            POLICY,
                            TEXT,
                            () -> withCache(cache, LogWatch.KEY + "itself", POLICY, TEXT, () -> LogWatch.VALUE)));
            assertThatExceptionOfType(OutOfMemoryError.class)
                    .isThrownBy(() -> withCache(cache, LogWatch.KEY + "error", POLICY, TEXT, () -> {
                        throw new OutOfMemoryError("made up");
                    }));
            row.ours("the exception reaches all who shared the load, and is not cached; recursion fails at once");
            row.figure("loaded anew " + Row.ms(free) + " after it failed", "slot freed within 10 ms");
        }
    }

    @FaultRowAlways(61)
    @Test
    void oneOfManyWaitersIsInterrupted() throws Exception {
        Row row = FaultMatrix.row(61, "waiter cancelled or interrupted");
        row.naive("there is nobody to wait for: each loads");
        try (RedisServer server = RedisServer.start();
                RedisCacheAdapter cache = Profile.open(server.uri())) {
            AtomicInteger loads = new AtomicInteger();
            AtomicInteger flagged = new AtomicInteger();
            CountDownLatch loading = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            List<Throwable> thrown = together(number -> {
                if (number > 0) {
                    loading.await();
                }
                if (number == 1) {
                    Thread.currentThread().interrupt();
                }
                try {
                    withCache(cache, LogWatch.KEY + "61", POLICY, TEXT, () -> {
                        loads.incrementAndGet();
                        loading.countDown();
                        interrupted.await();
                        return LogWatch.VALUE;
                    });
                } finally {
                    if (number == 1) {
                        flagged.addAndGet(Thread.interrupted() ? 1 : 0);
                        interrupted.countDown();
                    }
                }
            });

            assertThat(thrown).hasSize(1);
            assertThat(loads).hasValue(1);
            assertThat(flagged).hasValue(1);
            row.ours("leaves with its flag set; the load goes on for the others");
            row.figure("1 of " + CALLERS + " ended, after " + loads + " load", "only that one");
        }
    }

    /** How many of the callers wait for another's load. */
    private static long waiting() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(NAME) && thread.getState() == Thread.State.WAITING)
                .count();
    }

    private interface Caller {
        void call(int number) throws Exception;
    }

    /** What was thrown. */
    private static List<Throwable> together(Caller caller) throws Exception {
        AtomicInteger numbers = new AtomicInteger();
        ExecutorService threads =
                Executors.newFixedThreadPool(CALLERS, code -> new Thread(code, NAME + numbers.incrementAndGet()));
        try {
            List<Future<?>> all = new ArrayList<>();
            List<Throwable> thrown = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int number = i;
                all.add(threads.submit(() -> {
                    caller.call(number);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                try {
                    one.get();
                } catch (ExecutionException failed) {
                    thrown.add(failed.getCause());
                }
            }
            return thrown;
        } finally {
            threads.shutdownNow();
        }
    }
}
