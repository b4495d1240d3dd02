package io.cacheport.warm;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Where warming gets time, waiting and chance from; moved by tests. */
interface WarmTime {

    /** The system's. */
    WarmTime SYSTEM = new WarmTime() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public boolean await(CountDownLatch stop, long nanos) throws InterruptedException {
            return stop.await(nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public double random() {
            return ThreadLocalRandom.current().nextDouble();
        }
    };

    /** Now, on a monotonic clock. */
    long nanoTime();

    /** Waits so long; true if told to stop before that. */
    boolean await(CountDownLatch stop, long nanos) throws InterruptedException;

    /** From zero to one, without it. */
    double random();
}
