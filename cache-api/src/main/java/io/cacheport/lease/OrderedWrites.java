package io.cacheport.lease;

import io.cacheport.ValueEncodingException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes that come out right whatever the order in which they arrive (L14, L15).
 *
 * @since 0.1
 */
public interface OrderedWrites {

    /**
     * Stores the value unless one of the same or a newer version is there, or the key is being written; whether it was
     * stored. Ends a lease. One round trip.
     *
     * @param terms with a version
     * @throws ValueEncodingException if the value cannot be encoded
     */
    boolean setIfNewer(String key, @Nullable Object value, Terms terms);

    /**
     * Removes what is there, leases too, and keeps anybody from storing what was loaded until {@link #endWrite}, or until
     * the time is over (L14). One round trip.
     */
    Stamp beginWrite(String key, Duration time);

    /** Ends that, or removes what has come where the time was over; others' writes of the key go on. One round trip. */
    void endWrite(String key, Stamp write);
}
