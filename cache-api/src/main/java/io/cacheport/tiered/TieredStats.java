package io.cacheport.tiered;

import io.cacheport.CacheStats;

/**
 * The counters of both tiers.
 *
 * @param near hits and misses near; {@code sets} are copies made, {@code deletes} copies dropped because of what was heard
 *     or done, {@code keys} about how many copies there are, those that wait to be confirmed included
 * @param far the store's own: its reads are the near misses
 * @param feed how changes are heard of
 * @since 0.1
 */
public record TieredStats(CacheStats near, CacheStats far, FeedState feed) {}
