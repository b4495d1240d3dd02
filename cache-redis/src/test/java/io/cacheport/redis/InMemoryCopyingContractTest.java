package io.cacheport.redis;

import io.cacheport.CacheServicePort;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;
import io.cacheport.testkit.contract.LeaseContract;
import io.cacheport.testkit.contract.StructureContract;
import io.cacheport.testkit.contract.WriteBuffersContract;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The in-memory adapter with this module's codec, found as a service's unit test would find it. */
class InMemoryCopyingContractTest extends CacheServiceContract
        implements LeaseContract, StructureContract, WriteBuffersContract {

    @Override
    protected CacheFixture newFixture() {
        AtomicLong clock = new AtomicLong();
        CacheServicePort cache = InMemoryCacheAdapter.builder()
                .copying()
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
                return RedisAdapterFixture.MAXIMUM_VALUE_BYTES;
            }

            @Override
            public void close() {
                cache.close();
            }
        };
    }
}
