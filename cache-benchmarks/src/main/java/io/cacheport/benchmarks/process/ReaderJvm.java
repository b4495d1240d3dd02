package io.cacheport.benchmarks.process;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Another process with a near cache, started anew when it has not answered. For one thread at a time. */
final class ReaderJvm implements AutoCloseable {

    private final Class<?> program;
    private final String[] arguments;
    private ChildJvm jvm;

    /** Waits until it has connected to the Redis. */
    ReaderJvm(Class<?> program, String... arguments) throws IOException, InterruptedException {
        this.program = program;
        this.arguments = arguments.clone();
        this.jvm = start();
    }

    private ChildJvm start() throws IOException, InterruptedException {
        ChildJvm started = ChildJvm.start(ChildJvm.thisJava(), List.of("-Xmx128m"), program, arguments);
        started.awaitReady();
        return started;
    }

    /** Whether it has a copy now, and reads it again and again from now on. */
    boolean bringNear(String key) throws IOException, InterruptedException {
        jvm.tell(key);
        return Reading.NEAR.equals(answer());
    }

    /** When it read something else, on the clock of {@link System#nanoTime}; empty if it did not for five seconds. */
    OptionalLong awaitAnother() throws IOException, InterruptedException {
        String answer = answer();
        return answer == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(answer));
    }

    private @Nullable String answer() throws IOException, InterruptedException {
        String answer = jvm.answer(Reading.PATIENCE);
        if (answer == null) {
            close();
            jvm = start();
        }
        return answer;
    }

    @Override
    public void close() {
        jvm.close();
    }
}
