package io.cacheport.aside;

import org.jspecify.annotations.Nullable;

/**
 * What became of keys that were to be warmed; the five numbers add up to how many different keys there were.
 *
 * @param found there already, or being loaded by somebody else
 * @param loaded loaded and stored
 * @param absent of which the source has no value; cached as such if the policy has a {@code negativeTtl}
 * @param refused not loaded, because the cache could not be asked, is degraded, the key is being written or its load has
 *     failed a moment ago; or loaded and not stored, because it was written meanwhile or the cache did not take it
 * @param failed whose load failed
 * @param failure the last of what the loader threw, or null
 * @since 0.1
 */
public record Warmed(
        int found,
        int loaded,
        int absent,
        int refused,
        int failed,
        @Nullable Throwable failure) {

    /** How many different keys there were. */
    public int asked() {
        return found + loaded + absent + refused + failed;
    }
}
