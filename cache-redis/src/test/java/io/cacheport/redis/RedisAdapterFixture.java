package io.cacheport.redis;

import static org.awaitility.Awaitility.await;

import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.server.RedisAge;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.List;

/** A Redis adapter over emptied servers of the test's own. */
final class RedisAdapterFixture implements CacheFixture {

    static final int MAXIMUM_VALUE_BYTES = 20_000;

    private final List<RespClient> masters;
    private final RedisCacheAdapter cache;
    private final int codecBytes;

    RedisAdapterFixture(List<RespClient> masters, RedisCacheBuilder builder) {
        this(masters, builder, 0);
    }

    /** With a codec that makes so many bytes more of a value than its JSON has. */
    RedisAdapterFixture(List<RespClient> masters, RedisCacheBuilder builder, int codecBytes) {
        this.codecBytes = codecBytes;
        this.masters = masters;
        masters.forEach(master -> master.call("FLUSHDB"));
        this.cache = builder.maximumValueBytes(MAXIMUM_VALUE_BYTES)
                .commandTimeout(Duration.ofSeconds(5))
                .connectTimeout(Duration.ofSeconds(10)) // on a busy machine it would begin without its store
                .build();
        awaitStore();
    }

    /** Once in some thousand times a node of a cluster did not answer the first command, which the line is to trace. */
    private void awaitStore() {
        if (cache.getStats().keys() < 0) {
            System.out.println(cache + " was built and cannot count its keys");
            await().atMost(Duration.ofSeconds(10)).until(() -> cache.getStats().keys() >= 0);
        }
    }

    @Override
    public RedisCacheAdapter cache() {
        return cache;
    }

    @Override
    public void passTime(Duration time) {
        masters.forEach(master -> RedisAge.passTime(master, time));
    }

    @Override
    public int maximumValueBytes() {
        return MAXIMUM_VALUE_BYTES - codecBytes;
    }

    @Override
    public void close() {
        cache.close();
        masters.forEach(RespClient::close);
    }
}
