package io.cacheport.redis;

/** Breaks the rules of its package on purpose, to show that they can fail. */
@SuppressWarnings({"unused", "NullAway.Init"})
public final class ArchitectureViolator {

    private io.cacheport.inmemory.InMemoryCacheAdapter inMemory;

    long wallClock() {
        return System.currentTimeMillis();
    }
}
