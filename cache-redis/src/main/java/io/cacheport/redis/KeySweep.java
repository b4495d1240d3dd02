package io.cacheport.redis;

import io.cacheport.redis.Calls.Kind;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the keys that match a pattern: SCAN in small steps on one master after the other, UNLINK of what a step found while the next
 * one runs. Holds a few steps' keys in memory, whatever there is to remove. Counts what the server says it removed, since
 * SCAN may show a key twice.
 */
final class KeySweep {

    private static final Logger log = LoggerFactory.getLogger(RedisCacheAdapter.class);

    /**
     * Keys looked at per step, in which the server does nothing else. 250 took no longer than 500 and 1,000 in two runs
     * each, since steps overlap with the removals; other clients mostly waited less, but that varied more than it differed.
     */
    private static final int SCAN_COUNT = 250;

    private static final int MOST_UNLINKS_UNANSWERED = 4;
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Calls calls;
    private final ScanArgs args;
    private final Queue<Unlink> unlinks = new ArrayDeque<>();
    private long removed;
    private long nextProgress = System.nanoTime() + PROGRESS_NANOS;

    KeySweep(Calls calls, String pattern) {
        this.calls = calls;
        this.args = ScanArgs.Builder.limit(SCAN_COUNT).match(pattern.getBytes(StandardCharsets.UTF_8));
    }

    /** Removes those of one master; how many were removed is known by {@link #removed} even if this fails. */
    void run(String node) throws CommandFailure {
        try {
            KeyScanCursor<byte[]> cursor = scan(node, null);
            while (true) {
                unlink(cursor.getKeys());
                if (cursor.isFinished()) {
                    break;
                }
                cursor = scan(node, cursor);
                progress();
            }
            while (!unlinks.isEmpty()) {
                answer();
            }
        } finally {
            unlinks.clear();
        }
    }

    private KeyScanCursor<byte[]> scan(String node, @Nullable KeyScanCursor<byte[]> from) throws CommandFailure {
        RedisAsyncCommands<byte[], byte[]> master = calls.commandsOf(node);
        return calls.step(Kind.READ, any -> from == null ? master.scan(args) : master.scan(from, args));
    }

    long removed() {
        return removed;
    }

    /** Through the routed connection, not the node's: a slot that moves meanwhile is followed. */
    private void unlink(List<byte[]> found) throws CommandFailure {
        byte[][] keys =
                found.stream().filter(key -> !RedisSettings.isBeside(key)).toArray(byte[][]::new);
        if (keys.length > 0) {
            unlinks.add(new Unlink(keys, calls.send(Kind.REMOVAL, commands -> commands.unlink(keys))));
        }
        while (unlinks.size() > MOST_UNLINKS_UNANSWERED) {
            answer();
        }
    }

    private void answer() throws CommandFailure {
        removed += calls.step(Kind.REMOVAL, unlinks.remove());
    }

    /** On its way already; sent anew only if that failed. */
    private static final class Unlink implements Calls.Command<Long> {

        private final byte[][] keys;
        private @Nullable CompletableFuture<Long> sent;

        Unlink(byte[][] keys, CompletableFuture<Long> sent) {
            this.keys = keys;
            this.sent = sent;
        }

        @Override
        public CompletionStage<Long> send(RedisClusterAsyncCommands<byte[], byte[]> commands) {
            CompletableFuture<Long> first = sent;
            sent = null;
            return first != null ? first : commands.unlink(keys);
        }
    }

    private void progress() {
        if (System.nanoTime() - nextProgress >= 0) {
            nextProgress += PROGRESS_NANOS;
            log.atInfo().addKeyValue("removed", removed).log("flush goes on");
        }
    }
}
