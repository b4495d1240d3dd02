package io.cacheport.redis;

import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;
import io.cacheport.testkit.contract.LeaseContract;
import io.cacheport.testkit.contract.LockContract;
import io.cacheport.testkit.server.RedisFixture;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** The whole contract on a near cache of copies that are encoded, in front of one server; with {@code -Pfull}. */
@Tag("full")
class TieredContractTest extends CacheServiceContract implements LeaseContract, LockContract {

    @Override
    protected CacheFixture newFixture() {
        RedisFixture redis = RedisFixture.shared();
        return new TieredFixture(
                new RedisAdapterFixture(List.of(redis.client()), RedisCacheAdapter.builder(redis.uri())), true);
    }
}
