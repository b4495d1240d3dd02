package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.CommandCounts.Traffic;

/**
 * What one round came to, over all JVMs.
 *
 * @param nanos from when the callers were let go until the last had the value
 * @param failures callers who got an exception
 */
record StampedeRound(int loads, long nanos, int failures, Traffic traffic) {}
