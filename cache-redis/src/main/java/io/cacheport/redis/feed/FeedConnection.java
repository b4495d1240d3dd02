package io.cacheport.redis.feed;

import io.cacheport.tiered.Proof;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One server's: connected in the first way that it knows, asked for a proof again and again, given up when it gives none
 * within the bound, and connected anew for as long as it is wanted.
 */
final class FeedConnection {

    private final String node;
    private final FeedTarget target;
    private final List<Way> ways;
    private final Duration bound;
    private final boolean servesWhileDown;
    private final ScheduledExecutorService executor;
    private final FeedLog log;
    private final AtomicLong losses;
    private final Delay pause;
    private final CompletableFuture<@Nullable Throwable> firstAttempt = new CompletableFuture<>();
    private volatile @Nullable Armed armed;
    private boolean closed;
    private BitSet slots;
    private byte @Nullable [] probe;

    /**
     * Changes are heard of.
     *
     * @param way how
     * @param connection over which; null where none is needed
     * @param proof of what was copied while it is this one; renewed by nobody where there is no connection
     */
    record Armed(Way way, @Nullable StatefulRedisConnection<byte[], byte[]> connection, Proof proof) {}

    FeedConnection(String node, FeedConnections all, FeedLog log, AtomicLong losses) {
        this.node = node;
        this.target = all.target();
        this.ways = all.ways();
        this.bound = all.bound();
        this.servesWhileDown = all.servesWhileDown();
        this.executor = all.executor();
        this.pause = all.pauses().get();
        this.log = log;
        this.losses = losses;
        this.slots = target.slotsOf(node);
        this.probe = target.probeOf(node);
    }

    /** Null while nothing is heard. */
    @Nullable
    Armed armed() {
        return armed;
    }

    /** Completes with why it failed, or null. */
    CompletableFuture<@Nullable Throwable> firstAttempt() {
        return firstAttempt;
    }

    void connect(long attempt) {
        connect(attempt, 0);
    }

    private void connect(long attempt, int whichWay) {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        Way way = ways.get(whichWay);
        long now = System.nanoTime();
        CompletionStage<@Nullable StatefulRedisConnection<byte[], byte[]>> connecting;
        try {
            connecting = way.connect(target.uriOf(node));
        } catch (RuntimeException noAddress) {
            connecting = CompletableFuture.failedFuture(noAddress);
        }
        CompletionStage<?> unused = connecting.handle((made, failure) -> {
            if (failure == null) {
                arm(way, made, now);
                firstAttempt.complete(null);
                return null;
            }
            Throwable root = rootOf(failure);
            if (FeedLog.isUnsupported(root) && whichWay + 1 < ways.size()) {
                connect(attempt, whichWay + 1);
                return null;
            }
            log.cannot(node, root);
            firstAttempt.complete(root);
            again(attempt + 1);
            return null;
        });
    }

    private void arm(Way way, @Nullable StatefulRedisConnection<byte[], byte[]> made, long now) {
        Armed fresh = new Armed(way, made, new Proof(bound, now));
        synchronized (this) {
            if (closed) {
                if (made != null) {
                    CompletableFuture<?> unused = made.closeAsync();
                }
                return;
            }
            if (made != null) {
                made.addListener(new RedisConnectionStateListener() {
                    @Override
                    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                        lost(made);
                    }
                });
            }
            armed = fresh;
        }
        log.armed(node, way.coherence());
        if (made != null && !made.isOpen()) { // before there was somebody to be told
            lost(made);
        }
        ask(fresh);
    }

    private void again(long attempt) {
        try {
            Future<?> unused = executor.schedule(
                    () -> connect(attempt), pause.createDelay(attempt).toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closing) {
            // nobody wants it any more
        }
    }

    /**
     * Asks for a proof. What has given none within the bound is given up, unless it was this process that stood still.
     *
     * @param wasLate whether this was called much later than it should have been
     */
    void tick(long now, boolean wasLate) {
        Armed current = armed;
        if (current == null || current.connection() == null) {
            return;
        }
        if (!wasLate && !current.proof().holdsAt(now)) {
            lost(current.connection());
            return;
        }
        ask(current);
    }

    private void ask(Armed current) {
        StatefulRedisConnection<byte[], byte[]> connection = current.connection();
        if (connection == null) {
            return;
        }
        byte[] key = probe;
        long asked = System.nanoTime();
        CompletionStage<?> answer;
        try {
            answer =
                    key == null ? connection.async().ping() : connection.async().get(key);
        } catch (RuntimeException closing) {
            return;
        }
        CompletionStage<?> unused = answer.handle((pong, failure) -> {
            if (failure == null) {
                Armed now = armed; // with another proof, if the slots have changed meanwhile
                if (now != null && now.connection() == connection) {
                    now.proof().provenAt(asked);
                }
            } else if (FeedLog.isMoved(rootOf(failure))) {
                lost(connection);
            }
            return null;
        });
    }

    /** The server has other slots than before: what was copied of it may be another's now. */
    void look() {
        BitSet now = target.slotsOf(node);
        synchronized (this) {
            if (now.equals(slots)) {
                return;
            }
            slots = now;
            probe = target.probeOf(node);
            Armed current = armed;
            if (current != null) {
                current.proof().lose(false);
                armed = new Armed(current.way(), current.connection(), new Proof(bound, System.nanoTime()));
            }
        }
        Armed current = armed;
        if (current != null) {
            ask(current);
        }
    }

    private void lost(StatefulRedisConnection<byte[], byte[]> connection) {
        synchronized (this) {
            Armed current = armed;
            if (current == null || current.connection() != connection) {
                return;
            }
            armed = null;
            current.proof().lose(servesWhileDown);
            if (closed) {
                return;
            }
        }
        losses.incrementAndGet();
        log.lost(node);
        CompletableFuture<?> unused = connection.closeAsync();
        again(1);
    }

    /** Not wanted any more. */
    CompletableFuture<?> close() {
        Armed current;
        synchronized (this) {
            closed = true;
            current = armed;
            armed = null;
            if (current != null) {
                current.proof().lose(false);
            }
        }
        return current == null || current.connection() == null
                ? CompletableFuture.completedFuture(null)
                : current.connection().closeAsync();
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
