package io.cacheport.events;

import io.cacheport.TypeRef;
import io.cacheport.spi.UnreadableValueException;

/**
 * What an adapter gives so that events reach all processes: a log for each channel, of which the newest events are kept, by
 * the rules E3 and E7 to E9 in {@link io.cacheport.events}. Channels and numbers have been checked. Thread-safe.
 *
 * <p>What cannot be asked is counted and logged (P22) and throws a {@link io.cacheport.CacheException}.
 *
 * @since 0.1
 */
public interface EventLog {

    /**
     * The event as the log keeps it, bound to the channel. No I/O.
     *
     * @throws io.cacheport.ValueEncodingException if it has no encoding
     * @throws io.cacheport.CacheDataException if it is too large
     */
    Object encode(String channel, Object event);

    /**
     * The event of what was read. No I/O.
     *
     * @throws UnreadableValueException if it is none of that type
     */
    <T> T decode(String channel, Object content, TypeRef<T> type) throws UnreadableValueException;

    /**
     * Appends an event; the oldest leave, so that about so many stay, not fewer. One round trip.
     *
     * @throws io.cacheport.CacheException if it is not there, or may be and nobody knows
     */
    void append(String channel, EventEntry entry, int keep);

    /** Where the log ends now, which stays a place in it until it is lost or trimmed. One round trip. */
    String end(String channel);

    /**
     * What comes after the position, no more than so many. One round trip; one more where there is a gap.
     *
     * <p>There is a gap if anything that came after the position may have left the log, or the position is none of this log,
     * which was lost then and has begun anew.
     */
    EventPage read(String channel, String position, int atMost);
}
