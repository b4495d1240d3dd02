package io.cacheport.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * The caller's supplier of credentials, asked by each connection that is made, on a thread that is there only for that:
 * it may block. While it is being asked, all who ask wait for the one answer, so that a slow one is not asked more and
 * more often, and one that is slower than a connect attempt still has an answer for the next.
 */
final class SuppliedCredentials implements RedisCredentialsProvider, AutoCloseable {

    private final Supplier<RedisCredentials> supplier;
    private CompletableFuture<RedisCredentials> latest =
            CompletableFuture.failedFuture(new IllegalStateException("not asked yet"));
    private final ExecutorService thread =
            new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread asking = new Thread(task, "cacheport-credentials");
                asking.setDaemon(true);
                return asking;
            });

    SuppliedCredentials(Supplier<RedisCredentials> supplier) {
        this.supplier = supplier;
    }

    @Override
    public Mono<RedisCredentials> resolveCredentials() {
        // a copy, since others may wait for the same answer when this one gives up
        return Mono.fromFuture(
                () -> ask().copy().orTimeout(RedisUris.HANDSHAKE_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS));
    }

    private synchronized CompletableFuture<RedisCredentials> ask() {
        if (latest.isDone()) {
            CompletableFuture<RedisCredentials> answer = new CompletableFuture<>();
            latest = answer;
            try {
                thread.execute(() -> answer(answer));
            } catch (RejectedExecutionException closed) {
                answer.completeExceptionally(closed);
            }
        }
        return latest;
    }

    private void answer(CompletableFuture<RedisCredentials> answer) {
        try {
            RedisCredentials credentials = supplier.get();
            if (credentials == null) {
                answer.completeExceptionally(none("gave null"));
            } else {
                answer.complete(credentials);
            }
        } catch (Throwable failure) { // whatever it is, somebody waits for the answer
            answer.completeExceptionally(none("threw " + failure.getClass().getName()));
        }
    }

    /** As Redis says it to one who brings none; not with the caller's message, which may tell what nobody should read. */
    private static RedisCommandExecutionException none(String what) {
        return new RedisCommandExecutionException("NOAUTH the supplier of credentials " + what);
    }

    /** Whoever waits for an answer gets none now: one that came later would go on with its connect on threads that ended. */
    @Override
    public void close() {
        thread.shutdownNow();
        CompletableFuture<RedisCredentials> pending;
        synchronized (this) {
            pending = latest;
        }
        pending.completeExceptionally(none("was not waited for: the cache is closed"));
    }
}
