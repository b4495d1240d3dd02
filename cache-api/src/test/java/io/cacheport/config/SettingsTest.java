package io.cacheport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each setting by itself: its names, its rule and its defaults. */
class SettingsTest {

    static List<Setting<?>> all() {
        return Settings.all();
    }

    /** As they stand in the reference; the URL, the password and the nodes are examples there, and have no default. */
    @ParameterizedTest
    @CsvSource(delimiter = '=', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
                    ADAPTERS_PRESET =
                    REDIS_URL =
                    REDIS_HOST = localhost
                    REDIS_PORT = 6379
                    REDIS_PASSWORD =
                    REDIS_CLUSTER_ENABLED = false
                    REDIS_CLUSTER_NODES =
                    CACHE_CB_FAILURE_THRESHOLD = 5
                    CACHE_CB_RECOVERY_TIMEOUT = 60000
                    CACHE_CB_MONITORING_PERIOD = 300000
                    CACHE_CB_HALF_OPEN_MAX_CALLS = 3
                    CACHE_KEY_PREFIX = chat
                    CACHE_KEY_VERSION = v1
                    CACHE_KEY_SEPARATOR = :
                    CACHE_MAX_KEY_LENGTH = 250
                    CACHE_PROFILE_TTL = 86400
                    CACHE_PRESENCE_TTL = 30
                    CACHE_TYPING_TTL = 5
                    CACHE_SESSION_TTL = 3600
                    CACHE_RATE_LIMIT_TTL = 60
                    CACHE_STALE_MARKER_TTL = 300
                    CACHE_MAX_LATENCY_MS = 100
                    CACHE_BATCH_SIZE = 100
                    CACHE_WARMUP_ENABLED = true
                    CACHE_METRICS_ENABLED = true
                    CACHE_LOCK_DEFAULT_TTL = 30
                    CACHE_LOCK_RETRY_DELAY = 100
                    CACHE_LOCK_MAX_RETRIES = 3
                    """)
    void everyVariableOfTheReferenceIsKnownWithItsDefault(String variable, String value) {
        Setting<?> setting = named(variable);
        CacheSettings reference = CacheSettings.builder().referenceDefaults().build();

        assertThat((Optional<?>) reference.find(setting))
                .isEqualTo(Optional.ofNullable(value).map(setting::parse));
        if (value != null) {
            assertThat(CacheSettings.fromEnvironment(Map.of(variable, value)).get(setting))
                    .isEqualTo(reference.get(setting));
        }
    }

    @Test
    void theReferenceDefaultsAreSaidToBeSuch() {
        CacheSettings asked =
                CacheSettings.fromEnvironment(Map.of("CACHE_DEFAULTS", "reference", "CACHE_CB_FAILURE_THRESHOLD", "7"));

        assertThat(asked.originOf(GuardSettings.RECOVERY_TIMEOUT)).hasToString("reference default");
        assertThat(asked.get(GuardSettings.FAILURE_THRESHOLD)).isEqualTo(7);
        assertThat(asked.originOf(LockSettings.TTL)).hasToString("default");
        assertThat(CacheSettings.defaults().find(StoreSettings.REDIS_HOST)).isEmpty();
    }

    @Test
    void noNameIsGivenTwice() {
        assertThat(all()).extracting(Setting::property).doesNotHaveDuplicates();
        assertThat(all()).extracting(Setting::variable).doesNotHaveDuplicates();
        assertThat(all()).extracting(Setting::property).allMatch(name -> name.matches("cacheport(\\.[a-z0-9-]+)+"));
        assertThat(all()).extracting(Setting::variable).allMatch(name -> name.matches("[A-Z0-9]+(_[A-Z0-9]+)+"));
    }

    @ParameterizedTest
    @MethodSource("all")
    <T> void defaultsKeepTheRuleAndTheirTextIsReadBack(Setting<T> setting) {
        Stream.concat(setting.defaultValue().stream(), setting.referenceDefault().stream())
                .forEach(value -> assertThat(setting.parse(setting.text(value))).isEqualTo(value));
        assertThat(setting.description()).endsWith(".");
        assertThat(setting.referenceDefault()
                        .filter(value ->
                                setting.defaultValue().filter(value::equals).isPresent()))
                .as("a reference default that is the default")
                .isEmpty();
    }

    /** One pair for each setting that has such a value; the last of each range is taken, the next refused. */
    private static final List<String> EDGES = List.of(
            "ADAPTERS_PRESET mock mocked",
            "REDIS_URL redis://h localhost",
            "REDIS_HOST ::1 a,b",
            "REDIS_PORT 65535 65536",
            "REDIS_PORT tcp://10.0.0.7:6379 tcp://10.0.0.7:0",
            "REDIS_CLUSTER_ENABLED TRUE yes",
            "REDIS_CLUSTER_NODES a:1,b:2 a:1,",
            "CACHE_DEFAULTS cacheport mine",
            "CACHE_REDIS_KEY_PREFIX shop: shop*",
            "CACHE_COMMAND_TIMEOUT_MS 3600000 3600001",
            "CACHE_CONNECT_TIMEOUT_MS 1 0",
            "CACHE_RETRIES 10 11",
            "CACHE_MAX_VALUE_BYTES 1 0",
            "CACHE_REQUIRED_AT_STARTUP false 0",
            "CACHE_REPLICA_READS true on",
            "CACHE_SHARED_FLUSHES true on",
            "CACHE_REDIS_PROTOCOL resp2 resp4",
            "CACHE_CB_FAILURE_THRESHOLD 1000000 1000001",
            "CACHE_CB_FAILURE_THRESHOLD 1 0",
            "CACHE_CB_FAILURE_THRESHOLD 5 five",
            "CACHE_CB_FAILURE_THRESHOLD 2 2.5",
            "CACHE_CB_RECOVERY_TIMEOUT 1 -1",
            "CACHE_CB_RECOVERY_TIMEOUT 1h 99999999999",
            "CACHE_CB_MONITORING_PERIOD 1000 500",
            "CACHE_CB_MONITORING_PERIOD 1s 1500",
            "CACHE_CB_HALF_OPEN_MAX_CALLS 1000 1001",
            "CACHE_CB_FAILURE_RATE 100 101",
            "CACHE_CB_SLOW_CALL_RATE 1 0",
            "CACHE_MAX_LATENCY_MS 1 0",
            "CACHE_JOURNAL_LIMIT 10000000 10000001",
            "CACHE_LOAD_LIMIT 100000 100001",
            "CACHE_LOAD_LIMIT_WAIT_MS 0 61m",
            "CACHE_MEMORY_ENTRIES 1 0",
            "CACHE_MEMORY_COPYING true no",
            "CACHE_NEAR_ENABLED true no",
            "CACHE_NEAR_ENTRIES 1 0",
            "CACHE_NEAR_TTL 3650d 3651d",
            "CACHE_NEAR_STALENESS_BOUND_MS 100 99",
            "CACHE_NEAR_OR_PUBSUB true no",
            "CACHE_NEAR_SHORT_TTL_MS 1 0",
            "CACHE_NEAR_SERVE_WHILE_DOWN true no",
            "CACHE_KEY_PREFIX a.b a:b",
            "CACHE_KEY_VERSION v999999 v0",
            "CACHE_KEY_SEPARATOR / %",
            "CACHE_MAX_KEY_LENGTH 64 63",
            "CACHE_MAX_KEY_LENGTH 1024 1025",
            "CACHE_PROFILE_TTL 1d 0",
            "CACHE_PRESENCE_TTL 500ms 0s",
            "CACHE_TYPING_TTL 1 0",
            "CACHE_SESSION_TTL 3650d 3651d",
            "CACHE_RATE_LIMIT_TTL 1m 1min",
            "CACHE_STALE_MARKER_TTL 1 -1",
            "CACHE_LOCK_DEFAULT_TTL 86400 86401",
            "CACHE_LOCK_RETRY_DELAY 60000 60001",
            "CACHE_LOCK_MAX_RETRIES 1000 1001",
            "CACHE_WARMUP_ENABLED true no",
            "CACHE_BATCH_SIZE 10000 10001",
            "CACHE_WARMUP_PER_SECOND 2147483647 2147483648",
            "CACHE_METRICS_ENABLED true no",
            "CACHE_STATS_LOG_SECONDS 1d 86401");

    static List<String> edges() {
        return EDGES;
    }

    @ParameterizedTest
    @MethodSource("edges")
    void theLastValueIsTakenAndTheNextRefusedWithNameValueAndRule(String edge) {
        String[] words = edge.split(" ", -1);
        Setting<?> setting = named(words[0]);

        assertThat(roomFor(words[0], words[1]).isSet(setting)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheSettings.fromEnvironment(Map.of(words[0], words[2])))
                .withMessage(words[0] + " is \"" + (setting.isSecret() ? "***" : words[2]) + "\"; allowed are "
                        + setting.allowed());
    }

    /** With what else such a value needs; and the objects that are made of it take it too. */
    private static CacheSettings roomFor(String variable, String value) {
        Map<String, String> needed =
                variable.equals("CACHE_COMMAND_TIMEOUT_MS") ? Map.of() : Map.of("CACHE_COMMAND_TIMEOUT_MS", "1h");
        CacheSettings settings = CacheSettings.builder()
                .set(KeySettings.PREFIX, "chat")
                .environment(Stream.of(needed, Map.of(variable, value))
                        .flatMap(map -> map.entrySet().stream())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .build();
        assertThat(List.of(
                        settings.circuitBreaker(), settings.loadLimit(), settings.keySpace(), settings.lockOptions()))
                .hasSize(4);
        return settings;
    }

    @Test
    void everySettingWithARuleHasAnEdgeHere() {
        List<String> free = List.of(
                "REDIS_PASSWORD",
                "CACHE_SENTINEL_PASSWORD",
                "CACHE_SETTINGS_FILE",
                "CACHE_TRUSTED_CERTIFICATES",
                "CACHE_MEMORY_BYTES");
        assertThat(all())
                .extracting(Setting::variable)
                .allMatch(name -> free.contains(name) || EDGES.stream().anyMatch(edge -> edge.startsWith(name + " ")));
    }

    @Test
    void codeMayNotSetWhatATextMayNot() {
        CacheSettingsBuilder builder = CacheSettings.builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.set(ClientSettings.COMMAND_TIMEOUT, Duration.ofNanos(1)))
                .withMessageContainingAll("cacheport.redis.command-timeout", "PT0.000000001S", "1ms to 1h");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.set(GuardSettings.FAILURE_THRESHOLD, 0))
                .withMessage(
                        "cacheport.circuit.failure-threshold is \"0\"; allowed are whole numbers from 1 to 1000000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.set(StoreSettings.SETTINGS_FILE, Path.of("x")))
                .withMessage("cacheport.settings-file is set with file(path)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.set(StoreSettings.REDIS_URL, "s3cret"))
                .withMessageContaining("\"***\"");
    }

    @Test
    void whatIsNotSetAndHasNoDefaultIsSaid() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> CacheSettings.defaults().keySpace())
                .withMessage("cacheport.key.prefix (CACHE_KEY_PREFIX) is not set and has no default");
    }

    private static Setting<?> named(String variable) {
        return all().stream()
                .filter(setting -> setting.variable().equals(variable))
                .findFirst()
                .orElseThrow(() -> new AssertionError(variable + " is no setting"));
    }
}
