package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.testkit.server.RedisSentinel;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The master is wherever the sentinels say. */
class RedisFollowsSentinelsTest {

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

    @Test
    void allSentinelsAwayAtTheStart() {
        try (RedisSentinel sentinel = RedisSentinel.start()) {
            sentinel.sentinels().forEach(RedisServer::kill);
            try (RedisTestLog log = RedisTestLog.open();
                    RedisCacheAdapter cache = RedisCacheAdapter.connect(sentinel.uri())) {
                assertThat(cache.get("k", String.class)).isNull();
                assertThat(log.lines("WARN Redis cannot be reached")).hasSize(1);

                sentinel.sentinels().forEach(RedisServer::restart);

                await().atMost(RECOVERY).until(() -> works(cache));
                assertThat(log.lines("WARN Redis cannot be reached")).hasSize(1);
            }
        }
    }

    /** The first one accepts connections and says nothing; the next is asked then. */
    @Test
    void aHungSentinelHoldsUpNobodyForLong() {
        try (RedisSentinel sentinel = RedisSentinel.start()) {
            sentinel.sentinels().get(0).pause();
            try (RedisCacheAdapter cache = RedisCacheAdapter.connect(sentinel.uri())) {
                await().atMost(RECOVERY).until(() -> works(cache));
            }
            sentinel.sentinels().get(0).resume();
        }
    }

    @Test
    void aPasswordForTheDataAndAnotherForTheSentinels() {
        try (RedisSentinel sentinel = RedisSentinel.start("--requirepass", "data", "--masterauth", "data")) {
            for (RedisServer each : sentinel.sentinels()) {
                try (RespClient client = each.client()) {
                    client.call("SENTINEL", "CONFIG", "SET", "sentinel-pass", "other");
                    client.call("ACL", "SETUSER", "default", "resetpass", ">other");
                }
            }
            String uri = sentinel.uri().replace("//", "//:data@");
            try (RedisCacheAdapter locked = RedisCacheAdapter.connect(uri)) {
                assertThat(works(locked)).isFalse();
            }
            try (RedisCacheAdapter cache =
                    RedisCacheAdapter.builder(uri).sentinelPassword("other").build()) {
                await().atMost(RECOVERY).until(() -> works(cache));
            }
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
