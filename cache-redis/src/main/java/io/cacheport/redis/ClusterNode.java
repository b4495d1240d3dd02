package io.cacheport.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One master of a cluster, and Lettuce's connection to it. Asking for the connection makes one where there is none, in the
 * background; one that cannot be made is not asked for again at once, whatever the number of callers.
 */
final class ClusterNode {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final String host;
    private final int port;
    private final String text;
    private final AtomicLong nextAsk = new AtomicLong(System.nanoTime());
    private volatile @Nullable CompletableFuture<StatefulRedisConnection<byte[], byte[]>> asked;

    ClusterNode(String host, int port) {
        this.host = host;
        this.port = port;
        this.text = host + ":" + port;
    }

    /** To the master by its address, the connection that commands by slot use too; null while there is none. */
    @Nullable
    StatefulRedisConnection<byte[], byte[]> connection(StatefulRedisClusterConnection<byte[], byte[]> cluster) {
        CompletableFuture<StatefulRedisConnection<byte[], byte[]>> answer = asked;
        if (answer == null || isOver(answer)) {
            answer = ask(cluster);
        }
        return answer != null && isMade(answer) ? answer.getNow(null) : null;
    }

    private @Nullable CompletableFuture<StatefulRedisConnection<byte[], byte[]>> ask(
            StatefulRedisClusterConnection<byte[], byte[]> cluster) {
        long now = System.nanoTime();
        long next = nextAsk.get();
        if (now - next < 0 || !nextAsk.compareAndSet(next, now + PAUSE_NANOS)) {
            return null;
        }
        CompletableFuture<StatefulRedisConnection<byte[], byte[]>> answer;
        try {
            answer = cluster.getConnectionAsync(host, port);
        } catch (RuntimeException closed) {
            return null;
        }
        asked = answer;
        return answer;
    }

    /** Failed, or closed for good: one that is lost comes back by itself. */
    private static boolean isOver(CompletableFuture<StatefulRedisConnection<byte[], byte[]>> answer) {
        if (!answer.isDone()) {
            return false;
        }
        return !isMade(answer) || (answer.join() instanceof RedisChannelHandler<?, ?> made && made.isClosed());
    }

    private static boolean isMade(CompletableFuture<?> answer) {
        return answer.isDone() && !answer.isCompletedExceptionally();
    }

    /** {@code host:port}, as the cluster names it. */
    @Override
    public String toString() {
        return text;
    }
}
