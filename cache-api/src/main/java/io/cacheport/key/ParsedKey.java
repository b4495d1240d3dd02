package io.cacheport.key;

import java.util.List;

/**
 * What a key says of itself.
 *
 * @param segments its segments after the fixed part of the key space, as they were before they were encoded; for a hashed
 *     key those that it kept
 * @param hashed whether what follows them was replaced by a hash
 * @since 0.1
 */
public record ParsedKey(List<String> segments, boolean hashed) {

    /** Takes a copy. */
    public ParsedKey {
        segments = List.copyOf(segments);
    }
}
