package io.cacheport.redis.faults;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs calls that may hang for a minute, and says in a few words what came of them. */
final class Naive {

    private Naive() {}

    /**
     * What the call came to: its value as text, {@code "hung over 2 s"}, or the simple name of what it threw. A call that
     * hangs is left behind in a daemon thread.
     */
    static String attempt(Duration limit, Callable<?> call) throws InterruptedException {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        outcome.complete(String.valueOf(call.call()));
                    } catch (Throwable failure) { // errors too: the naive way may well run out of memory
                        outcome.complete(failure.getClass().getSimpleName());
                    }
                },
                "naive");
        thread.setDaemon(true);
        thread.start();
        try {
            return outcome.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException hung) {
            return "hung over " + seconds(limit);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() % 1_000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
