package io.cacheport.redis;

import io.cacheport.redis.codec.ForyCodec;
import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;
import io.cacheport.testkit.contract.LeaseContract;
import io.cacheport.testkit.server.RedisFixture;
import java.util.List;

/** The whole contract with values in the binary format. */
class RedisForyContractTest extends CacheServiceContract implements LeaseContract {

    /** Of a long text, compared with its JSON: six of header, six of Fory's, and no quotes. */
    private static final int CODEC_BYTES = 10;

    @Override
    protected CacheFixture newFixture() {
        RedisFixture redis = RedisFixture.shared();
        return new RedisAdapterFixture(
                List.of(redis.client()), RedisCacheAdapter.builder(redis.uri()).codec(ForyCodec.create()), CODEC_BYTES);
    }
}
