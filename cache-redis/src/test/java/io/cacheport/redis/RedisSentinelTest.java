package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.testkit.server.RedisSentinel;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The master is wherever the sentinels say. */
class RedisSentinelTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration PROMOTION = Duration.ofSeconds(30);
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    @Test
    void aKilledMasterIsFollowed() {
        try (RedisSentinel sentinel = RedisSentinel.start();
                RedisTestLog log = RedisTestLog.open();
                RedisCacheAdapter cache = RedisCacheAdapter.connect(sentinel.uri())) {
            assertThat(works(cache)).isTrue();
            RedisServer first = sentinel.master();
            assertThat(has(first)).isTrue();

            first.kill();
            awaitPromotion(sentinel, first);

            await().atMost(RECOVERY).until(() -> works(cache));
            assertThat(has(sentinel.master())).isTrue();
            assertThat(log.lines("WARN connection to Redis is lost")).hasSize(1);
            assertThat(log.lines("INFO connection to Redis is up")).hasSize(2); // no sentinel among them
        }
    }

    /** Its sockets stay open: the heartbeat has to find out. */
    @Test
    void aHungMasterIsFollowed() {
        try (RedisSentinel sentinel = RedisSentinel.start();
                RedisCacheAdapter cache = RedisCacheAdapter.connect(sentinel.uri())) {
            assertThat(works(cache)).isTrue();
            RedisServer first = sentinel.master();

            first.pause();
            awaitPromotion(sentinel, first);

            await().atMost(RECOVERY).until(() -> works(cache));
            first.resume();
        }
    }

    @Test
    void aDemotedMasterIsLeft() {
        try (RedisSentinel sentinel = RedisSentinel.start();
                RedisCacheAdapter cache = RedisCacheAdapter.connect(sentinel.uri())) {
            assertThat(works(cache)).isTrue();
            RedisServer first = sentinel.master();

            try (RespClient client = sentinel.sentinels().get(0).client()) {
                client.call("SENTINEL", "FAILOVER", "mymaster");
            }
            awaitPromotion(sentinel, first);

            await().atMost(RECOVERY).until(() -> works(cache));
            assertThat(has(sentinel.master())).isTrue();
        }
    }

    private static void awaitPromotion(RedisSentinel sentinel, RedisServer old) {
        await("promotion").atMost(PROMOTION).until(() -> sentinel.master().port() != old.port());
    }

    private static boolean works(RedisCacheAdapter cache) {
        cache.set("k", "v", MINUTE);
        return "v".equals(cache.get("k", String.class));
    }

    private static boolean has(RedisServer server) {
        try (RespClient client = server.client()) {
            return Long.valueOf(1).equals(client.call("EXISTS", "cache:k"));
        }
    }
}
