package io.cacheport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.config.CacheSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheServicesTest {

    @Test
    void schemeFindsTheAdapter() {
        assertThat(uriOf(CacheServices.connect("redis://h:1"))).isEqualTo("redis://h:1");
        assertThat(uriOf(CacheServices.connect("STUB:x"))).isEqualTo("STUB:x");
    }

    @Test
    void unknownSchemeIsNamedBesideTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheServices.connect("memcached://u:secret@h"))
                .withMessageContaining("\"memcached\"")
                .withMessageContaining(
                        "memory, redis, redis-cluster, redis-sentinel, rediss, rediss-cluster, rediss-sentinel, stub")
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "//h", ":secret", "sec ret:x", "1redis://h"})
    void missingSchemeIsSaid(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheServices.connect(uri))
                .withMessageContaining("no scheme")
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("secret"));
    }

    @Test
    @SuppressWarnings("NullAway") // passing null where it is not allowed is the point
    void nullUri() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheServices.connect((String) null))
                .withMessageContaining("uri is null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory:", "rediss-cluster://h", "redis-sentinel://h/m"})
    void missingModuleNamesTheArtifact(String uri) {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> CacheServices.connect(uri))
                .withMessageContaining(
                        uri.startsWith("memory") ? "io.cacheport:cache-inmemory" : "io.cacheport:cache-redis");
    }

    @Test
    void redisUrlGivesRedis() {
        assertThat(chosen(Map.of("REDIS_URL", "rediss://:p@h:1"))).isEqualTo("rediss://:p@h:1");
        assertThat(chosen(Map.of("REDIS_URL", "redis://h", "ADAPTERS_PRESET", "real")))
                .isEqualTo("redis://h");
    }

    @Test
    void mockGivesMemoryWhateverElseIsSet() {
        assertInMemory(Map.of("ADAPTERS_PRESET", "mock", "REDIS_URL", "redis://h", "REDIS_CLUSTER_ENABLED", "true"));
    }

    @Test
    void nothingGivesMemory() {
        assertInMemory(Map.of());
        assertInMemory(Map.of("REDIS_URL", " ", "REDIS_HOST", "", "ADAPTERS_PRESET", ""));
        assertInMemory(Map.of("ADAPTERS_PRESET", "real"));
    }

    @Test
    void hostPortAndPassword() {
        assertThat(chosen(Map.of("REDIS_HOST", "h"))).isEqualTo("redis://h:6379");
        assertThat(chosen(Map.of("REDIS_HOST", "h", "REDIS_PORT", "7", "REDIS_PASSWORD", "p/@ +%")))
                .isEqualTo("redis://:p%2F%40%20%2B%25@h:7");
    }

    @Test
    void clusterNodes() {
        assertThat(chosen(Map.of(
                        "REDIS_CLUSTER_ENABLED", "true",
                        "REDIS_CLUSTER_NODES", "a:1,b:2",
                        "REDIS_PASSWORD", "p",
                        "REDIS_URL", "redis://other")))
                .isEqualTo("redis-cluster://:p@a:1,b:2");
        assertThat(chosen(Map.of("REDIS_CLUSTER_ENABLED", "false", "REDIS_HOST", "h")))
                .isEqualTo("redis://h:6379");
    }

    @Test
    void clusterWithoutNodes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheServices.fromEnvironment(Map.of("REDIS_CLUSTER_ENABLED", "true")))
                .withMessageContaining("REDIS_CLUSTER_NODES");
    }

    @Test
    void clusterAndSentinelsAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheServices.fromEnvironment(Map.of(
                        "REDIS_CLUSTER_ENABLED", "true",
                        "REDIS_CLUSTER_NODES", "a:1",
                        "REDIS_URL", "redis-sentinel://:s3cret@h/m")))
                .withMessageContaining(
                        "REDIS_CLUSTER_ENABLED is true but REDIS_URL names sentinels (redis-sentinel://)")
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("s3cret"));
    }

    @Test
    void valuesThatAreNotAllowedAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheServices.fromEnvironment(Map.of("ADAPTERS_PRESET", "mokc")))
                .withMessage("ADAPTERS_PRESET is \"mokc\"; allowed are mock and real");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheServices.fromEnvironment(Map.of("REDIS_CLUSTER_ENABLED", "yes")))
                .withMessage("REDIS_CLUSTER_ENABLED is \"yes\"; allowed are true and false");
    }

    @Test
    void settingsFromAFileChooseLikeVariables(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("p"), "cacheport.redis.host=h\ncacheport.redis.password=p");

        assertThat(uriOf(CacheServices.connect(CacheSettings.fromFile(file)))).isEqualTo("redis://:p@h:6379");
        assertThat(chosen(Map.of("CACHE_SETTINGS_FILE", file.toString()))).isEqualTo("redis://:p@h:6379");
        assertThat(StoreChoice.of(CacheSettings.fromFile(file)))
                .hasToString("Redis because of cacheport.redis.host (file " + file + ":1)");
    }

    @Test
    void theVariableThatDecidedIsTheReason() {
        assertThat(StoreChoice.of(CacheSettings.fromEnvironment(Map.of("REDIS_URL", "redis://:s3cret@h"))))
                .hasToString("Redis because of REDIS_URL");
        assertThat(StoreChoice.of(CacheSettings.fromEnvironment(Map.of("ADAPTERS_PRESET", "mock"))))
                .hasToString("in-memory because of ADAPTERS_PRESET=mock");
        assertThat(StoreChoice.of(CacheSettings.fromEnvironment(Map.of("REDIS_URL", "memory:copying")))
                        .isRedis())
                .isFalse();
    }

    @Test
    void theReferenceDefaultsNameARedis() {
        assertThat(chosen(Map.of("CACHE_DEFAULTS", "reference"))).isEqualTo("redis://localhost:6379");
        assertInMemory(Map.of("CACHE_DEFAULTS", "reference", "ADAPTERS_PRESET", "mock"));
    }

    @Test
    void aNearCacheWithoutItsArtifactNamesIt() {
        assertInMemory(Map.of("REDIS_URL", "redis://h", "CACHE_NEAR_ENABLED", "true"));
        assertInMemory(Map.of("CACHE_NEAR_ENABLED", "true"));
    }

    @Test
    @SuppressWarnings("NullAway") // passing null where it is not allowed is the point
    void nullSettings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheServices.connect((CacheSettings) null))
                .withMessage("settings is null");
    }

    private static String chosen(Map<String, String> environment) {
        return uriOf(CacheServices.fromEnvironment(environment));
    }

    private static String uriOf(CacheServicePort cache) {
        return ((StubAdapterProvider.Chosen) cache).uri;
    }

    /** The stub does not answer to memory:, so that choice shows as the error that names its artifact. */
    private static void assertInMemory(Map<String, String> environment) {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> CacheServices.fromEnvironment(environment))
                .withMessageContaining("cache-inmemory");
    }
}
