package io.cacheport.redis;

import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;
import io.cacheport.testkit.contract.LeaseContract;
import io.cacheport.testkit.server.RedisCluster;
import io.cacheport.testkit.server.RedisServer;

/** The whole contract on a near cache of references, in front of three masters and three replicas. */
class TieredClusterContractTest extends CacheServiceContract implements LeaseContract {

    @Override
    protected CacheFixture newFixture() {
        RedisCluster cluster = RedisCluster.shared();
        return new TieredFixture(
                new RedisAdapterFixture(
                        cluster.masters().stream().map(RedisServer::client).toList(),
                        RedisCacheAdapter.builder(cluster.uri())),
                false);
    }
}
