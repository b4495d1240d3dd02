package io.cacheport.benchmarks.hit;

import static java.util.Objects.requireNonNull;

import io.cacheport.benchmarks.RunSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One row: a JVM of its own, for what the compiler has learnt of one library must not be held against the next. */
record Fork(Place place, Stored stored, Scene scene, String uri, RunSettings settings) {

    private static final TimeValue QUICK = TimeValue.milliseconds(150);
    private static final TimeValue IN_MEMORY = TimeValue.milliseconds(600);
    private static final TimeValue IN_REDIS = TimeValue.milliseconds(900);

    Measured measure(String peer) throws RunnerException {
        boolean timed = place == Place.REDIS;
        TimeValue turn = settings.quick() ? QUICK : timed ? IN_REDIS : IN_MEMORY;
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Calls.class.getName() + "\\." + scene.call() + "$")
                .param("name", peer)
                .param("place", place.name())
                .param("stored", stored.name())
                .mode(timed ? Mode.SampleTime : Mode.Throughput)
                .timeUnit(TimeUnit.MICROSECONDS)
                .threads(scene.threads())
                .forks(1)
                .warmupIterations(settings.quick() ? 1 : 2)
                .warmupTime(turn)
                .measurementIterations(settings.quick() ? 1 : 3)
                .measurementTime(turn)
                .timeout(TimeValue.seconds(60))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .jvmArgs(arguments());
        if (scene.virtual()) {
            options.jvm(requireNonNull(settings.virtualThreadsJava()).toString());
        }
        return Measured.of(new Runner(options.build()).runSingle());
    }

    private String[] arguments() {
        List<String> arguments = new ArrayList<>(List.of("-Xmx1g", "-D" + FilledPeer.URI_PROPERTY + "=" + uri));
        if (scene.virtual()) {
            arguments.add("-Djmh.executor=VIRTUAL");
        }
        return arguments.toArray(String[]::new);
    }
}
