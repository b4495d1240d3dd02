package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.TypeRef;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.testkit.server.RedisSentinel;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredCache;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The near cache listens to the master that the sentinels name, as everything else does. */
class TieredSentinelTest {

    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Stream<Arguments> ends() {
        return Stream.of(end("killed", sentinel -> sentinel.master().kill()), end("demoted", sentinel -> {
            try (RespClient client = sentinel.sentinels().get(0).client()) {
                client.call("SENTINEL", "FAILOVER", "mymaster");
            }
        }));
    }

    private static Arguments end(String name, Consumer<RedisSentinel> end) {
        return Arguments.of(name, end);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void followsTheMaster(String name, Consumer<RedisSentinel> end) {
        try (RedisSentinel sentinel = RedisSentinel.start();
                TieredCache cache = Tiered.near(InMemoryCacheAdapter.create())
                        .far(RedisCacheAdapter.builder(sentinel.uri())
                                .connectTimeout(Duration.ofSeconds(10))
                                .build())) {
            RedisServer first = sentinel.master();
            assertThat(near(cache, first, "one")).isEqualTo("one");

            end.accept(sentinel);
            await().atMost(PATIENCE).until(() -> sentinel.master().port() != first.port());

            await().atMost(PATIENCE).until(() -> "two".equals(near(cache, sentinel.master(), "two")));
            try (RespClient client = sentinel.master().client()) {
                client.call("SET", "cache:k", "\"three\"");
            }
            await().atMost(PATIENCE).until(() -> "three".equals(cache.get("k", String.class)));
        }
    }

    /** What is near of a value that was just stored and read. */
    private static @Nullable String near(TieredCache cache, RedisServer master, String value) {
        try (RespClient client = master.client()) {
            client.call("SET", "cache:k", "\"" + value + "\"");
        }
        cache.get("k", String.class);
        return cache.getIfLocal("k", TEXT, null);
    }
}
