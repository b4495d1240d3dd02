package io.cacheport.aside;

import io.cacheport.lease.Lease;
import io.cacheport.lease.Leases;
import io.cacheport.lease.Sighting;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Loads in the background, of values that are served meanwhile: one for each key in this process, and by its lease in all. */
final class Refreshes {

    static final Set<FlightId> RUNNING = ConcurrentHashMap.newKeySet();

    private Refreshes() {}

    /** Unless it runs already, or too much does. */
    static <A, T extends @Nullable Object, X extends Exception> void start(
            Leases from, Call<A, T, X> call, Sighting<T> seen) {
        if (!begin(call.id)) {
            return;
        }
        boolean started = Time.here().inBackground(Told.carried(call.id.cache(), () -> {
            try {
                Lease lease = CacheCalls.refreshOrNull(from, seen);
                if (lease != null) {
                    Told.count(call.id.cache(), loads -> loads.refreshes(1));
                    Load.leased(new Flight(), call, from, lease, seen).run();
                }
            } finally {
                end(call.id);
            }
        }));
        if (!started) {
            end(call.id);
        }
    }

    /** False if it runs already. */
    static boolean begin(FlightId id) {
        return RUNNING.add(id);
    }

    static void end(FlightId id) {
        RUNNING.remove(id);
    }
}
