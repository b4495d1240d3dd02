package io.cacheport.tiered;

import io.cacheport.Glob;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Capability of a store that can be read for copies.
 *
 * @since 0.1
 */
public interface FeedSource {

    /**
     * Begins to listen. Waits as long as the first attempt to connect may take, and goes on trying then.
     *
     * @throws IllegalArgumentException if the store, as it is set up, can give none of what is wanted, saying what would
     */
    InvalidationFeed feed(Wanted wanted, Changes changes);

    /**
     * What is wanted of a feed.
     *
     * @param bound after which a proof does not hold
     * @param orPubSub whether {@link Coherence#PUBSUB} will do
     * @param shortTtl how long a copy is to live where {@link Coherence#SHORT_TTL} will do; null if it will not
     * @param servesWhileDown whether a proof holds on after its connection was lost
     */
    record Wanted(
            Duration bound, boolean orPubSub, @Nullable Duration shortTtl, boolean servesWhileDown) {}

    /** Who is told what the store says. Called on threads that must not wait, in the order in which it was said. */
    interface Changes {

        /** The key was changed, removed, has expired or was evicted, or may have been. */
        void changed(String key);

        /** Keys that match were. */
        void changed(Glob glob);

        /** Any key may have been. */
        void everythingChanged();
    }
}
