package io.cacheport.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What all that JMH measures has in common: one method at a time, which fails loudly and prints nothing. */
public final class Jmh {

    /** Under this name JMH reports what a call allocates. */
    public static final String BYTES = "gc.alloc.rate.norm";

    private static final TimeValue QUICK = TimeValue.milliseconds(150);
    private static final TimeValue WARM_UP = TimeValue.seconds(1);

    private static volatile boolean failed;

    private Jmh() {}

    /**
     * The method, in a JVM of its own, for what the compiler has learnt of one candidate must not be held against the next; in a
     * quick run in this one. Microseconds; two turns of a second to warm up, unless the
     * caller asks for more, and three that are measured.
     *
     * @param turnMillis how long a measured turn is, unless it is quick
     */
    public static ChainedOptionsBuilder options(Class<?> type, String method, int turnMillis, RunSettings settings) {
        TimeValue turn = settings.quick() ? QUICK : TimeValue.milliseconds(turnMillis);
        return new OptionsBuilder()
                .include("^" + type.getName() + "\\." + method + "$")
                .timeUnit(TimeUnit.MICROSECONDS)
                .forks(settings.quick() && !failed ? 0 : 1)
                .warmupIterations(settings.quick() ? 1 : 2)
                .warmupTime(settings.quick() ? QUICK : WARM_UP)
                .measurementIterations(settings.quick() ? 1 : 3)
                .measurementTime(turn)
                .timeout(TimeValue.seconds(60))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
    }

    /** Runs it. What a failed run may leave behind in this JVM would spoil the next, which has one of its own from then on. */
    public static RunResult run(ChainedOptionsBuilder options) throws RunnerException {
        try {
            return new Runner(options.build()).runSingle();
        } catch (RunnerException failure) {
            failed = true;
            throw failure;
        }
    }
}
