package io.cacheport.admin;

/**
 * How large the value of a key is.
 *
 * @param key as the application names it
 * @param bytes of its encoded value, as it was last seen
 * @since 0.1
 */
public record KeyBytes(String key, long bytes) {}
