package io.cacheport.tiered;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a near cache hears of changes, and how well.
 *
 * @param coherence in force now
 * @param proofAges for each node of the store that can be read near, how long ago the time is up to which all was heard: the
 *     present bound on how stale a copy of one of its values can be
 * @param nodes how many nodes there are
 * @param losses how often a connection was lost, or proved nothing any more
 * @since 0.1
 */
public record FeedState(Coherence coherence, Map<String, Duration> proofAges, int nodes, long losses) {

    /** Checks nothing, copies the map. */
    public FeedState {
        proofAges = Map.copyOf(proofAges);
    }

    /** The oldest proof; null if no node can be read near. */
    public @Nullable Duration staleness() {
        return proofAges.values().stream().max(Duration::compareTo).orElse(null);
    }
}
