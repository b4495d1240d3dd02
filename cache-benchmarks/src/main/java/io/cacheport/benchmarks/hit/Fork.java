package io.cacheport.benchmarks.hit;

import static java.util.Objects.requireNonNull;

import io.cacheport.benchmarks.Jmh;
import io.cacheport.benchmarks.RunSettings;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/** Measures a row of a table. */
record Fork(Stored stored, Scene scene, String uri, RunSettings settings) {

    private static final int IN_MEMORY_MILLIS = 500;
    private static final int IN_REDIS_MILLIS = 800;

    /** From so many threads on the compiler is late with two turns: it has to share the processors with them. */
    private static final int MANY = 64;

    private static final int WARM_UPS_OF_MANY = 4;

    Measured measure(String peer) throws RunnerException {
        boolean timed = scene.place().isRemote();
        ChainedOptionsBuilder options = Jmh.options(
                        Calls.class, scene.call(), timed ? IN_REDIS_MILLIS : IN_MEMORY_MILLIS, settings)
                .param("name", peer)
                .param("place", scene.place().name())
                .param("stored", stored.name())
                .mode(timed ? Mode.SampleTime : Mode.Throughput)
                .threads(scene.threads());
        if (scene.threads() >= MANY && !settings.quick()) {
            options.warmupIterations(WARM_UPS_OF_MANY);
        }
        String redis = "-D" + FilledPeer.URI_PROPERTY + "=" + uri;
        if (scene.virtual()) {
            options.forks(1)
                    .jvm(requireNonNull(settings.virtualThreadsJava()).toString())
                    .jvmArgs("-Xmx1g", redis, "-Djmh.executor=VIRTUAL");
        } else {
            options.jvmArgs("-Xmx1g", redis);
        }
        System.setProperty(FilledPeer.URI_PROPERTY, uri); // for a run in this JVM
        return Measured.of(Jmh.run(options));
    }
}
