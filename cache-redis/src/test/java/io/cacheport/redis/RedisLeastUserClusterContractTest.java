package io.cacheport.redis;

import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;
import io.cacheport.testkit.contract.LeaseContract;
import io.cacheport.testkit.contract.LockContract;
import io.cacheport.testkit.server.RedisCluster;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import org.junit.jupiter.api.BeforeAll;

/** With no more rights than documented, at every node of a cluster. */
class RedisLeastUserClusterContractTest extends CacheServiceContract implements LeaseContract, LockContract {

    @BeforeAll
    static void createUser() {
        for (RedisServer node : RedisCluster.shared().nodes()) {
            try (RespClient client = node.client()) {
                RedisLeastUser.ofACluster().create(client);
            }
        }
    }

    @Override
    protected CacheFixture newFixture() {
        RedisCluster cluster = RedisCluster.shared();
        return new RedisAdapterFixture(
                cluster.masters().stream().map(RedisServer::client).toList(),
                RedisCacheAdapter.builder(cluster.uri().replace("//", "//" + RedisLeastUser.LOGIN)));
    }
}
