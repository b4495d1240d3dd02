package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.CacheServices;
import io.cacheport.aside.Cache;
import io.cacheport.config.CacheSettings;
import io.cacheport.config.ClientSettings;
import io.cacheport.config.MemorySettings;
import io.cacheport.config.NearSettings;
import io.cacheport.config.StoreSettings;
import io.cacheport.guard.CircuitBreakerPolicy;
import io.cacheport.inmemory.InMemoryCacheBuilder;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.tiered.TieredBuilder;
import io.cacheport.tiered.TieredCache;
import io.lettuce.core.protocol.ProtocolVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is set arrives where it counts. */
class RedisFromSettingsTest {

    private static final String NOBODY = "redis://127.0.0.1:1";

    private static RedisSettings built(String uri, Map<String, String> environment) {
        return RedisAdapterProvider.builder(uri, CacheSettings.fromEnvironment(environment))
                .settings();
    }

    @Test
    void theDefaultsAreThoseOfTheBuilder() {
        RedisSettings set = built("redis://h/?prefix=mine:", Map.of());
        RedisSettings plain =
                RedisCacheAdapter.builder("redis://h/?prefix=mine:").settings();

        assertThat(set)
                .usingRecursiveComparison()
                .ignoringFields("codec", "loadLimit")
                .isEqualTo(plain);
        assertThat(set.loadLimit()).hasToString(plain.loadLimit().toString());
    }

    @Test
    void eachSettingArrives() {
        RedisSettings set = built(
                "redis-cluster://h?prefix=mine:",
                Map.ofEntries(
                        Map.entry("CACHE_REDIS_KEY_PREFIX", "shop:"),
                        Map.entry("CACHE_COMMAND_TIMEOUT_MS", "123"),
                        Map.entry("CACHE_CONNECT_TIMEOUT_MS", "456"),
                        Map.entry("CACHE_RETRIES", "7"),
                        Map.entry("CACHE_MAX_VALUE_BYTES", "8"),
                        Map.entry("CACHE_REQUIRED_AT_STARTUP", "true"),
                        Map.entry("CACHE_REPLICA_READS", "true"),
                        Map.entry("CACHE_SHARED_FLUSHES", "false"),
                        Map.entry("CACHE_REDIS_PROTOCOL", "resp2"),
                        Map.entry("CACHE_JOURNAL_LIMIT", "9"),
                        Map.entry("CACHE_LOAD_LIMIT", "10"),
                        Map.entry("CACHE_LOAD_LIMIT_WAIT_MS", "11"),
                        Map.entry("CACHE_CB_FAILURE_THRESHOLD", "5"),
                        Map.entry("CACHE_CB_RECOVERY_TIMEOUT", "60000"),
                        Map.entry("CACHE_CB_MONITORING_PERIOD", "300000"),
                        Map.entry("CACHE_CB_HALF_OPEN_MAX_CALLS", "4"),
                        Map.entry("CACHE_CB_FAILURE_RATE", "61"),
                        Map.entry("CACHE_CB_SLOW_CALL_RATE", "62"),
                        Map.entry("CACHE_MAX_LATENCY_MS", "63")));

        assertThat(set.keyPrefix()).isEqualTo("shop:");
        assertThat(set.commandTimeout()).isEqualTo(Duration.ofMillis(123));
        assertThat(set.connectTimeout()).isEqualTo(Duration.ofMillis(456));
        assertThat(set.retries()).isEqualTo(7);
        assertThat(set.maximumValueBytes()).isEqualTo(8);
        assertThat(set.requiredAtStartup()).isTrue();
        assertThat(set.connect().replicaReads()).isTrue();
        assertThat(set.sharedFlushes()).isFalse();
        assertThat(set.protocol()).isEqualTo(ProtocolVersion.RESP2);
        assertThat(set.journalLimit()).isEqualTo(9);
        assertThat(set.loadLimit()).hasToString("LoadLimit[10 at once, wait PT0.011S]");
        assertThat(set.circuitBreaker())
                .isEqualTo(new CircuitBreakerPolicy(
                        61, 62, Duration.ofMillis(63), 5, Duration.ofMinutes(5), Duration.ofMinutes(1), 4));
    }

    @Test
    void theSentinelsPasswordArrives() {
        assertThat(built("redis-sentinel://h/m", Map.of("CACHE_SENTINEL_PASSWORD", "s3cret"))
                        .connect()
                        .sentinelPassword())
                .isEqualTo("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "CACHE_SENTINEL_PASSWORD, s3cret, sentinelPassword given for redis://127.0.0.1:1",
        "CACHE_REPLICA_READS, true, replicaReads given for redis://127.0.0.1:1",
        "CACHE_TRUSTED_CERTIFICATES, s3cret.pem, trustedCertificates s3cret.pem given for redis://127.0.0.1:1"
    })
    void whatTheUriDoesNotTakeIsRefused(String variable, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheServices.fromEnvironment(Map.of("REDIS_URL", NOBODY, variable, value)))
                .withMessageContaining(message);
    }

    @Test
    void aRedisThatIsRequiredIsMissed() {
        assertThatExceptionOfType(CacheException.class)
                .isThrownBy(() -> CacheServices.fromEnvironment(
                        Map.of("REDIS_URL", NOBODY, "CACHE_REQUIRED_AT_STARTUP", "true")));
    }

    @Test
    void aFileAndCodeMakeACacheInTwoTiers(@TempDir Path directory) throws IOException {
        try (RedisServer server = RedisServer.start()) {
            Path file = Files.writeString(
                    directory.resolve("shop.properties"),
                    String.join(
                            "\n",
                            "cacheport.redis.url=" + server.uri(),
                            "cacheport.redis.command-timeout=2s",
                            "cacheport.redis.key-prefix=shop:",
                            "cacheport.near.enabled=true",
                            "cacheport.near.entries=77",
                            "cacheport.near.staleness-bound=400ms"));
            CacheSettings settings = CacheSettings.builder()
                    .file(file)
                    .set(ClientSettings.CONNECT_TIMEOUT, Duration.ofSeconds(10))
                    .build();
            try (CacheServicePort cache = CacheServices.connect(settings)) {
                assertThat(cache)
                        .isInstanceOf(TieredCache.class)
                        .hasToString("Tiered[near InMemoryCacheAdapter[at most 77 entries, by reference], far"
                                + " RedisCacheAdapter[" + server.uri()
                                + ", prefix \"shop:\", timeout 2000 ms], bound 400 ms]");
                cache.set("k", "v", Duration.ofMinutes(1));
                assertThat(cache.get("k", String.class)).isEqualTo("v");
                assertThat(cache.get("k", String.class)).isEqualTo("v");
                assertThat(((TieredCache) cache).nearStats().hits()).isEqualTo(1);
            }
        }
    }

    @Test
    void aNearCacheThatCannotBeClosesWhatItOpened() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        CacheSettings settings = CacheSettings.builder()
                .set(StoreSettings.REDIS_URL, NOBODY)
                .set(NearSettings.ENABLED, true)
                .set(NearSettings.OR_PUBSUB, true)
                .set(NearSettings.TTL, Duration.ofSeconds(20))
                .set(NearSettings.STALENESS_BOUND, Duration.ofMillis(400))
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheServices.connect(settings))
                .withMessageContaining("stalenessBound PT0.4S cannot be kept with orPubSub() and nearTtl PT20S");
        await().untilAsserted(() ->
                assertThat(RedisTestThreads.ofLettuceSince(before)).isEmpty());
    }

    @Test
    void aShortTtlArrives() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheServices.fromEnvironment(Map.of(
                        "REDIS_URL", NOBODY,
                        "CACHE_NEAR_ENABLED", "true",
                        "CACHE_NEAR_SHORT_TTL_MS", "800",
                        "CACHE_NEAR_STALENESS_BOUND_MS", "400")))
                .withMessageContaining("stalenessBound PT0.4S cannot be kept with orShortTtl(PT0.8S)");
    }

    @Test
    void warmingHasItsBatches() {
        CacheSettings settings = CacheSettings.fromEnvironment(Map.of("CACHE_BATCH_SIZE", "2"));
        List<Integer> batches = new ArrayList<>();
        try (CacheServicePort cache = CacheServices.connect(settings)) {
            Cache<String, String> view = Cache.named("warmed", String.class).over(cache);
            settings.warming(view).keys(List.of("a", "b", "c"), keys -> {
                batches.add(keys.size());
                return Map.of();
            });
        }
        assertThat(batches).containsExactly(2, 1);
    }

    @Test
    void aCacheInMemoryHasItsBoundsAndNoNearCache() {
        try (CacheServicePort cache =
                CacheServices.fromEnvironment(Map.of("CACHE_MEMORY_ENTRIES", "77", "CACHE_NEAR_ENABLED", "true"))) {
            assertThat(cache).hasToString("InMemoryCacheAdapter[at most 77 entries, by reference]");
        }
        try (CacheServicePort cache = CacheServices.fromEnvironment(
                Map.of("CACHE_MEMORY_BYTES", "7777", "CACHE_MEMORY_COPYING", "true", "CACHE_MAX_VALUE_BYTES", "9"))) {
            assertThat(cache.toString()).startsWith("InMemoryCacheAdapter[at most 7777 bytes, copying as ");
            cache.set("k", "7 bytes", Duration.ofMinutes(1));
            cache.set("l", "8 bytes!", Duration.ofMinutes(1));
            assertThat(cache.get("k", String.class)).isEqualTo("7 bytes");
            assertThat(cache.get("l", String.class)).isNull();
        }
    }

    @Test
    void theDefaultsInMemoryAreThoseOfItsBuilder() {
        assertThat(MemorySettings.ENTRIES.defaultValue()).contains(InMemoryCacheBuilder.DEFAULT_ENTRIES);
        assertThat(ClientSettings.MAX_VALUE_BYTES.defaultValue()).contains(InMemoryCacheBuilder.DEFAULT_VALUE_BYTES);
        assertThat(NearSettings.TTL.defaultValue()).contains(TieredBuilder.DEFAULT_NEAR_TTL);
        assertThat(NearSettings.STALENESS_BOUND.defaultValue()).contains(TieredBuilder.DEFAULT_BOUND);
    }
}
