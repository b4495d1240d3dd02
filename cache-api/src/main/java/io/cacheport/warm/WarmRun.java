package io.cacheport.warm;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * A warming on a thread of its own. Thread-safe.
 *
 * @since 0.1
 */
public final class WarmRun implements AutoCloseable {

    private final WarmJob<?> job;
    private final CompletableFuture<WarmReport> done = new CompletableFuture<>();
    private final WarmThread thread;

    private <K> WarmRun(String name, WarmJob<K> job, Stream<? extends K> keys) {
        this.job = job;
        this.thread = new WarmThread(name, () -> {
            try {
                done.complete(job.run(keys));
            } catch (Throwable broken) {
                done.completeExceptionally(broken);
                throw broken;
            }
        });
    }

    static <K> WarmRun start(String name, WarmJob<K> job, Stream<? extends K> keys) {
        WarmRun run = new WarmRun(name, job, keys);
        run.thread.start();
        return run;
    }

    /** How far it has come. */
    public WarmReport report() {
        return job.report();
    }

    /** Completed when it has ended, for whatever reason; never with an exception, but for an {@link Error}. */
    public CompletionStage<WarmReport> done() {
        return done.minimalCompletionStage();
    }

    /** Tells it to end after the batch under way, and returns at once. */
    public void cancel() {
        job.cancel();
    }

    /** Ends it: it has a second to finish its batch and is then interrupted. Returns within two seconds. */
    @Override
    public void close() {
        job.cancel();
        thread.end();
    }
}
