package io.cacheport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.guard.CircuitBreakerPolicy;
import io.cacheport.key.KeySpace;
import io.cacheport.lock.LockOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which source counts, and what is said of each. */
class CacheSettingsTest {

    @TempDir
    Path directory;

    private Path file(String... lines) throws IOException {
        return Files.writeString(directory.resolve("shop.properties"), String.join("\n", lines));
    }

    @Test
    void codeBeatsTheEnvironmentBeatsTheFileBeatsTheDefault() throws IOException {
        Path file = file(
                "# shop",
                "cacheport.redis.retries=1",
                "cacheport.redis.command-timeout = 2s",
                "cacheport.journal-limit: 30",
                "shop.name = somebody else's");
        CacheSettings settings = CacheSettings.builder()
                .set(ClientSettings.RETRIES, 7)
                .environment(
                        Map.of("CACHE_RETRIES", "5", "CACHE_COMMAND_TIMEOUT_MS", " 6000 ", "CACHE_LOAD_LIMIT", " "))
                .file(file)
                .build();

        assertThat(settings.get(ClientSettings.RETRIES)).isEqualTo(7);
        assertThat(settings.get(ClientSettings.COMMAND_TIMEOUT)).isEqualTo(Duration.ofSeconds(6));
        assertThat(settings.get(GuardSettings.JOURNAL_LIMIT)).isEqualTo(30);
        assertThat(settings.get(GuardSettings.LOAD_LIMIT)).isEqualTo(64);
        assertThat(settings)
                .hasToString("CacheSettings[cacheport.redis.command-timeout=6s (environment CACHE_COMMAND_TIMEOUT_MS), "
                        + "cacheport.redis.retries=7 (code), "
                        + "cacheport.journal-limit=30 (file " + file + ":4)]");
        assertThat(settings.originOf(GuardSettings.JOURNAL_LIMIT)).isEqualTo(new Origin.Line(file, 4));
        assertThat(settings.isSet(GuardSettings.LOAD_LIMIT)).isFalse();
        assertThat(settings.describe().lines())
                .hasSameSizeAs(Settings.all())
                .contains("cacheport.load-limit.concurrent=64 (default)", "cacheport.redis.url (not set)");
    }

    @Test
    void theEnvironmentMayNameTheFileUnlessCodeDoes() throws IOException {
        Path file = file("cacheport.redis.retries=1");
        Map<String, String> environment = Map.of("CACHE_SETTINGS_FILE", file.toString());

        assertThat(CacheSettings.fromEnvironment(environment).get(ClientSettings.RETRIES))
                .isEqualTo(1);
        Path other = Files.writeString(directory.resolve("other"), "cacheport.redis.retries=2");
        assertThat(CacheSettings.builder()
                        .environment(environment)
                        .file(other)
                        .build()
                        .get(ClientSettings.RETRIES))
                .isEqualTo(2);
        assertThat(CacheSettings.fromFile(other).originOf(ClientSettings.RETRIES))
                .hasToString("file " + other + ":1");
    }

    @Test
    void theSyntaxIsThatOfPropertiesInUtf8() throws IOException {
        Path file = file(
                "\ufeffcacheport.redis.retries=1",
                "# not continued \\",
                "cacheport.journal-limit=\\",
                "  1\\",
                "  2",
                "",
                "! cacheport.near.entries=no",
                "cacheport.redis.password=p\u00e4\\u0073s\\\\",
                "cacheport.near.ttl 7");
        CacheSettings settings = CacheSettings.fromFile(file);

        assertThat(settings.get(ClientSettings.RETRIES)).isEqualTo(1);
        assertThat(settings.get(GuardSettings.JOURNAL_LIMIT)).isEqualTo(12);
        assertThat(settings.originOf(GuardSettings.JOURNAL_LIMIT)).isEqualTo(new Origin.Line(file, 3));
        assertThat(settings.get(StoreSettings.REDIS_PASSWORD)).isEqualTo("p\u00e4ss\\");
        assertThat(settings.get(NearSettings.TTL)).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.originOf(NearSettings.TTL)).isEqualTo(new Origin.Line(file, 9));
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() throws IOException {
        Path file = file(
                "cacheport.redis.retries=eleven",
                "cacheport.circuit.failure-treshold=5",
                "cacheport.journal-limit=1",
                "cacheport.journal-limit=1",
                "cacheprot.near.ttl=1",
                "cacheport.settings-file=other",
                "cacheport.circuit.colour=blue",
                "cacheport.key.prefix=\\u12");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheSettings.builder()
                        .file(file)
                        .environment(Map.of("CACHE_LOAD_LIMIT", "0", "REDIS_PORT", "x"))
                        .build())
                .withMessage(String.join(
                        "\n",
                        "9 settings are wrong:",
                        "CACHE_LOAD_LIMIT is \"0\"; allowed are whole numbers from 1 to 100000",
                        "REDIS_PORT is \"x\"; allowed are whole numbers from 1 to 65535",
                        "cacheport.redis.retries (" + file
                                + ":1) is \"eleven\"; allowed are whole numbers from 0 to 10",
                        "cacheport.circuit.failure-treshold (" + file
                                + ":2) is no setting; the nearest is cacheport.circuit.failure-threshold",
                        "cacheport.journal-limit (" + file + ":4) is set in line 3 already",
                        "cacheprot.near.ttl (" + file + ":5) is no setting; the nearest is cacheport.near.ttl",
                        "cacheport.settings-file (" + file + ":6) stands in a settings file, which names no other",
                        "cacheport.circuit.colour (" + file
                                + ":7) is no setting; the nearest is cacheport.circuit.failure-rate",
                        file + ":8 has a \\u that four hexadecimal digits do not follow"));
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        Path none = directory.resolve("none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheSettings.fromFile(none))
                .withMessage("the settings file " + none + " cannot be read as UTF-8: NoSuchFileException");
        Path latin1 = Files.write(
                directory.resolve("latin1"), "cacheport.key.prefix=\u00e4".getBytes(StandardCharsets.ISO_8859_1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheSettings.fromFile(latin1))
                .withMessage("the settings file " + latin1 + " cannot be read as UTF-8: MalformedInputException");
    }

    @Test
    void contradictionsNameBothAndWhereTheyAreFrom() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheSettings.builder()
                        .referenceDefaults()
                        .environment(Map.of("CACHE_COMMAND_TIMEOUT_MS", "100"))
                        .build())
                .withMessage("cacheport.circuit.max-latency=100ms (reference default) is not below"
                        + " cacheport.redis.command-timeout=100ms (environment CACHE_COMMAND_TIMEOUT_MS),"
                        + " so no call could be slow");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        CacheSettings.fromEnvironment(Map.of("CACHE_MEMORY_BYTES", "1", "CACHE_MEMORY_ENTRIES", "1")))
                .withMessageContainingAll(
                        "cacheport.memory.bytes=1 (environment CACHE_MEMORY_BYTES) and cacheport.memory.entries=1",
                        "needs cacheport.memory.copying");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheSettings.fromEnvironment(
                        Map.of("CACHE_KEY_PREFIX", "p".repeat(60), "CACHE_MAX_KEY_LENGTH", "64")))
                .withMessageContainingAll("cacheport.key.prefix=ppp", "cacheport.key.max-length=64");
    }

    @Test
    void theDefaultsAreThoseOfTheTypes() {
        CacheSettings defaults = CacheSettings.defaults();

        assertThat(defaults.circuitBreaker()).isEqualTo(CircuitBreakerPolicy.defaults());
        assertThat(defaults.loadLimit()).hasToString("LoadLimit[64 at once, wait PT1S]");
        assertThat(defaults).isEqualTo(CacheSettings.fromEnvironment(Map.of())).hasToString("CacheSettings[]");
    }

    @Test
    void objectsAreMadeOfTheReferenceDefaults() {
        CacheSettings reference = CacheSettings.builder().referenceDefaults().build();

        assertThat(reference.circuitBreaker())
                .isEqualTo(CircuitBreakerPolicy.defaults()
                        .minimumCalls(5)
                        .recovery(Duration.ofMinutes(1))
                        .window(Duration.ofMinutes(5))
                        .halfOpenCalls(3)
                        .slowCalls(50, Duration.ofMillis(100)));
        assertThat(reference.keySpace()).isEqualTo(KeySpace.of("chat").version(1));
        assertThat(reference.keySpace().key("profile", "user", 7)).isEqualTo("chat:v1:profile:user:7");
        assertThat(reference.lockOptions())
                .isEqualTo(LockOptions.lease(Duration.ofSeconds(30))
                        .waitAtMost(Duration.ofMillis(300))
                        .backoff(Duration.ofMillis(100), Duration.ofMillis(100)));
    }

    @Test
    void equalByValueWhereverItIsFrom() {
        CacheSettings code =
                CacheSettings.builder().set(ClientSettings.RETRIES, 1).build();
        CacheSettings environment = CacheSettings.fromEnvironment(Map.of("CACHE_RETRIES", "1"));

        assertThat(code).isEqualTo(environment).hasSameHashCodeAs(environment).isNotEqualTo(CacheSettings.defaults());
    }
}
