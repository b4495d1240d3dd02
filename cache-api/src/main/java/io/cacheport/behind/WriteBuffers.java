package io.cacheport.behind;

import io.cacheport.TypeRef;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter gives so that there is write-behind, by the rules W1 to W8 in {@link io.cacheport.behind}. Each operation is
 * one step in the store and one round trip. Names have been checked, keys and values have not. Thread-safe.
 *
 * <p>What cannot be asked is counted and logged (P22); all but the first two throw then.
 *
 * @since 0.1
 */
public interface WriteBuffers {

    /** Whether a change waits now. */
    enum Kept {
        /** It does. */
        YES,
        /** It does not: as many keys wait as may. */
        FULL,
        /** It does not: the store could not be asked. */
        NO,
        /** The store was asked and did not answer. */
        UNKNOWN
    }

    /**
     * What was taken, to be written and then said to be done.
     *
     * @param id of the batch
     * @param parted whether its changes are to be written one by one (W8)
     * @param changes by key; numbers for counters
     * @param unreadable keys whose change is no value of the type asked for, with why
     */
    record Taken<T>(String id, boolean parted, Map<String, T> changes, Map<String, Exception> unreadable) {

        /** Made unchangeable. */
        public Taken {
            changes = Map.copyOf(changes);
            unreadable = Map.copyOf(unreadable);
        }
    }

    /** Adds to a counter (W1), unless more than {@code limit} keys would wait (W5). */
    Kept add(String name, String key, long by, int limit);

    /**
     * Replaces a value (W1), unless more than {@code limit} keys would wait (W5).
     *
     * @throws io.cacheport.ValueEncodingException if it has no encoding
     * @throws io.cacheport.CacheDataException if it is too large
     */
    Kept put(String name, String key, Object value, int limit);

    /** What waits for a key: in the batch under way, if there, then what comes after it (W6). */
    <T> List<T> waiting(String name, String key, TypeRef<T> type);

    /** The batch under way, or a new one of so many changes, more or less; null if nothing waits (W2). */
    <T> @Nullable Taken<T> take(String name, TypeRef<T> type, int atMost);

    /** Parts the batch (W8). */
    void part(String name, String id);

    /** These have been written (W3). */
    void done(String name, String id, Collection<String> keys);

    /** How many keys wait, those of the batch included. */
    long size(String name);
}
