package io.cacheport.tiered;

import java.util.Locale;

/**
 * How a near cache hears that what it has copies of was changed.
 *
 * @since 0.1
 */
public enum Coherence {
    /** The store says so, whoever changed it. The staleness bound holds. */
    TRACKING,
    /**
     * The near caches tell each other. What others change, and what is lost between a change and its message, is seen when the
     * near TTL ends.
     */
    PUBSUB,
    /** It does not: a change is seen when the near TTL ends. */
    SHORT_TTL,
    /** It could not yet be found out how, or none that was asked for can be had: nothing is served near. */
    OFF;

    /** As it is called in logs and meters: lower case. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
