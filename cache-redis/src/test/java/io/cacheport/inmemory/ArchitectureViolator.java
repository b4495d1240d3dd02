package io.cacheport.inmemory;

/** Breaks the rules of its package on purpose, to show that they can fail. */
@SuppressWarnings({"unused", "NullAway.Init"})
public final class ArchitectureViolator {

    private io.cacheport.redis.RedisCacheAdapter redis;
    private java.io.ObjectInputStream stream;
}
