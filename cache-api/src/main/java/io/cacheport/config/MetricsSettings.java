package io.cacheport.config;

import java.time.Duration;

/**
 * Meters and statistics. Each setting's {@link Setting#description} says what it does.
 *
 * @since 0.1
 */
public final class MetricsSettings {

    static final Group GROUP = new Group("Meters and statistics");

    public static final Setting<Boolean> ENABLED = GROUP.add(
            "metrics.enabled",
            "CACHE_METRICS_ENABLED",
            Rules.truth(),
            true,
            "Whether the service should register meters; for it to ask.");

    public static final Setting<Duration> STATS_LOG = GROUP.add(
            "metrics.stats-log",
            "CACHE_STATS_LOG_SECONDS",
            Rules.duration(TimeText.Unit.S, Duration.ofSeconds(1), Duration.ofDays(1)),
            "How often statistics are logged, by the StatsLog that the settings give; not at all unless set.");

    private MetricsSettings() {}
}
