package io.cacheport.inmemory;

import io.cacheport.lease.Lease;
import io.cacheport.lease.Stamp;
import io.cacheport.tiered.Proof;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is in a key's place: a value, or what keeps one from being there. Never changes. */
final class Entry {

    private final @Nullable Object stored;
    private final long deadline;
    private final int weight;

    /**
     * All that most values do not have, in one field: that there is none of it is one look on the way of a hit, and eight bytes
     * less of each entry. An {@link Occupant}, a {@link Beside}, a {@link Proof}, or {@link Both} of these two.
     */
    private final @Nullable Object more;

    private record Both(Proof proof, Beside beside) {}

    /**
     * An entry of this store's own.
     *
     * @param stored the value or its bytes; null is a cached null
     * @param deadline when it is gone, on the store's monotonic clock
     * @param weight its bytes, key included, where the store is bounded by bytes; else 1
     * @param occupant what is there instead of a value; null for a value
     * @param beside what a value was stored with beside its TTL; null if nothing
     */
    Entry(@Nullable Object stored, long deadline, int weight, @Nullable Occupant occupant, @Nullable Beside beside) {
        this(stored, deadline, weight, occupant == null ? beside : occupant);
    }

    private Entry(@Nullable Object stored, long deadline, int weight, @Nullable Object more) {
        this.stored = stored;
        this.deadline = deadline;
        this.weight = weight;
        this.more = more;
    }

    /** A copy of another store's value, that may be served while the proof holds. */
    static Entry copy(@Nullable Object stored, long deadline, int weight, @Nullable Beside beside, Proof proof) {
        return new Entry(stored, deadline, weight, beside == null ? proof : new Both(proof, beside));
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

    /** Whether it is a value of which its TTL alone says whether it may be read. */
    boolean isPlain() {
        return more == null;
    }

    /** Not by what occupants have in common: looking for an interface in vain takes longer than the rest of a hit. */
    boolean isValue() {
        return more == null || more instanceof Proof || more instanceof Beside || more instanceof Both;
    }

    @Nullable
    Object stored() {
        return stored;
    }

    long deadline() {
        return deadline;
    }

    int weight() {
        return weight;
    }

    @Nullable
    Occupant occupant() {
        return more instanceof Occupant its ? its : null;
    }

    @Nullable
    Beside beside() {
        if (more instanceof Both both) {
            return both.beside();
        }
        return more instanceof Beside its ? its : null;
    }

    /** Null of what is no copy. */
    @Nullable
    Proof proof() {
        if (more instanceof Proof its) {
            return its;
        }
        return more instanceof Both both ? both.proof() : null;
    }
}
