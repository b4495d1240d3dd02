package io.cacheport.config;

import io.cacheport.CacheServicePort;
import io.cacheport.aside.Cache;
import io.cacheport.guard.CircuitBreakerPolicy;
import io.cacheport.key.KeySpace;
import io.cacheport.lock.LockOptions;
import io.cacheport.spi.LoadLimit;
import io.cacheport.stats.StatsLog;
import io.cacheport.warm.Warming;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value for every setting, and where each is from.
 *
 * <pre>{@code
 * CacheSettings settings = CacheSettings.builder()
 *         .file(Path.of("shop.properties"))
 *         .environment()
 *         .set(ClientSettings.COMMAND_TIMEOUT, Duration.ofMillis(100))
 *         .build();
 * CacheServicePort cache = CacheServices.connect(settings);
 * }</pre>
 *
 * <p>Immutable and thread-safe. Two are equal if their values are, wherever those are from.
 *
 * @since 0.1
 */
public final class CacheSettings {

    private final Map<Setting<?>, Placed<?>> values;

    /** In the order of all settings. */
    CacheSettings(Map<Setting<?>, Placed<?>> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** To put settings together. */
    public static CacheSettingsBuilder builder() {
        return new CacheSettingsBuilder();
    }

    /** The defaults. */
    public static CacheSettings defaults() {
        return builder().build();
    }

    /** Those of this process's environment, and of the file it names, if it names one. */
    public static CacheSettings fromEnvironment() {
        return builder().environment().build();
    }

    /** Those of these variables, and of the file they name, if they name one. */
    public static CacheSettings fromEnvironment(Map<String, String> variables) {
        return builder().environment(variables).build();
    }

    /** Those of this file alone. */
    public static CacheSettings fromFile(Path propertiesFile) {
        return builder().file(propertiesFile).build();
    }

    /**
     * The value.
     *
     * @throws IllegalStateException if it was not set and has no default; see {@link #find}
     */
    public <T> T get(Setting<T> setting) {
        return find(setting)
                .orElseThrow(() -> new IllegalStateException(
                        setting.property() + " (" + setting.variable() + ") is not set and has no default"));
    }

    /** The value; empty if it was not set and has no default. */
    @SuppressWarnings("unchecked") // each setting is there with a value of its own type
    public <T> Optional<T> find(Setting<T> setting) {
        Placed<?> placed = values.get(setting);
        return placed == null ? Optional.empty() : Optional.of((T) placed.value());
    }

    /** Where the value is from; a default also where there is none. */
    public Origin originOf(Setting<?> setting) {
        Placed<?> placed = values.get(setting);
        return placed == null ? Origin.BuiltIn.DEFAULT : placed.origin();
    }

    /** Whether it was set, as opposed to a default. */
    public boolean isSet(Setting<?> setting) {
        return originOf(setting).isSet();
    }

    /** When circuits open and close. */
    public CircuitBreakerPolicy circuitBreaker() {
        return new CircuitBreakerPolicy(
                get(GuardSettings.FAILURE_RATE),
                get(GuardSettings.SLOW_CALL_RATE),
                find(GuardSettings.MAX_LATENCY).orElse(null),
                get(GuardSettings.FAILURE_THRESHOLD),
                get(GuardSettings.MONITORING_PERIOD),
                get(GuardSettings.RECOVERY_TIMEOUT),
                get(GuardSettings.HALF_OPEN_MAX_CALLS));
    }

    /** A new limit for loads while Redis is away. */
    public LoadLimit loadLimit() {
        return LoadLimit.of(get(GuardSettings.LOAD_LIMIT), get(GuardSettings.LOAD_LIMIT_WAIT));
    }

    /**
     * The key space of the service.
     *
     * @throws IllegalStateException if its prefix is not set
     */
    public KeySpace keySpace() {
        return KeySpace.of(get(KeySettings.PREFIX))
                .separator(get(KeySettings.SEPARATOR))
                .maxLength(get(KeySettings.MAX_LENGTH))
                .version(get(KeySettings.VERSION));
    }

    /** How a lock is got and kept: tried for so long as the retries with their pauses take. */
    public LockOptions lockOptions() {
        Duration pause = get(LockSettings.RETRY_DELAY);
        return LockOptions.lease(get(LockSettings.TTL))
                .waitAtMost(pause.multipliedBy(get(LockSettings.MAX_RETRIES)))
                .backoff(pause, pause);
    }

    /** Warming of a view, with batches and a pace as set. */
    public <K, V> Warming<K, V> warming(Cache<K, V> view) {
        return Warming.of(view).batch(get(WarmupSettings.BATCH_SIZE)).perSecond(get(WarmupSettings.PER_SECOND));
    }

    /**
     * The log of the cache's statistics, begun, if a period is set; to be closed with the cache.
     *
     * @param name the cache's name in the log
     */
    public Optional<StatsLog> statsLog(CacheServicePort cache, String name) {
        return find(MetricsSettings.STATS_LOG).map(period -> StatsLog.every(period, cache, name));
    }

    /** All settings, one in a line, with their values and where those are from. Secrets are masked. */
    public String describe() {
        return Settings.all().stream().map(this::show).collect(Collectors.joining("\n"));
    }

    /** One as it may be shown. */
    String show(Setting<?> setting) {
        Placed<?> placed = values.get(setting);
        return placed == null ? setting + " (not set)" : placed.toString();
    }

    private Map<Setting<?>, Object> plain() {
        Map<Setting<?>, Object> plain = new LinkedHashMap<>();
        values.forEach((setting, placed) -> plain.put(setting, placed.value()));
        return plain;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CacheSettings that && plain().equals(that.plain());
    }

    @Override
    public int hashCode() {
        return plain().hashCode();
    }

    /** What was set, and where. Secrets are masked. */
    @Override
    public String toString() {
        return values.values().stream()
                .filter(placed -> placed.origin().isSet())
                .map(Placed::toString)
                .collect(Collectors.joining(", ", "CacheSettings[", "]"));
    }
}
