package io.cacheport.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.CacheDataException;
import io.cacheport.CacheServicePort;
import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What really is in Redis, and what happens to what others put there. */
class RedisValuesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final RedisServer SERVER = RedisServer.start();
    private static final String ABSENT = "absent";

    private final RespClient client = SERVER.client();
    private final RedisCacheAdapter cache = open(SERVER.uri());

    record Point(int x, List<String> tags, @Nullable String note) {}

    private static RedisCacheAdapter open(String uri) {
        return RedisCacheAdapter.builder(uri)
                .commandTimeout(Duration.ofSeconds(10))
                .build();
    }

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

    @ParameterizedTest
    @MethodSource("values")
    void redisCliReadsPlainJson(@Nullable Object value, String json) {
        cache.set("k", value, MINUTE);

        assertThat(RedisTestJson.get(client, "cache:k")).isEqualTo(json);
    }

    @ParameterizedTest
    @MethodSource("values")
    void whatRedisCliSetsIsReadAndHasNoExpiry(@Nullable Object value, String json, TypeRef<?> type) {
        client.call("SET", "cache:k", json);

        assertThat(cache.<@Nullable Object>getOrDefault("k", cast(type), ABSENT))
                .isEqualTo(value);
        assertThat(cache.ttl("k")).contains(CacheServicePort.NO_EXPIRY);
        assertThat(cache.getStats().errors()).isZero();
    }

    @SuppressWarnings("unchecked") // only compared
    private static TypeRef<@Nullable Object> cast(TypeRef<?> type) {
        return (TypeRef<@Nullable Object>) type;
    }

    static Stream<Arguments> values() {
        TypeRef<List<Integer>> numbers = new TypeRef<>() {};
        return Stream.of(
                Arguments.of("h\u00e9 \"q\"\n", "\"h\u00e9 \\\"q\\\"\\n\"", TypeRef.of(String.class)),
                Arguments.of(42, "42", TypeRef.of(Integer.class)),
                Arguments.of(1.5, "1.5", TypeRef.of(Double.class)),
                Arguments.of(true, "true", TypeRef.of(Boolean.class)),
                Arguments.of(null, "null", TypeRef.of(String.class)),
                Arguments.of(
                        new Point(1, List.of("a"), null),
                        "{\"x\":1,\"tags\":[\"a\"],\"note\":null}",
                        TypeRef.of(Point.class)),
                Arguments.of(
                        Instant.parse("2026-02-03T04:05:06.789Z"),
                        "\"2026-02-03T04:05:06.789Z\"",
                        TypeRef.of(Instant.class)),
                Arguments.of(LocalDate.of(2024, 2, 29), "\"2024-02-29\"", TypeRef.of(LocalDate.class)),
                Arguments.of(Duration.ofSeconds(90), "\"PT1M30S\"", TypeRef.of(Duration.class)),
                Arguments.of(List.of(1, 2), "[1,2]", numbers),
                Arguments.of(List.of(), "[]", numbers));
    }

    @ParameterizedTest(name = "{0} as {2}")
    @MethodSource
    void garbageIsAMissAndStays(String name, byte[] garbage, TypeRef<?> type) {
        client.call("SET".getBytes(UTF_8), "cache:k".getBytes(UTF_8), garbage);
        ErrorCause cause = garbage.length > 1 << 20 ? ErrorCause.TOO_LARGE : ErrorCause.UNREADABLE;

        assertThat(cache.<@Nullable Object>getOrDefault("k", cast(type), ABSENT))
                .isEqualTo(ABSENT);
        assertThat(cache.getStats().misses()).isEqualTo(1);
        assertThat(cache.getStats().errors()).isEqualTo(1);
        assertThat(cache.getAll(List.of("k"), type)).isEmpty();
        assertThat(cache.getStats().misses()).isEqualTo(2);
        assertThat(cache.getStats().errors()).isEqualTo(2);
        assertThatExceptionOfType(CacheDataException.class)
                .isThrownBy(() -> cache.strict().get("k", type))
                .satisfies(thrown -> assertThat(thrown.errorCause()).isEqualTo(cause));
        assertThat(client.call("GET".getBytes(UTF_8), "cache:k".getBytes(UTF_8)))
                .isEqualTo(garbage);
    }

    static Stream<Arguments> garbageIsAMissAndStays() throws IOException {
        Map<String, byte[]> garbage = Map.ofEntries(
                Map.entry("nothing", new byte[0]),
                Map.entry("nul", bytes("nul")),
                Map.entry("half a value", bytes("{\"x\":1,\"ta")),
                Map.entry("two numbers", bytes("1 2")),
                Map.entry("two lists", bytes("[1] [2]")),
                Map.entry("a text and more", bytes("\"a\" 2")),
                Map.entry("a Java object", javaObject()),
                Map.entry("gzip", gzip()),
                Map.entry("a depth of 100,000", bytes("[".repeat(100_000))),
                Map.entry("2 MB", bytes("\"" + "x".repeat(2_000_000) + "\"")),
                Map.entry("a class to be made", bytes("[\"java.net.URL\",\"http://localhost/\"]")),
                Map.entry("half a letter", new byte[] {'"', (byte) 0xc3, '"'}));
        return Stream.of(TypeRef.of(String.class), TypeRef.of(Point.class), new TypeRef<List<Integer>>() {})
                .flatMap(type ->
                        garbage.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue(), type)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] javaObject() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject("text");
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(bytes("\"text\""));
        }
        return bytes.toByteArray();
    }

    @Test
    void jsonNeverChoosesAClass() {
        client.call("SET", "cache:k", "[\"java.net.URL\",\"http://localhost/\"]");

        assertThat(cache.get("k", Object.class)).isEqualTo(List.of("java.net.URL", "http://localhost/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void noDepthBreaksTheReader(String step) {
        client.call("SET", "cache:k", step.repeat(100_000));

        assertThat(cache.getOrDefault("k", TypeRef.of(Object.class), ABSENT)).isEqualTo(ABSENT);
    }

    @Test
    void aHugeExponentCostsNothing() {
        client.call("SET", "cache:k", "1e999999999");

        assertThat(cache.get("k", BigInteger.class)).isNull();
        assertThat(cache.get("k", Long.class)).isNull();
        assertThat(cache.getStats().errors()).isEqualTo(2);
    }

    @Test
    void aKeyThatHoldsSomethingElse() {
        client.call("LPUSH", "cache:list", "1");
        cache.set("k", "v", MINUTE);

        assertThat(cache.get("list", String.class)).isNull();
        assertThat(cache.getStats().misses()).isEqualTo(1);
        assertThat(cache.getStats().errors()).isEqualTo(1);
        assertThat(cache.getAll(List.of("list", "k"), String.class)).isEqualTo(Map.of("k", "v"));
        assertThatExceptionOfType(CacheDataException.class)
                .isThrownBy(() -> cache.strict().get("list", String.class))
                .satisfies(thrown -> assertThat(thrown.errorCause()).isEqualTo(ErrorCause.WRONG_TYPE));
        assertThat(client.call("LLEN", "cache:list")).isEqualTo(1L);

        cache.set("list", "v", MINUTE);

        assertThat(cache.get("list", String.class)).isEqualTo("v");
    }

    @Test
    void theUriOrElseTheBuilderNamesThePrefix() {
        for (String prefix : Arrays.asList("shop:", "", "a-b._:1")) {
            storedUnder(prefix, RedisCacheAdapter.builder(SERVER.uri() + "?prefix=" + prefix));
            storedUnder(prefix, RedisCacheAdapter.builder(SERVER.uri()).keyPrefix(prefix));
            storedUnder(
                    prefix,
                    RedisCacheAdapter.builder(SERVER.uri() + "?prefix=x").keyPrefix(prefix));
        }
        storedUnder("cache:", RedisCacheAdapter.builder(SERVER.uri()));
    }

    private void storedUnder(String prefix, RedisCacheBuilder builder) {
        client.call("FLUSHDB");
        try (RedisCacheAdapter prefixed =
                builder.commandTimeout(Duration.ofSeconds(10)).build()) {
            prefixed.set("k", "v", MINUTE);
            assertThat(client.call("KEYS", "*")).isEqualTo(List.of(prefix + "k"));
            assertThat(prefixed.get("k", String.class)).isEqualTo("v");
            assertThat(prefixed.getAll(List.of("k"), String.class)).containsOnlyKeys("k");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "*", "a[b]", "\u00fc", "a\n", "a/b", "a{b}"})
    void aPrefixOfOtherCharactersIsRefused(String prefix) {
        RedisCacheBuilder builder = RedisCacheAdapter.builder(SERVER.uri()).keyPrefix(prefix);

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessage("keyPrefix \"" + prefix
                        + "\" is not 0 to 64 letters, digits, dots, underscores, colons or hyphens");
    }
}
