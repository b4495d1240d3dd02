package io.cacheport;

import java.time.Duration;

/**
 * What {@code withCache} and the views have done over one cache in this process since the cache was made. Of loads for many
 * keys each counts as one.
 *
 * @param succeeded calls of loaders that gave something, be it null
 * @param failed calls of loaders that threw
 * @param rejected loads that were not begun, because the cache is degraded and as many ran as it allows then
 * @param timeouts callers whose hard timeout passed; their loads go on
 * @param time spent in loaders in all
 * @param coalesced callers who were given what another caller of this process found or loaded
 * @param waits callers who waited for a load in another process
 * @param staleHits callers who were given a value after its TTL
 * @param negativeHits callers who were told by the cache that there is no value
 * @param refusedFills loaded values that were not stored, because the key was removed or written meanwhile; of a load of
 *     many keys also those that the cache could not take
 * @param refreshes values that were loaded in the background while they were served
 * @since 0.1
 */
public record LoadStats(
        long succeeded,
        long failed,
        long rejected,
        long timeouts,
        Duration time,
        long coalesced,
        long waits,
        long staleHits,
        long negativeHits,
        long refusedFills,
        long refreshes) {

    /** Calls of loaders. */
    public long loads() {
        return succeeded + failed;
    }

    /** How long a call of a loader takes on average; zero if there was none. */
    public Duration averageTime() {
        return loads() == 0 ? Duration.ZERO : time.dividedBy(loads());
    }
}
