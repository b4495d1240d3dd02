package io.cacheport.simulation;

import java.util.List;

/** What a load read of the database, or a writer wrote. */
final class Row {

    final String key;
    final int version;

    /** When it was read; of one that was put, when the store took it. */
    long readAt;

    /** Whether the loader gave it without having been asked for it. */
    final boolean unasked;

    /** Those it was loaded with. */
    List<String> tags = List.of();

    /** The scheduler's time when it becomes stale; negative while the store has not taken it. */
    long freshUntil = -1;

    /** The scheduler's time when a load last found it unmodified. */
    long confirmedAtNanos = -1;

    /** Whether the store knows its version. */
    boolean isVersioned;

    Row(String key, int version, long readAt, boolean unasked) {
        this.key = key;
        this.version = version;
        this.readAt = readAt;
        this.unasked = unasked;
    }

    @Override
    public String toString() {
        return key + " v" + version + " read at " + readAt;
    }
}
