package io.cacheport.aside;

import io.cacheport.lease.Lease;
import io.cacheport.lease.Leases;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a lease alive while its load runs, on one daemon thread for all that is there only while there are loads. A process
 * that stands still renews nothing, so its leases end and others load.
 */
final class LeaseRenewal implements AutoCloseable {

    private static final long THREAD_SECONDS = 5;
    private static final ScheduledThreadPoolExecutor THREAD = thread();

    private final Leases leases;
    private final Lease lease;
    private final Future<?> task;
    private volatile boolean over;

    private LeaseRenewal(Leases leases, Lease lease) {
        this.leases = leases;
        this.lease = lease;
        long pause = lease.time().toNanos() / 3;
        this.task = THREAD.scheduleWithFixedDelay(this::renew, pause, pause, TimeUnit.NANOSECONDS);
    }

    static LeaseRenewal start(Leases leases, Lease lease) {
        return new LeaseRenewal(leases, lease);
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
            if (!over && !leases.renew(lease)) {
                close(); // it has ended, and comes to life no more
            }
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
