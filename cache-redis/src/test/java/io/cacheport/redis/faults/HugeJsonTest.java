package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.cacheport.TypeRef;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** JSON made to be expensive: as deep as a stack, or one number of a million digits. */
@FaultRow(75)
class HugeJsonTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int DEPTH = 100_000;
    private static final int DIGITS = 1_000_000;
    private static final int ROUNDS = 20;

    private static final List<TypeRef<?>> TYPES = List.of(
            TypeRef.of(Order.class),
            TypeRef.of(Object.class),
            TypeRef.of(JsonNode.class),
            TypeRef.of(BigInteger.class),
            TypeRef.of(Double.class),
            new TypeRef<Map<String, Object>>() {},
            new TypeRef<List<Object>>() {});

    /** By name. */
    private static final Map<String, String> HUGE = huge();

    private static Map<String, String> huge() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("arrays", "[".repeat(DEPTH) + "]".repeat(DEPTH));
        all.put("open arrays", "[".repeat(DEPTH));
        all.put("objects", "{\"a\":".repeat(DEPTH) + "1" + "}".repeat(DEPTH));
        all.put("a property of an order", "{\"id\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH) + "}");
        all.put("integer", "7".repeat(DIGITS));
        all.put("fraction", "0." + "7".repeat(DIGITS));
        all.put("exponent", "1e" + "7".repeat(DIGITS));
        all.put("amount", "{\"id\":\"x\",\"amount\":" + "7".repeat(DIGITS) + ",\"lines\":[]}");
        return all;
    }

    @Test
    void isAMissWithinFiftyMilliseconds() throws Exception {
        Row row = FaultMatrix.row(75, "deep or huge JSON");
        try (RedisServer server = RedisServer.start();
                RespClient client = server.client()) {
            HUGE.forEach((name, json) -> client.call("SET", "cache:" + LogWatch.KEY + name, json));
            HUGE.forEach((name, json) -> client.call("SET", "row75:" + name, json));

            row.naive(String.join(", ", naively(server)) + " at the caller");

            try (RedisCacheAdapter cache = patient(server)) {
                readAll(cache);
                assertThat(cache.getStats().errors()).isEqualTo((long) HUGE.size() * TYPES.size());
            }
            long[] nanos = LogWatch.quietly(() -> slowestDocumentOfWarm(server));
            long median = nanos[nanos.length / 2];
            assertThat(median).isLessThan(50_000_000L);
            row.ours("a miss for " + HUGE.size() + " documents read as each of " + TYPES.size() + " types");
            row.figure(Row.ms(median) + " for the slowest of them (median)", "50 ms");
        }
    }

    /** What its reads took, sorted: one of them may fall together with a collection. */
    private static long[] slowestDocumentOfWarm(RedisServer server) {
        long[] slowest = new long[ROUNDS];
        try (RedisCacheAdapter cache = patient(server)) {
            readAll(cache);
            for (String name : HUGE.keySet()) {
                for (TypeRef<?> type : TYPES) {
                    long[] nanos = IntStream.range(0, 2 * ROUNDS)
                            .mapToLong(round -> read(cache, name, type))
                            .skip(ROUNDS)
                            .sorted()
                            .toArray();
                    slowest = nanos[ROUNDS / 2] > slowest[ROUNDS / 2] ? nanos : slowest;
                }
            }
        }
        return slowest;
    }

    private static RedisCacheAdapter patient(RedisServer server) {
        return Profile.builder(server.uri())
                .commandTimeout(Duration.ofSeconds(5))
                .build();
    }

    private static void readAll(RedisCacheAdapter cache) {
        HUGE.keySet().forEach(name -> TYPES.forEach(type -> read(cache, name, type)));
    }

    /** How long it took. */
    private static long read(RedisCacheAdapter cache, String name, TypeRef<?> type) {
        long start = System.nanoTime();
        Object value = cache.get(LogWatch.KEY + name, type);
        long nanos = System.nanoTime() - start;
        assertThat(value).as("%s as %s", name, type).isNull();
        return nanos;
    }

    private static Set<String> naively(RedisServer server) throws InterruptedException {
        Set<String> outcomes = new TreeSet<>();
        try (NaiveCache naive = NaiveCache.connect(server.uri())) {
            for (String name : HUGE.keySet()) {
                outcomes.add(Naive.attempt(
                        LIMIT, () -> naive.getOrLoad("row75:" + name, new TypeReference<>() {}, LIMIT, Order::plain)));
            }
        }
        assertThat(outcomes).isNotEmpty().allMatch(outcome -> outcome.endsWith("Exception"));
        return outcomes;
    }
}
