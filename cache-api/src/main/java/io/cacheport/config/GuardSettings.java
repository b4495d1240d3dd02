package io.cacheport.config;

import java.time.Duration;

/**
 * What happens when Redis is ill or away. Each setting's {@link Setting#description} says what it does.
 *
 * @since 0.1
 */
public final class GuardSettings {

    static final Group GROUP = new Group("When Redis is ill or away");

    public static final Setting<Integer> FAILURE_THRESHOLD = GROUP.add(
            "circuit.failure-threshold",
            "CACHE_CB_FAILURE_THRESHOLD",
            Rules.intFrom(1, 1_000_000),
            20,
            5,
            "Calls within the period below which a circuit does not open; with a dead node, failures that open it.");

    public static final Setting<Duration> RECOVERY_TIMEOUT = GROUP.add(
            "circuit.recovery-timeout",
            "CACHE_CB_RECOVERY_TIMEOUT",
            Rules.duration(TimeText.Unit.MS, Duration.ofMillis(1), Duration.ofHours(1)),
            Duration.ofMillis(500),
            Duration.ofMinutes(1),
            "How long it stays open before the node is probed, and between probes.");

    public static final Setting<Duration> MONITORING_PERIOD = GROUP.add(
            "circuit.monitoring-period",
            "CACHE_CB_MONITORING_PERIOD",
            Rules.duration(TimeText.Unit.MS, Duration.ofSeconds(1), Duration.ofHours(1))
                    .only(
                            "whole seconds from 1s to 1h, in ms or with a unit (ms, s, m, h, d)",
                            period -> period.toMillis() % 1_000 == 0),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            "How far back calls count.");

    public static final Setting<Integer> HALF_OPEN_MAX_CALLS = GROUP.add(
            "circuit.half-open-max-calls",
            "CACHE_CB_HALF_OPEN_MAX_CALLS",
            Rules.intFrom(1, 1_000),
            3,
            "Calls of the probe that decide whether it closes.");

    public static final Setting<Integer> FAILURE_RATE = GROUP.add(
            "circuit.failure-rate",
            "CACHE_CB_FAILURE_RATE",
            Rules.intFrom(1, 100),
            50,
            "Percentage of calls that failed from which it opens.");

    public static final Setting<Integer> SLOW_CALL_RATE = GROUP.add(
            "circuit.slow-call-rate",
            "CACHE_CB_SLOW_CALL_RATE",
            Rules.intFrom(1, 100),
            50,
            "Percentage of slow calls from which it opens.");

    public static final Setting<Duration> MAX_LATENCY = GROUP.add(
            "circuit.max-latency",
            "CACHE_MAX_LATENCY_MS",
            Rules.duration(TimeText.Unit.MS, Duration.ofMillis(1), Duration.ofHours(1)),
            null,
            Duration.ofMillis(100),
            "From when on a call is slow, below the command timeout; half of that where it is not set.");

    public static final Setting<Integer> JOURNAL_LIMIT = GROUP.add(
            "journal-limit",
            "CACHE_JOURNAL_LIMIT",
            Rules.intFrom(1, 10_000_000),
            100_000,
            "Keys whose removal is kept while Redis is away; more become one removal of everything.");

    public static final Setting<Integer> LOAD_LIMIT = GROUP.add(
            "load-limit.concurrent",
            "CACHE_LOAD_LIMIT",
            Rules.intFrom(1, 100_000),
            64,
            "Loads that run at once while Redis is away.");

    public static final Setting<Duration> LOAD_LIMIT_WAIT = GROUP.add(
            "load-limit.wait",
            "CACHE_LOAD_LIMIT_WAIT_MS",
            Rules.duration(TimeText.Unit.MS, Duration.ZERO, Duration.ofHours(1)),
            Duration.ofSeconds(1),
            "How long a caller waits for its turn to load then.");

    private GuardSettings() {}
}
