package io.cacheport.stats;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.LoadStats;
import io.cacheport.RateWindow;
import io.cacheport.guard.CircuitState;
import io.cacheport.guard.Guard;
import io.cacheport.guard.GuardedCache;
import io.cacheport.spi.CacheTelemetry;
import io.cacheport.tiered.TieredCache;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes what a cache did in the last minutes to the log, at INFO, on a daemon thread of its own: for services whose log is
 * all there is. Where meters are collected it is not needed.
 *
 * <pre>{@code
 * StatsLog log = StatsLog.every(Duration.ofMinutes(5), cache, "catalog"); // and close it with the cache
 * }</pre>
 *
 * <p>One line each time, {@code cache statistics}, with key-value pairs: {@code cache}, the hit rate and operations per second
 * of each window ({@code hitRate1m}, {@code perSecond1m}, and of 5 and 15 minutes), {@code errorRate1m}, {@code keys}, and
 * where they are known {@code loads}, {@code averageLoadMillis}, {@code coalesced}, {@code staleHits}, {@code circuitsOpen} and
 * {@code pendingInvalidations}. Each costs what {@code getStats} does. Thread-safe.
 *
 * @since 0.1
 */
public final class StatsLog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StatsLog.class);
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final CacheServicePort cache;
    private final String name;
    private final ScheduledExecutorService thread;

    private StatsLog(CacheServicePort cache, String name) {
        this.cache = cache;
        this.name = name;
        this.thread = new ScheduledThreadPoolExecutor(1, code -> {
            Thread made = new Thread(code, "cacheport-stats-log");
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * Begins; the first line comes when the period has passed.
     *
     * @param period one second at least
     * @param name the cache's name in the log
     */
    public static StatsLog every(Duration period, CacheServicePort cache, String name) {
        if (period == null || period.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("period " + period + " is shorter than " + SHORTEST);
        }
        if (cache == null) {
            throw new IllegalArgumentException("cache is null");
        }
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("name " + name + " is blank");
        }
        StatsLog made = new StatsLog(cache, name);
        var unused = made.thread.scheduleAtFixedRate(
                made::write, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        return made;
    }

    /** Writes a line now. */
    public void write() {
        try {
            lineOf(cache.getStats()).log("cache statistics");
        } catch (RuntimeException failure) {
            log.atDebug()
                    .addKeyValue("cache", name)
                    .addKeyValue("exception", failure.getClass().getName())
                    .log("cache statistics cannot be had now");
        }
    }

    private LoggingEventBuilder lineOf(CacheStats stats) {
        LoggingEventBuilder line = log.atInfo().addKeyValue("cache", name);
        for (RateWindow window : stats.recent()) {
            String suffix = window.window().toMinutes() + "m";
            line = line.addKeyValue("hitRate" + suffix, percent(window.hitRate()))
                    .addKeyValue("perSecond" + suffix, decimal(window.operationsPerSecond()));
        }
        if (stats.recent().isEmpty()) {
            line = line.addKeyValue("hitRate", stats.hitRatePercent());
        } else {
            line = line.addKeyValue("errorRate1m", percent(stats.recent().get(0).errorRate()));
        }
        return withGuard(withLoads(line.addKeyValue("keys", stats.keys())));
    }

    private LoggingEventBuilder withLoads(LoggingEventBuilder line) {
        CacheTelemetry telemetry = CacheTelemetry.of(cache);
        if (telemetry == null) {
            return line;
        }
        LoadStats loads = telemetry.loads().snapshot();
        return line.addKeyValue("loads", loads.loads())
                .addKeyValue("averageLoadMillis", loads.averageTime().toMillis())
                .addKeyValue("coalesced", loads.coalesced())
                .addKeyValue("staleHits", loads.staleHits());
    }

    private LoggingEventBuilder withGuard(LoggingEventBuilder line) {
        CacheServicePort store = TieredCache.storeOf(cache);
        if (!(store instanceof GuardedCache guarded)) {
            return line;
        }
        Guard guard = guarded.guard();
        return line.addKeyValue(
                        "circuitsOpen",
                        guard.circuits().values().stream()
                                .filter(state -> state != CircuitState.CLOSED && state != CircuitState.FORCED_CLOSED)
                                .count())
                .addKeyValue("pendingInvalidations", guard.stats().pending());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f%%", share * 100);
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    /** Writes no more. Does not wait for a line that is being written, and does not close the cache. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
