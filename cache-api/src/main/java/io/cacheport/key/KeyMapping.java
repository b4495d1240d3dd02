package io.cacheport.key;

import io.cacheport.CacheServicePort;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a view of a cache does with the keys that it is given. */
interface KeyMapping {

    /**
     * The key in the cache behind.
     *
     * @throws IllegalArgumentException if the view has no such key
     */
    String key(String key);

    /** The same where nothing may be thrown: null then. */
    @Nullable
    String keyOrNull(@Nullable String key);

    /**
     * The glob for the cache behind.
     *
     * @throws IllegalArgumentException if it reaches further than the view
     */
    String glob(String glob);

    /** The tag in the cache behind. */
    String tag(String tag);

    /** What a tag of the cache behind is called here. */
    String tagBack(String tag);

    /** Removes what there is in the view. */
    long clear(CacheServicePort behind);

    /** Whether closing the view closes the cache behind. */
    boolean closes();

    /** The keys as they were given, by what they are behind, in order. */
    default Map<String, String> keys(Collection<String> keys) {
        Map<String, String> given = new LinkedHashMap<>(Math.max(16, keys.size() * 2));
        for (String key : keys) {
            given.put(key(key), key);
        }
        return given;
    }

    /** The same of tags. */
    default Map<String, String> tags(Collection<String> tags) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String tag : tags) {
            given.put(tag(tag), tag);
        }
        return given;
    }
}
