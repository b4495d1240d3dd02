package io.cacheport.spi;

import org.jspecify.annotations.Nullable;

/**
 * Capability of a cache that knows when it is degraded, so that its misses do not all become loads at once (A10). The
 * engine asks here after a lookup gave a miss, never on a hit, and where a caller is about to wait for another's load.
 *
 * @since 0.1
 */
public interface LoadLimited {

    /**
     * Null while the store answers for this key; otherwise the limit of this cache, always the same one. An adapter may
     * keep its limit up for a while after the store is back, since it may be back empty. No I/O, no waiting, no exception.
     */
    @Nullable
    LoadLimit loadLimit(String key);
}
