package io.cacheport.aside;

import io.cacheport.lease.Lease;
import io.cacheport.lease.Leases;
import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the leases of a load alive while it runs, on one daemon thread for all that is there only while there are loads. A process
 * that stands still renews nothing, so its leases end and others load.
 */
final class LeaseRenewal implements AutoCloseable {

    private static final long THREAD_SECONDS = 5;
    private static final long PAUSE_NANOS = Loading.LEASE.dividedBy(3).toNanos();
    private static final ScheduledThreadPoolExecutor THREAD = thread();

    private final Leases leases;
    private final Collection<Lease> live;
    private final Future<?> task;
    private volatile boolean over;

    private LeaseRenewal(Leases leases, Collection<Lease> live) {
        this.leases = leases;
        this.live = live;
        this.task = THREAD.scheduleWithFixedDelay(this::renew, PAUSE_NANOS, PAUSE_NANOS, TimeUnit.NANOSECONDS);
    }

    static LeaseRenewal start(Leases leases, Collection<Lease> live) {
        return new LeaseRenewal(leases, new ArrayList<>(live));
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

    private void renew() {
        try {
            live.removeIf(lease -> !over && !leases.renew(lease)); // one that has ended comes to life no more
        } catch (RuntimeException ill) {
            // counted where it happened; tried again in time, or the lease ends
        }
    }

    @Override
    public void close() {
        over = true;
        task.cancel(false);
    }
}
