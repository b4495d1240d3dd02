package io.cacheport.warm;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** So many keys a second: what a batch took from the source is paid for before the next. Not thread-safe. */
final class Pace {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final WarmTime time;
    private final int perSecond;
    private long paidUntil;

    Pace(WarmTime time, int perSecond) {
        this.time = time;
        this.perSecond = perSecond;
        this.paidUntil = time.nanoTime();
    }

    /**
     * Waits as long as the keys are worth, counted from when the last ones were paid for: a load's own time counts. Time in
     * which nothing was loaded is not saved up.
     *
     * @param began when the batch began
     * @return false if told to stop meanwhile
     */
    boolean pay(long began, long keys, CountDownLatch stop) throws InterruptedException {
        paidUntil = (paidUntil - began < 0 ? began : paidUntil) + keys * SECOND / perSecond;
        long left = paidUntil - time.nanoTime();
        return left <= 0 ? stop.getCount() > 0 : !time.await(stop, left);
    }
}
