package io.cacheport.benchmarks;

import org.jspecify.annotations.Nullable;

/** One way to get the value under a key; null if it was not found. */
interface Read {
    @Nullable
    Object of(String key) throws Exception;
}
