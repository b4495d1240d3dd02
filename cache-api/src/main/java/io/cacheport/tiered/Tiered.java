package io.cacheport.tiered;

import io.cacheport.CacheServicePort;

/**
 * Makes a near cache: {@code Tiered.near(InMemoryCacheAdapter.create(10_000)).far(redis)} is a cache like {@code redis}, with
 * the same keys and values, that answers from memory what it has read within the last 30 s, unless it was changed since, by
 * whomever.
 *
 * @since 0.1
 */
public final class Tiered {

    private Tiered() {}

    /**
     * With copies in this cache, from now on the near cache's own, to close too; its bound is theirs. One that keeps references
     * gives every reader the same object, so do not change it (P5); one that copies costs a decoding for each read.
     */
    public static <N extends CacheServicePort & NearCapable> TieredBuilder near(N near) {
        if (near == null) {
            throw new IllegalArgumentException("near is null: pass a cache in memory");
        }
        return new TieredBuilder(near, near.nearStore());
    }
}
