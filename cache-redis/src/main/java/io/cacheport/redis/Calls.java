package io.cacheport.redis;

import io.cacheport.ErrorCause;
import io.cacheport.spi.Activity;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands and waits for the answers, each call within one time budget whatever happens in it. A command lost with
 * its connection is sent again while the budget lasts, unless it is a write that may have run: a late repeat of one could
 * undo a later deletion. A call that finds the connection down already fails at once: waiting would only add to the harm
 * of a dead Redis.
 */
final class Calls {

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final Duration LONGEST_QUICK_STEP = Duration.ofSeconds(2);

    private final RedisLink link;
    private final long budgetNanos;
    private final long stepNanos;
    private final int retries;

    /** What a command does to the store, which decides what repeating it would do and what a refusal means. */
    enum Kind {
        /** Changes nothing. */
        READ(Activity.FAR_READ),
        /** Removes: again does no harm. */
        REMOVAL(Activity.FAR_REMOVAL),
        /** Takes a lease with a token of its own: again finds that token. */
        LEASE(Activity.FAR_LEASE),
        /** Stores: again might undo what came in between. */
        WRITE(Activity.FAR_WRITE);

        private final Activity activity;

        Kind(Activity activity) {
            this.activity = activity;
        }

        /** As who watches calls it. */
        Activity activity() {
            return activity;
        }

        boolean isRepeatable() {
            return this != WRITE;
        }

        boolean isWrite() {
            return this != READ;
        }
    }

    /** One command, or several sent together. */
    interface Command<R> {
        CompletionStage<R> send(RedisClusterAsyncCommands<byte[], byte[]> commands) throws CommandFailure;
    }

    Calls(RedisLink link, RedisSettings settings) {
        this.link = link;
        this.budgetNanos = settings.commandTimeout().toNanos();
        this.stepNanos = stepTimeout(settings).toNanos();
        this.retries = settings.retries();
    }

    /** How long one step of a long walk may take: longer than a quick call, since the walk itself slows the server. */
    static Duration stepTimeout(RedisSettings settings) {
        Duration quick = settings.commandTimeout();
        return quick.compareTo(LONGEST_QUICK_STEP) < 0 ? LONGEST_QUICK_STEP : quick;
    }

    <R> R call(Kind kind, Command<R> command) throws CommandFailure {
        return call(kind, command, budgetNanos);
    }

    /** Without a second attempt. */
    <R> R once(Kind kind, Command<R> command) throws CommandFailure {
        requireUp();
        return await(send(kind, command), System.nanoTime() + budgetNanos, kind);
    }

    /** With the budget of a step in a walk. */
    <R> R step(Kind kind, Command<R> command) throws CommandFailure {
        return call(kind, command, stepNanos);
    }

    /** See {@link RedisLink#commandsOf}. */
    RedisAsyncCommands<byte[], byte[]> commandsOf(String node) throws CommandFailure {
        requireUp();
        return link.commandsOf(node);
    }

    private <R> R call(Kind kind, Command<R> command, long budget) throws CommandFailure {
        requireUp();
        long deadline = System.nanoTime() + budget;
        for (int attempt = 0; ; attempt++) {
            try {
                return await(send(kind, command), deadline, kind);
            } catch (CommandFailure failure) {
                if (attempt >= retries
                        || !isWorthRepeating(failure, kind, attempt)
                        || !isUpAfterPause(attempt, deadline)) {
                    throw failure;
                }
            }
        }
    }

    /** Waits a moment, and then for the connection as long as there is time for it; false if it did not come back. */
    private boolean isUpAfterPause(int attempt, long deadline) {
        long pause = pauseAfter(attempt);
        while (deadline - System.nanoTime() > pause) {
            LockSupport.parkNanos(pause);
            if (link.isUp()) {
                return true;
            }
            if (Thread.currentThread().isInterrupted()) {
                return false; // parking would not wait any more
            }
        }
        return false;
    }

    /** Sends without waiting; whoever does may wait for the answer in a later {@link #step}. */
    <R> CompletableFuture<R> send(Kind kind, Command<R> command) throws CommandFailure {
        try {
            return command.send(link.commands()).toCompletableFuture();
        } catch (RuntimeException failure) {
            throw CommandFailure.of(failure, kind.isWrite());
        }
    }

    /** Lost on the way, and harmless to repeat; or refused while the connection comes back, which says it did not run. */
    private static boolean isWorthRepeating(CommandFailure failure, Kind kind, int attempt) {
        return failure.errorCause() == ErrorCause.UNAVAILABLE
                && (failure.mayHaveRun() ? kind.isRepeatable() : attempt > 0);
    }

    /** Doubles each time, of which a random half to all is waited. */
    private static long pauseAfter(int attempt) {
        long full = FIRST_PAUSE_NANOS << Math.min(attempt, 7);
        return full / 2 + ThreadLocalRandom.current().nextLong(full / 2);
    }

    /**
     * Several commands sent together, each with an outcome of its own, in order: on a cluster one node's trouble is not
     * the others'. All within one budget.
     */
    <R> List<Outcome<R>> callEach(Kind kind, List<Command<R>> commands) {
        if (commands.size() == 1) {
            return List.of(outcome(() -> call(kind, commands.get(0))));
        }
        long deadline = System.nanoTime() + budgetNanos;
        List<Outcome<CompletableFuture<R>>> sent = new ArrayList<>(commands.size());
        for (Command<R> command : commands) {
            sent.add(outcome(() -> {
                requireUp();
                return send(kind, command);
            }));
        }
        List<Outcome<R>> outcomes = new ArrayList<>(sent.size());
        for (Outcome<CompletableFuture<R>> one : sent) {
            outcomes.add(outcome(() -> await(one.orThrow(), deadline, kind)));
        }
        return outcomes;
    }

    /** What became of a command: an answer, which Redis may leave null, or a failure. */
    record Outcome<R extends @Nullable Object>(
            R answer, @Nullable CommandFailure failure) {

        R orThrow() throws CommandFailure {
            if (failure != null) {
                throw failure;
            }
            return answer;
        }
    }

    private interface Attempt<R> {
        R run() throws CommandFailure;
    }

    @SuppressWarnings("NullAway") // a failure has no answer, and nobody asks for it
    private static <R> Outcome<R> outcome(Attempt<R> attempt) {
        try {
            return new Outcome<>(attempt.run(), null);
        } catch (CommandFailure failure) {
            return new Outcome<>(null, failure);
        }
    }

    private void requireUp() throws CommandFailure {
        if (link.isClosed()) {
            throw CommandFailure.closed();
        }
        if (!link.isUp()) {
            throw CommandFailure.notConnected();
        }
    }

    private static <R> R await(CompletableFuture<R> sent, long deadline, Kind kind) throws CommandFailure {
        try {
            return sent.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            throw CommandFailure.of(cause == null ? failure : cause, kind.isWrite());
        } catch (TimeoutException | RuntimeException failure) {
            sent.cancel(true);
            throw CommandFailure.of(failure, kind.isWrite());
        } catch (InterruptedException interrupted) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw CommandFailure.interrupted(interrupted);
        }
    }
}
