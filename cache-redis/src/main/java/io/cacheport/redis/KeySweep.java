package io.cacheport.redis;

import io.cacheport.redis.Calls.Kind;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the keys that match a pattern: SCAN in small steps on one master after the other, UNLINK of what was found while the next
 * one runs. Holds a few steps' keys in memory, whatever there is to remove. Counts what the server says it removed, since
 * SCAN may show a key twice.
 */
final class KeySweep {

    private static final Logger log = LoggerFactory.getLogger(RedisCacheAdapter.class);

    /** Keys looked at per step, in which the server does nothing else: decision 24 has what other numbers cost whom. */
    private static final int SCAN_COUNT = 500;

    /** Keys that one removal names: what a step finds may be few, and each command has its price. */
    private static final int UNLINK_KEYS = 250;

    private static final int MOST_UNLINKS_UNANSWERED = 4;
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Calls calls;
    private final ScanArgs args;
    private final List<byte[]> found = new ArrayList<>();
    private final Queue<Sent<Long>> unlinks = new ArrayDeque<>();
    private long removed;
    private long nextProgress = System.nanoTime() + PROGRESS_NANOS;

    KeySweep(Calls calls, String pattern) {
        this.calls = calls;
        this.args = ScanArgs.Builder.limit(SCAN_COUNT).match(pattern.getBytes(StandardCharsets.UTF_8));
    }

    /** Removes those of one master; how many were removed is known by {@link #removed} even if this fails. */
    void run(String node) throws CommandFailure {
        try {
            Sent<KeyScanCursor<byte[]>> step = scan(node, null);
            while (step != null) {
                KeyScanCursor<byte[]> cursor = calls.step(Kind.READ, step);
                step = cursor.isFinished() ? null : scan(node, cursor); // under way while these are removed
                gather(cursor.getKeys());
                progress();
            }
            unlinkFound();
            while (!unlinks.isEmpty()) {
                answer();
            }
        } finally {
            found.clear();
            unlinks.clear();
        }
    }

    private Sent<KeyScanCursor<byte[]>> scan(String node, @Nullable KeyScanCursor<byte[]> from) throws CommandFailure {
        RedisAsyncCommands<byte[], byte[]> master = calls.commandsOf(node);
        return sent(Kind.READ, any -> from == null ? master.scan(args) : master.scan(from, args));
    }

    long removed() {
        return removed;
    }

    private void gather(List<byte[]> keys) throws CommandFailure {
        for (byte[] key : keys) {
            if (!RedisSettings.isBeside(key)) {
                found.add(key);
            }
            if (found.size() == UNLINK_KEYS) {
                unlinkFound();
            }
        }
    }

    /** Through the routed connection, not the node's: a slot that moves meanwhile is followed. */
    private void unlinkFound() throws CommandFailure {
        if (!found.isEmpty()) {
            byte[][] keys = found.toArray(byte[][]::new);
            found.clear();
            unlinks.add(sent(Kind.REMOVAL, commands -> commands.unlink(keys)));
        }
        while (unlinks.size() > MOST_UNLINKS_UNANSWERED) {
            answer();
        }
    }

    private void answer() throws CommandFailure {
        removed += calls.step(Kind.REMOVAL, unlinks.remove());
    }

    private <R> Sent<R> sent(Kind kind, Calls.Command<R> command) throws CommandFailure {
        return new Sent<>(command, calls.send(kind, command));
    }

    /** On its way already; sent anew only if that failed. */
    private static final class Sent<R> implements Calls.Command<R> {

        private final Calls.Command<R> command;
        private @Nullable CompletableFuture<R> first;

        Sent(Calls.Command<R> command, CompletableFuture<R> first) {
            this.command = command;
            this.first = first;
        }

        @Override
        public CompletionStage<R> send(RedisClusterAsyncCommands<byte[], byte[]> commands) throws CommandFailure {
            CompletableFuture<R> sent = first;
            first = null;
            return sent != null ? sent : command.send(commands);
        }
    }

    private void progress() {
        if (System.nanoTime() - nextProgress >= 0) {
            nextProgress += PROGRESS_NANOS;
            log.atInfo().addKeyValue("removed", removed).log("flush goes on");
        }
    }
}
