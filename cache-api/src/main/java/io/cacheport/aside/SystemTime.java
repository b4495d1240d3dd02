package io.cacheport.aside;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The system's time, and daemon threads, which are there only while there is something to do. */
final class SystemTime implements Time {

    static final SystemTime INSTANCE = new SystemTime();

    private static final long THREAD_SECONDS = 5;
    private static final ScheduledThreadPoolExecutor THREAD = thread();

    private SystemTime() {}

    /** Most loads that run on threads of ours at once: a source that hangs must not take a thread for each key. */
    static final int MOST_LOADS = 256;

    private static final AtomicInteger LOAD_NUMBERS = new AtomicInteger();
    private static final ThreadPoolExecutor LOADS = new ThreadPoolExecutor(
            0, MOST_LOADS, THREAD_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), SystemTime::loadThread);

    private static Thread loadThread(Runnable code) {
        Thread made = new Thread(code, "cacheport-load-" + LOAD_NUMBERS.incrementAndGet());
        made.setDaemon(true);
        return made;
    }

    private static ScheduledThreadPoolExecutor thread() {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, code -> {
            Thread made = new Thread(code, "cacheport-lease-renewal");
            made.setDaemon(true);
            return made;
        });
        thread.setKeepAliveTime(THREAD_SECONDS, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setRemoveOnCancelPolicy(true);
        return thread;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void pause(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    @Override
    public void await(CountDownLatch latch) throws InterruptedException {
        latch.await();
    }

    @Override
    public boolean await(CountDownLatch latch, long nanos) throws InterruptedException {
        return latch.await(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public double random() {
        return ThreadLocalRandom.current().nextDouble();
    }

    @Override
    public Future<?> every(long nanos, Runnable task) {
        return THREAD.scheduleWithFixedDelay(task, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean inBackground(Runnable task) {
        try {
            LOADS.execute(task);
            return true;
        } catch (RejectedExecutionException tooMany) {
            return false;
        }
    }
}
