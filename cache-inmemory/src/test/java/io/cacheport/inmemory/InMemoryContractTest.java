package io.cacheport.inmemory;

import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;

class InMemoryContractTest extends CacheServiceContract {

    @Override
    protected CacheFixture newFixture() {
        return new InMemoryFixture(false, InMemoryCacheAdapter.builder());
    }
}
