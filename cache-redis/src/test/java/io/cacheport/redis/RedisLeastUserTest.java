package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheException;
import io.cacheport.testkit.server.RedisCluster;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each right that docs/operations.md lists is needed; that no more are is what the contract tests show. */
@SuppressWarnings("NullAway.Init") // JUnit calls start first
class RedisLeastUserTest {

    private static RedisServer server;
    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        cluster = RedisCluster.start(3, 0);
    }

    @AfterAll
    static void stop() {
        server.close();
        cluster.close();
    }

    static Stream<String> ofOneServer() {
        return Stream.concat(Stream.of("none"), RedisLeastUser.ofOneServer().permissions().stream());
    }

    static Stream<String> ofACluster() {
        return Stream.concat(Stream.of("none"), RedisLeastUser.ofACluster().permissions().stream());
    }

    @ParameterizedTest
    @MethodSource
    void ofOneServer(String missing) {
        check(RedisLeastUser.ofOneServer(), missing, server.uri(), List.of(server));
    }

    @ParameterizedTest
    @MethodSource
    void ofACluster(String missing) {
        check(RedisLeastUser.ofACluster(), missing, cluster.uri(), cluster.nodes());
    }

    private static void check(RedisLeastUser user, String missing, String uri, List<RedisServer> nodes) {
        for (RedisServer node : nodes) {
            try (RespClient client = node.client()) {
                user.createWithout(missing, client);
            }
        }
        try (RedisCacheAdapter cache = RedisCacheAdapter.builder(uri.replace("//", "//" + RedisLeastUser.LOGIN))
                .commandTimeout(Duration.ofSeconds(5))
                .connectTimeout(Duration.ofSeconds(5))
                .retries(0)
                .build()) {
            assertThat(allWorks(cache)).as("without %s", missing).isEqualTo(missing.equals("none"));
        }
    }

    private static boolean allWorks(RedisCacheAdapter cache) {
        if (!cache.isConnected() || cache.getStats().keys() < 0) {
            return false;
        }
        for (RedisTestCall call : RedisTestCall.ALL) {
            try {
                call.on(cache.strict());
            } catch (CacheException refused) {
                return false;
            }
        }
        return true;
    }
}
