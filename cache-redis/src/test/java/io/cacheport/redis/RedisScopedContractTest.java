package io.cacheport.redis;

import io.cacheport.key.KeySpace;
import io.cacheport.key.ScopedCache;
import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;
import io.cacheport.testkit.contract.LeaseContract;
import io.cacheport.testkit.contract.StructureContract;
import io.cacheport.testkit.server.RedisFixture;
import java.util.List;

/** A tenant's part of a Redis. */
class RedisScopedContractTest extends CacheServiceContract implements LeaseContract, StructureContract {

    @Override
    protected CacheFixture newFixture() {
        RedisFixture redis = RedisFixture.shared();
        CacheFixture behind = new RedisAdapterFixture(List.of(redis.client()), RedisCacheAdapter.builder(redis.uri()));
        return behind.seenThrough(
                ScopedCache.over(behind.cache(), KeySpace.of("catalog").tenant("t[1]")));
    }
}
