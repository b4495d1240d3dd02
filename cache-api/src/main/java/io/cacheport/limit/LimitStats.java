package io.cacheport.limit;

/**
 * What one {@link RateLimit} has decided in this process since it was made.
 *
 * @param allowed within the limit
 * @param denied above it
 * @param unknown that could not be decided because the cache could not be asked
 * @since 0.1
 */
public record LimitStats(long allowed, long denied, long unknown) {}
