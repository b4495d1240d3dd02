package io.cacheport.spi;

/**
 * Capability of a cache that does not take every key. The engine asks here before it does anything else, so that a key which
 * the cache refuses is the caller's mistake and not a failure of the cache, after which it would load.
 *
 * @since 0.1
 */
public interface KeyRestricted {

    /**
     * Does nothing for a key that the cache takes. No I/O.
     *
     * @throws IllegalArgumentException naming the key and the rule
     */
    void requireKey(String key);
}
