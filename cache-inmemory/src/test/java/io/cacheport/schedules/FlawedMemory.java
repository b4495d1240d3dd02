package io.cacheport.schedules;

import io.cacheport.CacheServicePort;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.spi.ForwardingCacheService;
import io.cacheport.tiered.NearCapable;
import io.cacheport.tiered.NearStore;

/** The cache in memory, with a place for copies that may be flawed. */
final class FlawedMemory extends ForwardingCacheService implements NearCapable {

    private final NearStore near;

    FlawedMemory(InMemoryCacheAdapter memory, NearStore near) {
        super(memory);
        this.near = near;
    }

    @Override
    public NearStore nearStore() {
        return near;
    }

    @Override
    public CacheServicePort strict() {
        return this;
    }
}
