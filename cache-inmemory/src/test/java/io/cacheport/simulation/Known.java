package io.cacheport.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one key. */
final class Known {
    int version = 1;
    boolean isThere = true;

    /** When the store did the last invalidation that was acknowledged. */
    long invalidatedAt;

    /** The newest version whose put was acknowledged. */
    int putVersion;

    /** When the store last did one, acknowledged or not; or ended its leases in another way. */
    long removedAt;

    /** When something else than a write under way was last done with its place. */
    long disturbedAt;

    /** When an older version was last put, where there was nothing. */
    long regressedAt;

    int newestPut;

    /** When a load last read that there is none. */
    long absenceReadAt;

    /** When the store last kept that a load has failed, and until when. */
    long failureKeptAt;

    long failureKeptUntil;
    long lastFailureNanos = Long.MIN_VALUE;
    long restsUntil = Long.MIN_VALUE;

    /** What the store took last. */
    @Nullable
    Row stored;

    /** When those who load now were given their leases. */
    final List<Long> leasesInUse = new ArrayList<>();

    Known copy() {
        Known copy = new Known();
        copy.invalidatedAt = invalidatedAt;
        copy.putVersion = putVersion;
        return copy;
    }
}
