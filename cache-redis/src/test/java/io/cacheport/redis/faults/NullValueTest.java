package io.cacheport.redis.faults;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.cacheport.TypeRef;
import io.cacheport.aside.CachePolicy;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Answers that mean "there is none", and values that are easily taken for one. */
@FaultRow(76)
class NullValueTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String KEY = LogWatch.KEY + ":76:";
    private static final int CALLS = 100;
    private static final TypeRef<@Nullable String> TEXT = new TypeRef<>() {};

    private static Map<TypeRef<?>, Object> empties() {
        Map<TypeRef<?>, Object> all = new LinkedHashMap<>();
        all.put(TypeRef.of(String.class), "");
        all.put(new TypeRef<List<String>>() {}, List.of());
        all.put(new TypeRef<Map<String, String>>() {}, Map.of());
        all.put(new TypeRef<Optional<String>>() {}, Optional.empty());
        all.put(new TypeRef<Optional<Integer>>() {}, Optional.of(0));
        all.put(TypeRef.of(Integer.class), 0);
        all.put(TypeRef.of(Boolean.class), false);
        all.put(new TypeRef<CharSequence[]>() {}, new CharSequence[0]);
        return all;
    }

    @Test
    void noneIsCachedOnlyIfAskedForAndEmptyIsAValue() throws Exception {
        Row row = FaultMatrix.row(76, "null, empty, Optional, negative caching");
        try (RedisServer server = RedisServer.start();
                RespClient client = server.client();
                RedisCacheAdapter cache = Profile.open(server.uri())) {
            row.naive(naively(server));

            assertThat(loads(cache, "plain", CachePolicy.ttl(MINUTE))).isEqualTo(CALLS);
            assertThat(client.call("EXISTS", "cache:" + KEY + "plain")).isEqualTo(0L);
            CachePolicy negative = CachePolicy.ttl(MINUTE).negativeTtl(Duration.ofSeconds(5));
            assertThat(loads(cache, "negative", negative)).isEqualTo(1);
            assertThat((Long) client.call("PTTL", "cache:" + KEY + "negative")).isBetween(1L, 5_000L);
            assertThat(cache.get(KEY + "negative", String.class)).isNull();
            assertThat(cache.getOrDefault(KEY + "negative", TEXT, "missing")).isNull();
            assertThat(cache.getOrDefault(KEY + "absent", TEXT, "missing")).isEqualTo("missing");

            Map<TypeRef<?>, Object> empties = empties();
            empties.forEach((type, value) -> {
                cache.set(KEY + "empty", value, MINUTE);
                assertThat(cache.get(KEY + "empty", type)).as("%s", type).isEqualTo(value);
            });
            assertThat(cache.getStats().errors()).isZero();
            row.ours(
                    "a loaded null is not cached unless the policy says so, and then for its own TTL; a cached null is told "
                            + "from a miss; " + empties.size() + " kinds of empty come back as they were");
            row.figure(CALLS + " loads of " + CALLS + " calls, 1 with a negative TTL", CALLS + " and 1");
        }
    }

    @SuppressWarnings(
            "NullAway") // a loader of a nullable type may give null; the checker does not see the type argument
    private static int loads(RedisCacheAdapter cache, String name, CachePolicy policy) {
        AtomicInteger loads = new AtomicInteger();
        for (int i = 0; i < CALLS; i++) {
            String value = withCache(cache, KEY + name, policy, TEXT, () -> {
                loads.incrementAndGet();
                return null;
            });
            assertThat(value).isNull();
        }
        return loads.get();
    }

    @SuppressWarnings("NullAway") // nobody checks it there either
    private static String naively(RedisServer server) throws Exception {
        try (NaiveCache naive = NaiveCache.connect(server.uri())) {
            TypeReference<String> text = new TypeReference<>() {};
            String none = Naive.attempt(LIMIT, () -> naive.getOrLoad("row76", text, MINUTE, () -> null));
            String later = Naive.attempt(LIMIT, () -> naive.getOrLoad("row76", text, MINUTE, () -> "now there is one"));
            String optional = Naive.attempt(
                    LIMIT,
                    () -> naive.getOrLoad(
                            "row76:o", new TypeReference<Optional<String>>() {}, MINUTE, () -> Optional.of("x")));
            assertThat(List.of(none, later)).containsOnly("null");
            assertThat(optional).isEqualTo("InvalidDefinitionException");
            return "a null is stored as the text null and served for the whole TTL; Optional: " + optional;
        }
    }
}
