package io.cacheport.guard;

/**
 * Counters of a guard since it was made.
 *
 * @param opened how often a circuit opened
 * @param rejected calls answered without asking a node whose circuit was open
 * @param pending invalidations in the journal now
 * @param replayed invalidations kept and made later
 * @param overflows how often the journal was full and became one invalidation of everything
 * @param lost invalidations that could not be made before {@code close}
 * @since 0.1
 */
public record GuardStats(long opened, long rejected, long pending, long replayed, long overflows, long lost) {}
