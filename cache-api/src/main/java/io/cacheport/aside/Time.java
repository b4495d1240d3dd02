package io.cacheport.aside;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;

/**
 * Where the engine gets time, waiting and chance from: the system, unless the calling thread brings its own, as the threads
 * of a simulation do. Asked on a miss, never on a hit.
 */
interface Time {

    /** The calling thread's. */
    static Time here() {
        return Thread.currentThread() instanceof Time own ? own : SystemTime.INSTANCE;
    }

    /** Now, on a monotonic clock. */
    long nanoTime();

    /** Waits so long, or until interrupted, which leaves the flag set. */
    void pause(long nanos);

    void await(CountDownLatch latch) throws InterruptedException;

    /** False if the latch did not open in time. */
    boolean await(CountDownLatch latch, long nanos) throws InterruptedException;

    /** From zero to one, without it. */
    double random();

    /** Runs the task elsewhere, so long from now and after each of its ends, until it is cancelled. */
    Future<?> every(long nanos, Runnable task);

    /** Runs the task on a thread of its own; false if there are too many. */
    boolean inBackground(Runnable task);
}
