package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.tiered.Coherence;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredBuilder;
import io.cacheport.tiered.TieredCache;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a near cache needs beside the rights that docs/operations.md lists, as it says there. */
class TieredLeastUserTest {

    private static final RedisServer SERVER = RedisServer.start();

    @BeforeEach
    void user() {
        try (RespClient admin = SERVER.client()) {
            RedisLeastUser.ofOneServer().create(admin);
        }
    }

    private static void may(String... more) {
        try (RespClient admin = SERVER.client()) {
            for (String right : more) {
                admin.call("ACL", "SETUSER", "cacheport", right);
            }
        }
    }

    private static TieredCache open(TieredBuilder near) {
        RedisCacheAdapter redis = RedisCacheAdapter.builder(SERVER.uri().replace("//", "//" + RedisLeastUser.LOGIN))
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        try {
            return near.far(redis);
        } catch (IllegalArgumentException refused) {
            redis.close();
            throw refused;
        }
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void tracking() {
        assertThatThrownBy(() -> open(Tiered.near(InMemoryCacheAdapter.create())))
                .hasMessageContaining("NOPERM");

        may("+client|tracking");

        try (TieredCache cache = open(Tiered.near(InMemoryCacheAdapter.create()))) {
            assertThat(cache.feedState().coherence()).isEqualTo(Coherence.TRACKING);
            cache.set("k", "v", Duration.ofMinutes(1));
            cache.get("k", String.class);
            assertThat(cache.get("k", String.class)).isEqualTo("v");
            assertThat(cache.nearStats().hits()).isEqualTo(1);
        }
    }

    @Test
    void pubSub() {
        may("+subscribe", "+publish", "&cache:*");

        try (TieredCache cache = open(Tiered.near(InMemoryCacheAdapter.create()).orPubSub())) {
            assertThat(cache.feedState().coherence()).isEqualTo(Coherence.PUBSUB);
            cache.set("k", "v", Duration.ofMinutes(1));
            cache.get("k", String.class);
            assertThat(cache.get("k", String.class)).isEqualTo("v");
            cache.del("k");
            assertThat(cache.getStats().errors()).isZero();
        }
    }
}
