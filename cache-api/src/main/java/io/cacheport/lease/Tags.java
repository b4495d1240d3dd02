package io.cacheport.lease;

import io.cacheport.spi.CacheKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/**
 * Tags: values that are invalidated together, however many they are, in one step (L12). A tag is an entry of its own whose
 * value, its stamp, is like no other. A value keeps the stamps that its tags had before it was loaded; where one of them
 * is no longer so, or is gone, it is a miss. To invalidate a tag is to remove its entry.
 *
 * @since 0.1
 */
public interface Tags {

    /** The key of a tag's entry begins with this. */
    String KEY_PREFIX = "cacheport:tag:";

    /** A tag that every invalidation of a tag invalidates first; no value has it. */
    String ALL = "cacheport:all";

    /** The longest tag, in bytes of UTF-8. */
    int MAX_BYTES = 256;

    /** The most that a value can have. */
    int MAX_TAGS = 32;

    /**
     * The stamps of the tags, which are made where there are none. One round trip per node.
     *
     * @param life how long they are to be there at least, for which a value with these tags will be
     */
    Map<String, String> stamps(Collection<String> tags, Duration life);

    /**
     * The key of a tag's entry.
     *
     * @throws IllegalArgumentException naming the tag and the rule
     */
    static String keyOf(String tag) {
        if (tag == null || tag.isBlank()) {
            throw new IllegalArgumentException("tag is " + (tag == null ? "null" : "blank"));
        }
        int bytes = tag.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("tag \"" + tag.substring(0, Math.min(64, tag.length())) + "\" has "
                    + bytes + " bytes of UTF-8, more than the " + MAX_BYTES + " allowed");
        }
        return CacheKeys.require(KEY_PREFIX + tag);
    }
}
