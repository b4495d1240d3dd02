package io.cacheport.redis;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads of single keys, sent together where many callers read at once: {@value #ALONE} are sent each for itself, as GET; what
 * comes while so many are under way waits for the next answer, and goes as one MGET. Nothing waits for a timer, so few
 * callers wait for nothing, and the more there are the less each costs: one command is written, executed and parsed for all.
 *
 * <p>For one server; a cluster wants the keys of an MGET in one slot. A key that holds no text is absent here if it was
 * asked for with others, as in {@code getAll}, and the wrong type if alone. Group commit is from databases' logs (DeWitt et
 * al., 1984).
 */
final class GatheredReads {

    private static final int ALONE = 8;

    /** What one MGET names at most, so that its answer is no long stay in the server. */
    private static final int MOST = 64;

    private final AtomicInteger free = new AtomicInteger(ALONE);
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    private static final class Waiting extends CompletableFuture<byte[]> {
        final byte[] redisKey;

        Waiting(byte[] redisKey) {
            this.redisKey = redisKey;
        }

        /** Is answered as that is, and cancels it when it is cancelled itself. */
        void becomes(CompletionStage<byte[]> sent) {
            CompletionStage<?> unused = sent.whenComplete((answer, failure) -> {
                if (failure == null) {
                    complete(answer);
                } else {
                    completeExceptionally(failure);
                }
            });
            CompletableFuture<?> unusedToo = whenComplete((answer, failure) -> {
                if (isCancelled()) {
                    sent.toCompletableFuture().cancel(true);
                }
            });
        }
    }

    /** What GET says; to cancel it is to be answered no more. */
    CompletionStage<byte[]> get(RedisClusterAsyncCommands<byte[], byte[]> commands, byte[] redisKey) {
        if (waiting.isEmpty() && tryEnter()) {
            return alone(commands, redisKey);
        }
        Waiting one = new Waiting(redisKey);
        waiting.add(one);
        sendGathered(commands);
        return one;
    }

    /** One that has entered. */
    private CompletionStage<byte[]> alone(RedisClusterAsyncCommands<byte[], byte[]> commands, byte[] redisKey) {
        CompletionStage<byte[]> sent;
        try {
            sent = commands.get(redisKey);
        } catch (RuntimeException rejected) {
            leave(commands);
            throw rejected;
        }
        CompletionStage<?> unused = sent.whenComplete((answer, failure) -> leave(commands));
        return sent;
    }

    private boolean tryEnter() {
        for (int now = free.get(); now > 0; now = free.get()) {
            if (free.compareAndSet(now, now - 1)) {
                return true;
            }
        }
        return false;
    }

    /** Makes room before it looks for who waits, as who waits looks for room afterwards: one of them sees the other. */
    private void leave(RedisClusterAsyncCommands<byte[], byte[]> commands) {
        free.incrementAndGet();
        sendGathered(commands);
    }

    private void sendGathered(RedisClusterAsyncCommands<byte[], byte[]> commands) {
        while (!waiting.isEmpty() && tryEnter()) {
            List<Waiting> together = takeTogether();
            if (together.isEmpty()) {
                free.incrementAndGet();
            } else if (together.size() == 1) {
                sendAlone(commands, together.get(0));
            } else {
                send(commands, together);
            }
        }
    }

    private List<Waiting> takeTogether() {
        List<Waiting> together = new ArrayList<>();
        while (together.size() < MOST) {
            Waiting next = waiting.poll();
            if (next == null) {
                break;
            }
            if (!next.isDone()) {
                together.add(next);
            }
        }
        return together;
    }

    private void sendAlone(RedisClusterAsyncCommands<byte[], byte[]> commands, Waiting one) {
        try {
            one.becomes(alone(commands, one.redisKey));
        } catch (RuntimeException rejected) {
            one.completeExceptionally(rejected);
        }
    }

    private void send(RedisClusterAsyncCommands<byte[], byte[]> commands, List<Waiting> together) {
        CompletionStage<List<KeyValue<byte[], byte[]>>> sent;
        try {
            sent = commands.mget(together.stream().map(one -> one.redisKey).toArray(byte[][]::new));
        } catch (RuntimeException rejected) {
            together.forEach(one -> one.completeExceptionally(rejected));
            leave(commands);
            return;
        }
        CompletionStage<?> unused = sent.whenComplete((answers, failure) -> {
            leave(commands); // the next are on their way while these callers wake up
            if (failure == null) {
                for (int i = 0; i < together.size(); i++) {
                    together.get(i).complete(answers.get(i).getValueOrElse(null));
                }
            } else if (failure instanceof RedisCommandExecutionException) {
                // perhaps for the sake of one key, which the others have nothing to do with
                together.forEach(one -> one.becomes(commands.get(one.redisKey)));
            } else {
                together.forEach(one -> one.completeExceptionally(failure));
            }
        });
    }
}
