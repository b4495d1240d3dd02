package io.cacheport.inmemory;

import io.cacheport.key.KeySpace;
import io.cacheport.key.ScopedCache;
import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;
import io.cacheport.testkit.contract.LeaseContract;
import io.cacheport.testkit.contract.StructureContract;

/** A tenant's part of a cache is a cache. */
class InMemoryScopedContractTest extends CacheServiceContract implements LeaseContract, StructureContract {

    @Override
    protected CacheFixture newFixture() {
        CacheFixture behind = new InMemoryFixture(false, InMemoryCacheAdapter.builder());
        return behind.seenThrough(
                ScopedCache.over(behind.cache(), KeySpace.of("catalog").tenant("t*1")));
    }
}
