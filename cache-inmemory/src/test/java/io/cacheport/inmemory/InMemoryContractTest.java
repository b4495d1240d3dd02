package io.cacheport.inmemory;

import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;
import io.cacheport.testkit.contract.EventContract;
import io.cacheport.testkit.contract.LeaseContract;
import io.cacheport.testkit.contract.LockContract;
import io.cacheport.testkit.contract.RateLimitContract;
import io.cacheport.testkit.contract.SessionContract;
import io.cacheport.testkit.contract.StructureContract;
import io.cacheport.testkit.contract.WriteBuffersContract;

class InMemoryContractTest extends CacheServiceContract
        implements LeaseContract,
                StructureContract,
                WriteBuffersContract,
                LockContract,
                RateLimitContract,
                SessionContract,
                EventContract {

    @Override
    protected CacheFixture newFixture() {
        return new InMemoryFixture(false, InMemoryCacheAdapter.builder());
    }
}
