package io.cacheport.inmemory;

import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;
import io.cacheport.testkit.contract.LeaseContract;

class InMemoryContractTest extends CacheServiceContract implements LeaseContract {

    @Override
    protected CacheFixture newFixture() {
        return new InMemoryFixture(false, InMemoryCacheAdapter.builder());
    }
}
