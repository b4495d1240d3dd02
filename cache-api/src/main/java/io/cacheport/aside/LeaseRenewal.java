package io.cacheport.aside;

import io.cacheport.lease.Lease;
import io.cacheport.lease.Leases;
import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.Future;

/**
 * Keeps the leases of a load alive while it runs. A process that stands still renews nothing, so its leases end and others
 * load.
 */
final class LeaseRenewal implements AutoCloseable {

    private static final long PAUSE_NANOS = Loading.LEASE.dividedBy(3).toNanos();

    private final Leases leases;
    private final Collection<Lease> live;
    private final Future<?> task;
    private volatile boolean over;

    private LeaseRenewal(Leases leases, Collection<Lease> live) {
        this.leases = leases;
        this.live = live;
        this.task = Time.here().every(PAUSE_NANOS, this::renew);
    }

    static LeaseRenewal start(Leases leases, Collection<Lease> live) {
        return new LeaseRenewal(leases, new ArrayList<>(live));
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
