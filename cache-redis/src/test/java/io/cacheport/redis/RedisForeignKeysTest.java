package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** P18: other programs' keys. */
class RedisForeignKeysTest {

    private static final RedisServer SERVER = RedisServer.start();

    private final RespClient client = SERVER.client();
    private final RedisCacheAdapter cache = RedisCacheAdapter.builder(SERVER.uri())
            .commandTimeout(Duration.ofSeconds(10))
            .build();

    @AfterEach
    void close() {
        client.call("FLUSHALL");
        cache.close();
        client.close();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private void fill(String prefix, int count) {
        List<String[]> sets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sets.add(new String[] {"SET", prefix + i, "1"});
        }
        client.pipeline(sets);
    }

    static Stream<Arguments> waysToRemoveAll() {
        ToLongFunction<RedisCacheAdapter> clear = RedisCacheAdapter::clear;
        ToLongFunction<RedisCacheAdapter> flush = cache -> cache.flush("*");
        return Stream.of(Arguments.of("clear", clear), Arguments.of("flush", flush));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysToRemoveAll")
    void keysOfOtherPrefixesAndDatabasesStay(String name, ToLongFunction<RedisCacheAdapter> removeAll) {
        for (String foreign : List.of("other:", "cache", "cached:", "CACHE:", ":cache:", "*", "cache?")) {
            fill(foreign, 10);
        }
        client.call("SELECT", "5");
        fill("cache:", 10);
        client.call("SELECT", "0");
        fill("cache:", 1_000);

        assertThat(removeAll.applyAsLong(cache)).isEqualTo(1_000);

        assertThat(client.call("DBSIZE")).isEqualTo(70L);
        client.call("SELECT", "5");
        assertThat(client.call("DBSIZE")).isEqualTo(10L);
        client.call("SELECT", "0");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysToRemoveAll")
    void withoutAPrefixTheDatabaseIsTheCaches(String name, ToLongFunction<RedisCacheAdapter> removeAll) {
        fill("a", 10);
        client.call("SELECT", "3");
        fill("b", 20);
        try (RedisCacheAdapter whole = RedisCacheAdapter.builder(SERVER.uri() + "/3?prefix=")
                .commandTimeout(Duration.ofSeconds(10))
                .build()) {
            assertThat(removeAll.applyAsLong(whole)).isEqualTo(20);
        }
        assertThat(client.call("DBSIZE")).isEqualTo(0L);
        client.call("SELECT", "0");
        assertThat(client.call("DBSIZE")).isEqualTo(10L);
    }

    @Test
    void aPatternReachesOnlyBehindThePrefix() {
        fill("cache:user:", 10);
        fill("user:", 10);
        fill("x:cache:user:", 10);

        assertThat(cache.flush("user:*")).isEqualTo(10);
        assertThat(client.call("DBSIZE")).isEqualTo(20L);
    }

    @Test
    void twentyThousandKeys() {
        fill("cache:", 20_000);
        fill("other:", 20_000);

        assertThat(cache.clear()).isEqualTo(20_000);

        assertThat(cache.getStats().deletes()).isEqualTo(20_000);
        assertThat(client.call("DBSIZE")).isEqualTo(20_000L);
        assertThat(cache.getStats().errors()).isZero();
    }

    /** The whole port; no command in sight that an administrator forbids, such as KEYS, FLUSHDB or CONFIG. */
    @Test
    void noOtherCommandsThanTheseAreSent() {
        RedisTestCommands commands = RedisTestCommands.countFromNow(client);

        for (RedisTestCall call : RedisTestCall.ALL) {
            call.on(cache);
        }
        cache.set("k", "v", Duration.ofMinutes(1));
        cache.setAll(Map.of("k", "x".repeat(2_000_000)), Duration.ofMinutes(1));
        assertThat(cache.isConnected()).isTrue();
        assertThat(cache.getStats().keys()).isZero();

        assertThat(commands.counts())
                .containsOnlyKeys(
                        "get",
                        "set",
                        "mget",
                        "getrange",
                        "exists",
                        "pttl",
                        "pexpire",
                        "unlink",
                        "scan",
                        "dbsize",
                        "eval",
                        "evalsha");
    }
}
