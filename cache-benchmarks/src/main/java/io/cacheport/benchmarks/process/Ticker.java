package io.cacheport.benchmarks.process;

import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Another client of the same server: one GET a millisecond on a socket of its own, from when it is made until it is closed.
 * If an answer takes longer, those that could not be sent meanwhile count as well, as waiting from when they were due.
 */
final class Ticker implements AutoCloseable {

    private static final long EVERY_NANOS = Duration.ofMillis(1).toNanos();

    private final RespClient redis;
    private final LongStream.Builder waits = LongStream.builder();
    private final Thread thread = new Thread(this::run, "ticker");
    private volatile boolean closed;
    private volatile @Nullable RuntimeException failure;
    private long longest;

    Ticker(RedisServer server) {
        this.redis = server.client();
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                long start = System.nanoTime();
                redis.call("GET", "ticker");
                long took = System.nanoTime() - start;
                longest = Math.max(longest, took);
                for (long wait = took; wait > 0; wait -= EVERY_NANOS) {
                    waits.add(wait);
                }
                LockSupport.parkNanos(EVERY_NANOS - took % EVERY_NANOS);
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** Ends it. */
    Times waits() throws InterruptedException {
        closed = true;
        thread.join();
        RuntimeException failed = failure;
        if (failed != null) {
            throw new IllegalStateException("the other client's GET failed", failed);
        }
        return new Times(waits.build());
    }

    /** Of a single GET, in nanoseconds; to be asked for when it has ended. */
    long longest() {
        return longest;
    }

    @Override
    public void close() {
        closed = true;
        redis.close();
    }
}
