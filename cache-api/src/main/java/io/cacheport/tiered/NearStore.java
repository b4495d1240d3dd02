package io.cacheport.tiered;

import io.cacheport.CacheStats;
import io.cacheport.Glob;
import io.cacheport.TypeRef;
import io.cacheport.lease.Lease;
import io.cacheport.lease.Sighting;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Where copies are kept, in this process's memory. No I/O, no exception; thread-safe. Keys are valid.
 *
 * @since 0.1
 */
public interface NearStore {

    /** The value of a copy that may be served (N3, N5 to N7), counted as a hit; else {@code missing}, counted as nothing. */
    <T> @Nullable T local(String key, TypeRef<T> type, @Nullable T missing);

    /** The same with what is beside the value; null, counted as a miss. */
    <T> @Nullable Sighting<T> look(String key, TypeRef<T> type, boolean alsoStale, Collection<String> tags);

    /** The place for a copy; null while somebody else has it. What may not be served gives way. */
    @Nullable
    Lease begin(String key);

    /** Keeps the copy for so long after the store was asked, if the place is still there (N1). Whether it was. */
    <T> boolean keep(Lease place, Copy<T> copy, TypeRef<T> type, Duration life);

    /** Gives the place up. */
    void end(Lease place);

    /** Whether there is a copy that may be served. */
    boolean has(String key);

    /** Removes the copy or the place for it. */
    void drop(String key);

    /** Removes all whose key matches. */
    void drop(Glob glob);

    /** Removes all. */
    void dropAll();

    /**
     * Hits and misses near; {@code sets} counts copies made, {@code deletes} those that were dropped; {@code keys} is about
     * how many there are. Cheap.
     */
    CacheStats stats();
}
