package io.cacheport.redis;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.redis.json.JsonCodec;
import io.cacheport.spi.ForwardingCacheService;
import io.cacheport.testkit.fault.FaultyCacheService;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.tiered.Tiered;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Which caches may have sensitive values. */
class SensitiveTest {

    private static final RedisServer SERVER = RedisServer.start();
    private static final CachePolicy SENSITIVE =
            CachePolicy.ttl(Duration.ofMinutes(1)).sensitive();

    private final CacheServicePort encrypting = RedisCacheAdapter.builder(SERVER.uri())
            .codec(RedisEncryptedContractTest.codec())
            .build();
    private final CacheServicePort plain = RedisCacheAdapter.builder(SERVER.uri())
            .codec(JsonCodec.create().compressed())
            .build();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static final class Decorator extends ForwardingCacheService {

        Decorator(CacheServicePort delegate) {
            super(delegate);
        }

        @Override
        public CacheServicePort strict() {
            return new Decorator(delegate().strict());
        }
    }

    /** One that somebody wrote who did not know of it. */
    private static CacheServicePort unknowing() {
        return (CacheServicePort) Proxy.newProxyInstance(
                SensitiveTest.class.getClassLoader(),
                new Class<?>[] {CacheServicePort.class},
                (proxy, method, args) -> method.getName().equals("toString") ? "some cache" : null);
    }

    @Test
    void onesThatEncryptOrKeepInMemory() {
        List<CacheServicePort> safe = List.of(
                encrypting,
                encrypting.strict(),
                InMemoryCacheAdapter.create(),
                InMemoryCacheAdapter.create().strict(),
                Tiered.near(InMemoryCacheAdapter.create()).far(encrypting),
                new Decorator(encrypting),
                FaultyCacheService.over(InMemoryCacheAdapter.create()));

        for (CacheServicePort cache : safe) {
            Cache<String, String> secrets =
                    Cache.named("secret", String.class).policy(SENSITIVE).over(cache);
            assertThat(secrets.get("k", key -> "value")).isEqualTo("value");
            assertThat(withCache(cache, "other", SENSITIVE, TypeRef.of(String.class), () -> "value"))
                    .isEqualTo("value");
        }
    }

    @Test
    void nobodyElse() {
        List<CacheServicePort> unsafe = List.of(
                plain,
                plain.strict(),
                Tiered.near(InMemoryCacheAdapter.create()).far(plain),
                new Decorator(plain),
                FaultyCacheService.over(plain),
                unknowing());

        for (CacheServicePort cache : unsafe) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Cache.named("secret", String.class)
                            .policy(SENSITIVE)
                            .generation()
                            .over(cache))
                    .withMessageStartingWith(cache + " stores values unencrypted, or does not say")
                    .withMessageContaining("encrypted(keys)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> withCache(cache, "k", SENSITIVE, TypeRef.of(String.class), () -> {
                        throw new AssertionError("must not be loaded");
                    }));
        }
        try (RespClient client = SERVER.client()) {
            assertThat(client.call("GET", "cache:k")).isNull();
        }
    }

    @Test
    void isPartOfThePolicy() {
        assertThat(SENSITIVE.isSensitive()).isTrue();
        assertThat(SENSITIVE.negativeTtl(Duration.ofSeconds(1)).isSensitive()).isTrue();
        assertThat(SENSITIVE).isNotEqualTo(CachePolicy.ttl(Duration.ofMinutes(1)));
        assertThat(SENSITIVE.toString()).contains("sensitive");
    }
}
