package io.cacheport.redis.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.cacheport.aside.CacheAside;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What another program stored under a key of the cache. */
@FaultRow(73)
class ForeignValueTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final TypeReference<Order> ORDER = new TypeReference<>() {};

    private static Map<String, byte[]> foreign() throws IOException {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("nothing", new byte[0]);
        all.put("a blank", " ".getBytes(UTF_8));
        all.put("text", "hello world".getBytes(UTF_8));
        all.put("a number", "42".getBytes(UTF_8));
        all.put("an array", "[1,2,3]".getBytes(UTF_8));
        all.put("JSON that lacks a property", "{\"id\":\"x\",\"amount\":1}".getBytes(UTF_8));
        all.put("JSON with one more", "{\"id\":\"x\",\"amount\":1,\"lines\":[],\"v\":2}".getBytes(UTF_8));
        all.put("JSON with a null number", "{\"id\":\"x\",\"amount\":null,\"lines\":[]}".getBytes(UTF_8));
        all.put("JSON with a class name", "[\"java.util.HashMap\",{}]".getBytes(UTF_8));
        all.put("JSON twice", "{\"id\":\"x\",\"amount\":1,\"lines\":[]}{}".getBytes(UTF_8));
        all.put("Java serialisation", serialised());
        all.put("gzip", gzip("{}".getBytes(UTF_8)));
        all.put("zstd", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x04, 0x00, 0x11, 0x00});
        all.put("UTF-16", "{\"id\":\"x\"}".getBytes(java.nio.charset.StandardCharsets.UTF_16));
        return all;
    }

    private static byte[] serialised() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ArrayList<>(List.of("x")));
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] key(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void isAMissAndIsReplaced() throws Exception {
        Row row = FaultMatrix.row(73, "foreign value under our key");
        Map<String, Integer> naively = new TreeMap<>();
        int misses = 0;
        try (RedisServer server = RedisServer.start();
                RespClient client = server.client();
                NaiveCache naive = NaiveCache.connect(server.uri());
                RedisCacheAdapter cache = Profile.open(server.uri())) {
            String ours = LogWatch.KEY + ":73";
            for (Map.Entry<String, byte[]> one : foreign().entrySet()) {
                client.call(key("SET"), key("row73"), one.getValue());
                String outcome = Naive.attempt(LIMIT, () -> naive.getOrLoad("row73", ORDER, MINUTE, Order::plain));
                naively.merge(outcome.startsWith("Order") ? "half a value" : outcome, 1, Integer::sum);

                client.call(key("SET"), key("cache:" + ours), one.getValue());
                assertThat(cache.get(ours, Order.class)).as(one.getKey()).isNull();
                assertThat(cache.exists(ours)).isTrue();
                assertThat(CacheAside.withCache(cache, ours, MINUTE, Order.class, Order::sample))
                        .as(one.getKey())
                        .isEqualTo(Order.sample());
                assertThat(cache.get(ours, Order.class)).isEqualTo(Order.sample());
                misses++;
            }
            client.call("RPUSH", "row73:list", "a");
            naively.merge(
                    Naive.attempt(LIMIT, () -> naive.getOrLoad("row73:list", ORDER, MINUTE, Order::plain)),
                    1,
                    Integer::sum);
            client.call("RPUSH", "cache:" + ours + ":list", "a");
            assertThat(CacheAside.withCache(cache, ours + ":list", MINUTE, Order.class, Order::sample))
                    .isEqualTo(Order.sample());
            assertThat(cache.getStats().errors()).isEqualTo(2L * misses + 1);
            // JSON's null is how a cached null is stored, by whomever
            client.call("SET", "cache:" + ours, "null");
            assertThat(cache.getOrDefault(ours, io.cacheport.TypeRef.of(Order.class), Order.sample()))
                    .isNull();
        }
        assertThat(naively).containsKeys("half a value", "JsonParseException", "RedisCommandExecutionException");
        assertThat(LogWatch.warnings()).anyMatch(line -> line.contains("cause=unreadable"));
        row.naive(naively.toString());
        row.ours(
                "a miss, cause unreadable (wrong_type for a list), and the loaded value takes its place; a bare null is "
                        + "a cached null");
        row.figure(misses + 1 + " of " + (misses + 1) + " a miss", "all");
    }
}
