package io.cacheport.inmemory;

import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;
import io.cacheport.testkit.contract.LeaseContract;
import io.cacheport.testkit.contract.LockContract;
import io.cacheport.testkit.contract.StructureContract;

class InMemoryContractTest extends CacheServiceContract implements LeaseContract, StructureContract, LockContract {

    @Override
    protected CacheFixture newFixture() {
        return new InMemoryFixture(false, InMemoryCacheAdapter.builder());
    }
}
