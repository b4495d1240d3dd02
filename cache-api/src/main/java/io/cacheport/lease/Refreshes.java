package io.cacheport.lease;

import io.cacheport.TypeRef;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that are refreshed while they can be read (L10, L11).
 *
 * @since 0.1
 */
public interface Refreshes {

    /**
     * The value, or null if there is none. Counted as a read of the key (P19). One round trip; one more for a value with tags
     * that were not named.
     *
     * @param alsoStale whether a stale value is one, and ages are to be told
     * @param tags those that the value is known to have, whose stamps are then fetched with it; without one of them it is no
     *     value
     */
    <T> @Nullable Sighting<T> look(String key, TypeRef<T> type, boolean alsoStale, Collection<String> tags);

    /**
     * The same for several keys, with what cannot be asked counted and logged, no exception. One round trip per node and 500
     * keys.
     *
     * @return null for a key that has no value; without the keys that could not be asked
     */
    <T> Map<String, @Nullable Sighting<T>> lookAll(
            Collection<String> keys, TypeRef<T> type, boolean alsoStale, Collection<String> tags);

    /**
     * A lease of the value that was seen, which stays readable; null if it is no longer there, or leased by another. One
     * round trip.
     */
    @Nullable
    Lease refresh(Sighting<?> seen, Duration time);

    /**
     * Lets the value live on as if stored now on these terms, and ends its lease; whether that was live. Tags and version stay
     * as they are. One round trip, in which the value is not sent.
     */
    boolean keep(Lease lease, Terms terms);

    /** Ends the lease of a value and gives it to nobody for a time (L11); whether it was live. One round trip. */
    boolean rest(Lease lease, Duration time);
}
