package io.cacheport.tiered;

import io.cacheport.Glob;
import io.cacheport.TypeRef;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a store whose answers can be copied, because it is heard when they change. Thread-safe.
 *
 * @since 0.1
 */
public interface InvalidationFeed extends AutoCloseable {

    /**
     * What {@link io.cacheport.lease.Refreshes#look} sees, always with what remains of the TTL. Counted as a read. One round
     * trip; one more for a value with tags.
     *
     * @throws io.cacheport.CacheException if the store cannot be asked, counted and logged
     */
    <T> @Nullable Copy<T> look(String key, TypeRef<T> type, boolean alsoStale, Collection<String> tags);

    /** The same of several; without the keys that could not be asked, counted and logged. */
    <T> Map<String, @Nullable Copy<T>> lookAll(
            Collection<String> keys, TypeRef<T> type, boolean alsoStale, Collection<String> tags);

    /** The stamp of a tag; null if there is none, or it cannot be asked for. Counted as nothing. One round trip. */
    @Nullable
    Copy<String> stamp(String tag);

    /**
     * Asks for a key that somebody has leased, so that it is heard of when that ends. Counted as nothing. One round trip.
     *
     * @return null if that would not be heard of; otherwise whether the lease is still there
     */
    @Nullable
    Boolean watch(String key);

    /** This process has changed these keys. Tells the others, where the store does not. Does not wait. */
    void changed(Collection<String> keys);

    /** This process has removed all keys that match. */
    void changed(Glob glob);

    /** How it is now. No I/O. */
    FeedState state();

    /** Ends it; nothing is heard any more. */
    @Override
    void close();
}
