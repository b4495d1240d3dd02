package io.cacheport.lock;

import java.util.concurrent.Future;

/** Where locks get time, waiting, chance and threads from. */
interface LockTime {

    /** Now, on a monotonic clock. */
    long nanoTime();

    /** Waits so long, or until interrupted, which leaves the flag set; may return early. */
    void pause(long nanos);

    /** From zero to one, without it. */
    double random();

    /** Runs the task, which must be quick, so long from now. */
    Future<?> after(long nanos, Runnable quick);

    /** Asks the store on a thread that may wait for the answer. */
    void ask(Runnable request);

    /** Runs what callers have left to be run, which may take as long as it likes. */
    void call(Runnable callback);
}
