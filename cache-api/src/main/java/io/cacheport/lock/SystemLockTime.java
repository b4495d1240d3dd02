package io.cacheport.lock;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The system's time, and daemon threads that are there only while there is something to do: one that times, a few that ask
 * the store, and for callbacks, which may hang, as many as it takes.
 */
final class SystemLockTime implements LockTime {

    static final SystemLockTime INSTANCE = new SystemLockTime();

    private static final long THREAD_SECONDS = 5;

    /** Each request takes a command timeout at most, and while the store is away none at all. */
    private static final int ASKING = 4;

    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, daemons("cacheport-lock-timer"));
    private final ThreadPoolExecutor asking = pool(ASKING, ASKING, new LinkedBlockingQueue<>(), "cacheport-lock");
    private final ThreadPoolExecutor calling =
            pool(0, Integer.MAX_VALUE, new SynchronousQueue<>(), "cacheport-lock-callback");

    private SystemLockTime() {
        timer.setKeepAliveTime(THREAD_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
    }

    private static ThreadPoolExecutor pool(int least, int most, BlockingQueue<Runnable> queue, String name) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(least, most, THREAD_SECONDS, TimeUnit.SECONDS, queue, daemons(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory daemons(String name) {
        return code -> {
            Thread made = new Thread(code, name);
            made.setDaemon(true);
            return made;
        };
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
    public double random() {
        return ThreadLocalRandom.current().nextDouble();
    }

    @Override
    public Future<?> after(long nanos, Runnable quick) {
        return timer.schedule(quick, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void ask(Runnable request) {
        asking.execute(request);
    }

    @Override
    public void call(Runnable callback) {
        calling.execute(callback);
    }
}
