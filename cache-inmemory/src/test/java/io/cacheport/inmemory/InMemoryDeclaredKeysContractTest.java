package io.cacheport.inmemory;

import io.cacheport.CacheServicePort;
import io.cacheport.key.DeclaredKeys;
import io.cacheport.key.KeySpace;
import io.cacheport.key.ScopedCache;
import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;
import io.cacheport.testkit.contract.LeaseContract;
import io.cacheport.testkit.contract.StructureContract;

/** A cache that takes declared keys only is a cache, for whoever has no others. */
class InMemoryDeclaredKeysContractTest extends CacheServiceContract implements LeaseContract, StructureContract {

    @Override
    protected CacheFixture newFixture() {
        KeySpace space = KeySpace.of("catalog").version(2);
        CacheFixture behind = new InMemoryFixture(false, InMemoryCacheAdapter.builder());
        CacheServicePort declared = DeclaredKeys.over(behind.cache(), KeySpace.of("other"), space);
        return behind.behind(declared).seenThrough(ScopedCache.over(declared, space));
    }
}
