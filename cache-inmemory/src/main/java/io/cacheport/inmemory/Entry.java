package io.cacheport.inmemory;

import io.cacheport.lease.Lease;
import io.cacheport.lease.Stamp;
import io.cacheport.tiered.Proof;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is in a key's place: a value, or what keeps one from being there.
 *
 * @param stored the value or its bytes; null is a cached null
 * @param deadline when it is gone, on the store's monotonic clock
 * @param weight its bytes, key included, where the store is bounded by bytes; else 1
 * @param occupant what is there instead of a value; null for a value
 * @param beside what a value was stored with beside its TTL; null if nothing
 * @param proof of a copy of another store's value, that it may be served; null for a value of this store's own
 */
record Entry(
        @Nullable Object stored,
        long deadline,
        int weight,
        @Nullable Occupant occupant,
        @Nullable Beside beside,
        @Nullable Proof proof) {

    Entry(@Nullable Object stored, long deadline, int weight, @Nullable Occupant occupant, @Nullable Beside beside) {
        this(stored, deadline, weight, occupant, beside, null);
    }

    /** What is in the place of a value. */
    sealed interface Occupant {

        /** Somebody may fill the key. */
        record Leased(Lease lease) implements Occupant {}

        /** A load has failed, and is not to be tried again yet. */
        record Failure(String failure) implements Occupant {}

        /** The key is being written. */
        record Writing(List<Stamp> writes) implements Occupant {}
    }

    boolean isValue() {
        return occupant == null;
    }
}
