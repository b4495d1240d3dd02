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
import io.cacheport.testkit.server.RedisCluster;
import io.cacheport.testkit.server.RedisServer;

/** Three masters and three replicas. */
class RedisClusterContractTest extends CacheServiceContract
        implements LeaseContract,
                StructureContract,
                WriteBuffersContract,
                LockContract,
                RateLimitContract,
                SessionContract,
                EventContract {

    @Override
    protected CacheFixture newFixture() {
        RedisCluster cluster = RedisCluster.shared();
        return new RedisAdapterFixture(
                cluster.masters().stream().map(RedisServer::client).toList(), RedisCacheAdapter.builder(cluster.uri()));
    }
}
