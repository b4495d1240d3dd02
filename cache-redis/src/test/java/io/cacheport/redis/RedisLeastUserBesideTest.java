package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheport.CacheException;
import io.cacheport.TypeRef;
import io.cacheport.behind.WriteBuffers;
import io.cacheport.behind.WriteBuffers.Kept;
import io.cacheport.behind.WriteBuffers.Taken;
import io.cacheport.structure.Structures;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/operations.md says that structures and write-behind need more is enough, and all of it is needed. */
@SuppressWarnings("NullAway.Init") // JUnit calls start first
class RedisLeastUserBesideTest {

    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The rights that stand between these words. */
    private static List<String> rights(String from, String to) {
        try {
            String page = Files.readString(Path.of("../docs/operations.md"));
            String bullet = page.substring(page.indexOf(from), page.indexOf(to));
            return Pattern.compile("[+~][a-z:*]+")
                    .matcher(bullet)
                    .results()
                    .map(MatchResult::group)
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static List<String> ofStructures() {
        return rights("- Structures (", "- Write-behind needs");
    }

    static List<String> ofWriteBehind() {
        return rights("- Write-behind needs", "- A database number");
    }

    private static RedisCacheAdapter cacheOf(Stream<String> rights) {
        try (RespClient client = server.client()) {
            client.call("FLUSHALL");
            client.call("SCRIPT", "FLUSH");
            RedisLeastUser.ofOneServer().create(client);
            client.call(Stream.concat(Stream.of("ACL", "SETUSER", "cacheport"), rights)
                    .toArray(String[]::new));
        }
        return RedisCacheAdapter.builder(server.uri().replace("//", "//" + RedisLeastUser.LOGIN))
                .commandTimeout(Duration.ofSeconds(5))
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    private static void useStructures(RedisCacheAdapter cache) {
        Structures s = cache.structures().strict();
        assertThat(s.increment("c", 1, Duration.ofMinutes(1))).hasValue(1);
        assertThat(s.count("c")).hasValue(1);
        s.hset("h", Map.of("f", 1, "g", 2));
        s.hget("h", "f", Integer.class);
        s.hgetall("h", Integer.class);
        s.hdel("h", Set.of("f"));
        s.lpush("l", List.of(1, 2));
        s.rpush("l", List.of(3, 4));
        s.lpop("l", Integer.class);
        s.rpop("l", Integer.class);
        s.lrange("l", 0, -1, Integer.class);
        s.llen("l");
        s.sadd("s", Set.of("a", "b"));
        s.srem("s", Set.of("a"));
        s.smembers("s");
        s.sismember("s", "b");
        s.scard("s");
        s.touch(List.of("c", "h", "l", "s"), Duration.ofMinutes(1));
    }

    private static void useBuffers(RedisCacheAdapter cache) {
        WriteBuffers buffers = cache.writeBuffers();
        assertThat(buffers.add("n", "a", 1, 1)).isEqualTo(Kept.YES);
        assertThat(buffers.add("n", "b", 1, 1)).isEqualTo(Kept.FULL);
        assertThat(buffers.put("m", "a", "x", 1)).isEqualTo(Kept.YES);
        buffers.waiting("n", "a", TypeRef.of(Long.class));
        Taken<Long> taken = Objects.requireNonNull(buffers.take("n", TypeRef.of(Long.class), 10));
        buffers.part("n", taken.id());
        buffers.size("n");
        Taken<Long> parted = Objects.requireNonNull(buffers.take("n", TypeRef.of(Long.class), 10));
        buffers.done("n", parted.id(), List.of("a"));
        assertThat(buffers.size("n")).isZero();
    }

    @Test
    void theRightsAreEnough() {
        assertThat(ofStructures()).hasSize(16);
        try (RedisCacheAdapter cache = cacheOf(ofStructures().stream())) {
            useStructures(cache);
        }
        assertThat(ofWriteBehind()).hasSize(9);
        try (RedisCacheAdapter cache = cacheOf(ofWriteBehind().stream())) {
            useBuffers(cache);
        }
    }

    @ParameterizedTest
    @MethodSource("ofStructures")
    void structuresNeedEach(String right) {
        try (RedisCacheAdapter cache = cacheOf(ofStructures().stream().filter(each -> !each.equals(right)))) {
            assertThatThrownBy(() -> useStructures(cache)).isInstanceOf(CacheException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("ofWriteBehind")
    void writeBehindNeedsEach(String right) {
        try (RedisCacheAdapter cache = cacheOf(ofWriteBehind().stream().filter(each -> !each.equals(right)))) {
            assertThatThrownBy(() -> useBuffers(cache)).isInstanceOfAny(CacheException.class, AssertionError.class);
        }
    }
}
