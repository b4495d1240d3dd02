package io.cacheport.admin;

/**
 * How often a key is asked for.
 *
 * @param key as the application names it
 * @param requests about how many, those of an hour ago with half the weight
 * @since 0.1
 */
public record KeyRequests(String key, long requests) {}
