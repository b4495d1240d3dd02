package io.cacheport.redis.faults;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.protocol.ProtocolVersion;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A server that does not know HELLO, as before Redis 6 and behind some proxies. */
@FaultRow(31)
class OldServerTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String KEY = LogWatch.KEY + ":31";

    @Test
    void isSpokenToAsItCan() throws Exception {
        Row row = FaultMatrix.row(31, "old or different server (no HELLO)");
        try (RedisServer server = RedisServer.start("--rename-command", "HELLO", "");
                RespClient client = server.client()) {
            String naively = Naive.attempt(SOON, () -> pingByResp3(server));
            assertThat(naively).isEqualTo("RedisConnectionException");
            try (NaiveCache naive = NaiveCache.connect(server.uri())) {
                assertThat(naive.read("row31", () -> "loaded")).isEqualTo("loaded");
            }
            row.naive("works, since Lettuce asks and falls back; whoever insists on RESP3 cannot connect: " + naively);

            try (RedisCacheAdapter cache = Profile.open(server.uri())) {
                works(cache);
                assertThat(LogWatch.warnings()).isEmpty();
                client.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
                await().atMost(SOON).until(() -> LogWatch.VALUE.equals(cache.get(KEY, String.class)));
            }
            try (RedisCacheAdapter cache = Profile.builder(server.uri())
                    .protocol(ProtocolVersion.RESP2)
                    .build()) {
                works(cache);
            }
            LogWatch.forgetWarnings();
            try (RedisCacheAdapter cache = Profile.builder(server.uri())
                    .protocol(ProtocolVersion.RESP3)
                    .build()) {
                assertThat(withCache(cache, KEY, MINUTE, String.class, () -> LogWatch.VALUE))
                        .isEqualTo(LogWatch.VALUE);
                assertThat(cache.isConnected()).isFalse();
                assertThat(LogWatch.warnings()).anyMatch(line -> line.contains("Redis cannot be reached"));
            }
            row.ours(
                    "asks at each connect and speaks RESP2 where HELLO is not known; set to RESP3 it loads and says so");
            row.figure("works at once and after a lost connection, 0 WARN", "works");
            row.figure("a table of servers in docs/operations.md", "a table");
        }
    }

    private static void works(RedisCacheAdapter cache) {
        assertThat(withCache(cache, KEY, MINUTE, String.class, () -> LogWatch.VALUE))
                .isEqualTo(LogWatch.VALUE);
        assertThat(cache.strict().get(KEY, String.class)).isEqualTo(LogWatch.VALUE);
        assertThat(cache.strict().flush("*")).isEqualTo(1);
        cache.strict().set(KEY, LogWatch.VALUE, MINUTE);
    }

    private static String pingByResp3(RedisServer server) {
        RedisClient client = RedisClient.create(server.uri());
        client.setOptions(
                ClientOptions.builder().protocolVersion(ProtocolVersion.RESP3).build());
        try {
            return client.connect().sync().ping();
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }
}
