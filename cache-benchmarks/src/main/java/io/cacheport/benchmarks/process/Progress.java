package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.Suite;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Says what is being done where it does not come into the report. */
final class Progress {

    private Progress() {}

    static void say(Suite suite, String what) {
        double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
        System.err.printf(Locale.ROOT, "%.1f s, %s: %s%n", seconds, suite.name(), what);
    }
}
