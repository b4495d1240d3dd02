package io.cacheport.events;

/**
 * What happened here, in this process.
 *
 * @param applied published events that were stored at once
 * @param kept published events that had to wait
 * @param refused published events that could not even wait
 * @param pending events that wait now
 * @param delivered events that came, own ones included, and whose rules and handlers have run or were handed over
 * @param failed times that a rule or handler, or reading an event, failed for good
 * @param unknown events of types that this process does not know
 * @param gaps times that this process may have missed events
 * @since 0.1
 */
public record InvalidationStats(
        long applied, long kept, long refused, long pending, long delivered, long failed, long unknown, long gaps) {}
