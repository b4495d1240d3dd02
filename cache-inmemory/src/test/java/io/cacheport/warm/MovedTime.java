package io.cacheport.warm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Time in which every wait is over at once, and noted. */
final class MovedTime implements WarmTime {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000); // wraps around on the way
    private final List<Duration> waits = new ArrayList<>();
    private volatile double random;
    private volatile Runnable inWait = () -> {};

    @Override
    public long nanoTime() {
        return now.get();
    }

    @Override
    public boolean await(CountDownLatch stop, long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        synchronized (waits) {
            waits.add(Duration.ofNanos(nanos));
        }
        inWait.run();
        now.addAndGet(nanos);
        return stop.getCount() == 0;
    }

    @Override
    public double random() {
        return random;
    }

    void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    void random(double next) {
        random = next;
    }

    void inWait(Runnable action) {
        inWait = action;
    }

    List<Duration> waits() {
        synchronized (waits) {
            return List.copyOf(waits);
        }
    }
}
