package io.cacheport;

/** Breaks the rules of its package on purpose, to show that they can fail. */
@SuppressWarnings({"unused", "NullAway.Init"})
public final class ArchitectureViolator {

    private io.cacheport.inmemory.InMemoryCacheAdapter inMemory;
    private io.cacheport.aside.CacheAside engine;
    private io.micrometer.core.instrument.MeterRegistry meters;
}
