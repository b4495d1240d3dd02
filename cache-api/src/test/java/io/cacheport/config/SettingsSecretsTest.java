package io.cacheport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cacheport.CacheServices;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What is logged: names, never secrets. */
class SettingsSecretsTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.cacheport");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setAdditive(false);
        logger.setLevel(Level.DEBUG);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    private List<String> logged() {
        return lines.list.stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage() + " " + line.getKeyValuePairs())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://:s3cret@h:1",
                "redis://user:s3cret@h:1/2?prefix=a:",
                "rediss-sentinel://:s3cret@h:1,g:2/mymaster/1",
                "redis-cluster://:s3cret@a,b:1",
                "redis://s3cret@h",
                "redis://:s3cret",
                "redis://user:s3cret",
                "redis://u:s3cret/x@h",
                "redis://u:1/s3cret@h",
                "redis://u:1/2?s3cret@h",
                "redis://u:1?prefix=s3cret@h",
                "redis://u:p@s3cret@h",
                "redis:s3cret@h",
                "redis:/u:s3cret@h",
                "memory:s3cret",
                "stub:s3cret",
                "u:s3cret@h",
                ":s3cret@h",
                "s3cret"
            })
    void noPasswordOfAUrlIsShown(String url) {
        Map<String, String> environment = Map.of("REDIS_URL", url, "REDIS_PASSWORD", "s3cret2", "CACHE_URL", "s3cret3");
        Throwable refused = catchThrowable(() -> {
            CacheSettings settings = CacheSettings.fromEnvironment(environment);
            assertThat(settings.toString() + settings.describe())
                    .contains("REDIS_URL")
                    .doesNotContain("s3cret");
        });
        if (refused != null) {
            assertThat(refused).isInstanceOf(IllegalArgumentException.class);
            assertThat(refused.getMessage()).contains("REDIS_URL is \"***\"").doesNotContain("s3cret");
        }
        Throwable unconnected = catchThrowable(() -> CacheServices.fromEnvironment(environment));
        assertThat(String.valueOf(unconnected)).doesNotContain("s3cret");
        assertThat(logged().toString()).contains("CACHE_URL").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "redis://user:pw@h:1/2?prefix=a:, redis://user:***@h:1/2?prefix=a:",
        "redis-sentinel://:pw@h:1/m/1, redis-sentinel://:***@h:1/m/1",
        "'redis-cluster://:pw@a,[::1]:7', 'redis-cluster://:***@a,[::1]:7'",
        "redis://pw@h, redis://***@h",
        "redis://h:1, redis://h:1",
        "memory:copying, memory:copying"
    })
    void theRestOfAUrlIsShown(String url, String shown) {
        assertThat(CacheSettings.builder().set(StoreSettings.REDIS_URL, url).build())
                .hasToString("CacheSettings[cacheport.redis.url=" + shown + " (code)]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REDIS_HOST", "REDIS_CLUSTER_NODES"})
    void aHostThatIsAUrlIsNotShown(String variable) {
        assertThat(catchThrowable(() -> CacheSettings.fromEnvironment(Map.of(variable, "u:s3cret@h"))))
                .hasMessageContaining(variable + " is \"***\"");
    }

    @ParameterizedTest
    @CsvSource({
        "CACHE_CB_FAILURE_TRESHOLD, CACHE_CB_FAILURE_THRESHOLD",
        "CACHE_CB_RECOVERY_TIMOUT_MS, CACHE_CB_RECOVERY_TIMEOUT",
        "CACHE_LOCK_TTL, CACHE_LOCK_DEFAULT_TTL",
        "REDIS_PASSWD, REDIS_PASSWORD",
        "REDIS_URI, REDIS_URL",
        "ADAPTER_PRESET, ADAPTERS_PRESET",
        "CACHE-RETRIES, CACHE_RETRIES"
    })
    void anUnknownVariableIsWarnedOfWithTheNearest(String variable, String nearest) {
        CacheSettings.fromEnvironment(Map.of(variable, "s3cret"));

        assertThat(logged())
                .containsExactly("WARN unknown environment variable, which sets nothing [variable=\"" + variable
                        + "\", nearest=\"" + nearest + "\"]");
    }

    @Test
    void othersVariablesAreLeftAlone() {
        CacheSettings.fromEnvironment(Map.of(
                "REDIS_SERVICE_HOST", "10.0.0.7",
                "REDIS_PORT", "tcp://10.0.0.7:6379",
                "REDIS_PORT_6379_TCP", "tcp://10.0.0.7:6379",
                "REDIS_VERSION", "8",
                "CACHE_SERVICE_HOST", "10.0.0.8",
                "CACHE_PORT_80_TCP_ADDR", "10.0.0.8",
                "CACHEPORT_REDIS_URL", "redis://h",
                "PATH", "/bin"));

        assertThat(logged()).isEmpty();
    }
}
