package io.cacheport.redis;

import io.cacheport.redis.codec.EncryptedCodec;
import io.cacheport.redis.codec.EncryptionKeys;
import io.cacheport.redis.json.JsonCodec;
import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;
import io.cacheport.testkit.contract.LeaseContract;
import io.cacheport.testkit.server.RedisFixture;
import java.util.List;

/** The whole contract with values compressed as often as can be, and encrypted. */
class RedisEncryptedContractTest extends CacheServiceContract implements LeaseContract {

    /** Header with an id of two, nonce and authentication. */
    static final int CODEC_BYTES = 3 + 2 + 12 + 16;

    static EncryptedCodec codec() {
        return JsonCodec.create().compressed(1).encrypted(EncryptionKeys.of("k1", new byte[32]));
    }

    @Override
    protected CacheFixture newFixture() {
        RedisFixture redis = RedisFixture.shared();
        return new RedisAdapterFixture(
                List.of(redis.client()), RedisCacheAdapter.builder(redis.uri()).codec(codec()), CODEC_BYTES);
    }
}
