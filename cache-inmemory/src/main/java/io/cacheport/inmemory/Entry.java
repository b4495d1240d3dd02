package io.cacheport.inmemory;

import org.jspecify.annotations.Nullable;

/**
 * One stored value.
 *
 * @param stored the value or its bytes; null is a cached null
 * @param deadline when it expires, on the store's monotonic clock
 * @param weight its bytes, key included, where the store is bounded by bytes; else 1
 */
record Entry(@Nullable Object stored, long deadline, int weight) {}
