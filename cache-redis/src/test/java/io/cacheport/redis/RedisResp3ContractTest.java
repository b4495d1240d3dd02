package io.cacheport.redis;

import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;
import io.cacheport.testkit.contract.EventContract;
import io.cacheport.testkit.contract.LeaseContract;
import io.cacheport.testkit.contract.LockContract;
import io.cacheport.testkit.contract.RateLimitContract;
import io.cacheport.testkit.contract.SessionContract;
import io.cacheport.testkit.contract.StructureContract;
import io.cacheport.testkit.contract.WriteBuffersContract;
import io.cacheport.testkit.server.RedisFixture;
import io.lettuce.core.protocol.ProtocolVersion;
import java.util.List;

class RedisResp3ContractTest extends CacheServiceContract
        implements LeaseContract,
                StructureContract,
                WriteBuffersContract,
                LockContract,
                RateLimitContract,
                SessionContract,
                EventContract {

    @Override
    protected CacheFixture newFixture() {
        RedisFixture redis = RedisFixture.shared();
        return new RedisAdapterFixture(
                List.of(redis.client()), RedisCacheAdapter.builder(redis.uri()).protocol(ProtocolVersion.RESP3));
    }
}
