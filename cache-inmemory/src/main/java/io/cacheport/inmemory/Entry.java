package io.cacheport.inmemory;

import io.cacheport.lease.Lease;
import org.jspecify.annotations.Nullable;

/**
 * One stored value, or the lease of a key that has none.
 *
 * @param stored the value or its bytes; null is a cached null
 * @param deadline when it expires, on the store's monotonic clock
 * @param weight its bytes, key included, where the store is bounded by bytes; else 1
 * @param lease who may fill the key; null for a value
 */
record Entry(
        @Nullable Object stored,
        long deadline,
        int weight,
        @Nullable Lease lease) {

    boolean isValue() {
        return lease == null;
    }
}
