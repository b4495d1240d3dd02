package io.cacheport.simulation;

/** What a load read of the database. */
final class Row {

    final String key;
    final int version;

    /** When it was read. */
    final long readAt;

    /** Whether the loader gave it without having been asked for it. */
    final boolean unasked;

    /** The scheduler's time when the store took it; negative while it has not. */
    long storedAt = -1;

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
