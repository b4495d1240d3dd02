package io.cacheport.redis;

import io.cacheport.CacheServicePort;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;
import io.cacheport.testkit.contract.LeaseContract;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The in-memory adapter with the codec of {@link RedisEncryptedContractTest}, for unit tests of a service that encrypts. */
class InMemoryEncryptedContractTest extends CacheServiceContract implements LeaseContract {

    @Override
    protected CacheFixture newFixture() {
        AtomicLong clock = new AtomicLong();
        CacheServicePort cache = InMemoryCacheAdapter.builder()
                .copying(RedisEncryptedContractTest.codec())
                .maximumValueBytes(RedisAdapterFixture.MAXIMUM_VALUE_BYTES)
                .nanoTime(clock::get)
                .build();
        return new CacheFixture() {
            @Override
            public CacheServicePort cache() {
                return cache;
            }

            @Override
            public void passTime(Duration time) {
                clock.addAndGet(time.toNanos());
            }

            @Override
            public int maximumValueBytes() {
                return RedisAdapterFixture.MAXIMUM_VALUE_BYTES - RedisEncryptedContractTest.CODEC_BYTES;
            }

            @Override
            public void close() {
                cache.close();
            }
        };
    }
}
