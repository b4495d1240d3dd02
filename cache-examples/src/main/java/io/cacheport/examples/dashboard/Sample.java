package io.cacheport.examples.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * One second of a cache's life, a point on each line.
 *
 * @param at milliseconds since the epoch
 * @param hitRate between 0 and 1; null if nothing was read
 * @param savedPerSecond reads answered without a query
 * @param p50 of requests, in milliseconds
 * @param journal invalidations that wait for the store
 * @param stalenessMillis how stale a near copy can be; null while nothing is served near
 */
record Sample(
        long at,
        @Nullable Double hitRate,
        double requestsPerSecond,
        double operationsPerSecond,
        double queriesPerSecond,
        double savedPerSecond,
        double p50,
        double p95,
        double p99,
        long journal,
        @Nullable Double stalenessMillis,
        boolean degraded) {}
