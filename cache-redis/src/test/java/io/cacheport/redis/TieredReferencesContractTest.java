package io.cacheport.redis;

import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;
import io.cacheport.testkit.contract.LeaseContract;
import io.cacheport.testkit.contract.RateLimitContract;
import io.cacheport.testkit.contract.SessionContract;
import io.cacheport.testkit.contract.StructureContract;
import io.cacheport.testkit.contract.WriteBuffersContract;
import io.cacheport.testkit.server.RedisFixture;
import java.util.List;

/** The whole contract on a near cache of references, in front of one server. */
class TieredReferencesContractTest extends CacheServiceContract
        implements LeaseContract, StructureContract, WriteBuffersContract, RateLimitContract, SessionContract {

    @Override
    protected CacheFixture newFixture() {
        RedisFixture redis = RedisFixture.shared();
        return new TieredFixture(
                new RedisAdapterFixture(List.of(redis.client()), RedisCacheAdapter.builder(redis.uri())), false);
    }
}
