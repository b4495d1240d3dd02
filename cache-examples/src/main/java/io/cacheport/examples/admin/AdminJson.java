package io.cacheport.examples.admin;

import io.cacheport.CacheStats;
import io.cacheport.RateWindow;
import io.cacheport.admin.WarmStatus;
import io.cacheport.guard.CircuitState;
import io.cacheport.warm.WarmReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The plugin's answers, of texts and numbers alone, so that any JSON library writes them alike. */
final class AdminJson {

    private AdminJson() {}

    static Statistics of(CacheStats stats) {
        return new Statistics(
                stats.hits(),
                stats.misses(),
                stats.totalRequests(),
                stats.hitRatePercent(),
                stats.sets(),
                stats.deletes(),
                stats.errors(),
                stats.keys(),
                stats.recent().stream().map(AdminJson::of).toList());
    }

    private static Window of(RateWindow window) {
        return new Window(
                window.window().toSeconds(), window.hitRate(), window.operationsPerSecond(), window.errorRate());
    }

    static Map<String, Warming> of(Map<String, WarmStatus> warmings) {
        Map<String, Warming> all = new TreeMap<>();
        warmings.forEach((name, status) -> all.put(name, of(status)));
        return all;
    }

    private static Warming of(WarmStatus status) {
        WarmReport report = status.report();
        return report == null
                ? new Warming(status.running(), 0, 0, 0, 0, status.failure())
                : new Warming(
                        status.running(),
                        report.asked(),
                        report.loaded(),
                        report.found(),
                        report.failed() + report.refused(),
                        status.failure());
    }

    static Map<String, String> ofCircuits(Map<String, CircuitState> circuits) {
        Map<String, String> all = new TreeMap<>();
        circuits.forEach((node, state) -> all.put(node, state.tag()));
        return all;
    }

    /** As {@link CacheStats}. */
    record Statistics(
            long hits,
            long misses,
            long totalRequests,
            String hitRate,
            long sets,
            long deletes,
            long errors,
            long keys,
            List<Window> recent) {}

    /** As {@link RateWindow}; rates between 0 and 1. */
    record Window(long seconds, double hitRate, double operationsPerSecond, double errorRate) {}

    /**
     * How a warming stands.
     *
     * @param failed keys whose load failed, or which the cache did not take
     * @param failure the class of what was thrown; null if nothing was
     */
    record Warming(
            boolean running,
            long asked,
            long loaded,
            long found,
            long failed,
            @Nullable String failure) {}
}
