package io.cacheport.redis;

import io.cacheport.CacheException;
import io.cacheport.ErrorCause;
import io.cacheport.redis.ReconnectPause.Refusals;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.Delegating;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.event.DefaultEventPublisherOptions;
import io.lettuce.core.protocol.DefaultEndpoint;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection to one Redis or one cluster: made in the background until it succeeds, then kept by Lettuce. Nobody
 * waits for it but the one who opens it, and only for the connect timeout.
 */
abstract sealed class RedisLink implements AutoCloseable permits StandaloneLink, ClusterLink {

    /** Of each of the two steps before the threads end: what is under way, and the connection. */
    private static final Duration SETTLE_TIMEOUT = Duration.ofMillis(250);

    /** Of each of the two steps in which they end; with the former, less than the two seconds of row 66. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(650);

    /** See {@link #reconsider}; also what Lettuce's own looks at a cluster keep to. */
    static final Duration RECONSIDER_PAUSE = Duration.ofSeconds(2);

    /** See {@link #nodeOf}. */
    static final String UNKNOWN_NODE = "unknown node";

    final RedisSettings settings;
    final ClientResources resources;
    final ConnectionLog log;
    private final CompletableFuture<@Nullable Void> firstAttempt = new CompletableFuture<>();
    private final Refusals refusals = new Refusals();
    private final Delay pause = new ReconnectPause(refusals);
    private final @Nullable SuppliedCredentials credentials;
    private final AtMostEvery reconsiderations = new AtMostEvery(RECONSIDER_PAUSE, System::nanoTime);
    private final @Nullable EventListener reconnects;
    private volatile boolean closed;
    private volatile boolean ending;
    private volatile CompletableFuture<?> attempt = CompletableFuture.completedFuture(null);
    private volatile ErrorCause firstFailure = ErrorCause.TIMEOUT;

    RedisLink(RedisSettings settings, @Nullable ClientResources given) {
        this.settings = settings;
        Supplier<RedisCredentials> supplier = settings.connect().credentials();
        this.credentials = supplier == null ? null : new SuppliedCredentials(supplier);
        this.resources = (given == null ? ownThreads() : threadsOf(given))
                .reconnectDelay(() -> new ReconnectPause(refusals))
                .nettyCustomizer(new ConnectionHandlers(
                        given == null ? null : given.nettyCustomizer(), settings.sharedFlushes(), () -> ending))
                .build();
        this.log = new ConnectionLog(settings.target(), refusals);
        // others' failures are not ours to tell
        this.reconnects = given == null ? EventListener.on(resources.eventBus(), log::onEvent) : null;
    }

    private static ClientResources.Builder ownThreads() {
        return ClientResources.builder()
                .ioThreadPoolSize(Math.max(2, Runtime.getRuntime().availableProcessors()))
                .computationThreadPoolSize(2);
    }

    /**
     * Shared, not owned. Not by {@code mutate()}: what that gives would end the caller's threads when it is shut down, and
     * warns that it was not when it is collected.
     */
    private static ClientResources.Builder threadsOf(ClientResources given) {
        return ClientResources.builder()
                .eventLoopGroupProvider(given.eventLoopGroupProvider())
                .eventExecutorGroup(given.eventExecutorGroup())
                .timer(given.timer())
                .eventBus(given.eventBus())
                .socketAddressResolver(given.socketAddressResolver())
                .addressResolverGroup(given.addressResolverGroup())
                .commandLatencyRecorder(given.commandLatencyRecorder())
                .commandLatencyPublisherOptions(DefaultEventPublisherOptions.disabled()) // the caller's do publish
                .tracing(given.tracing());
    }

    static RedisLink open(RedisSettings settings, @Nullable ClientResources resources) {
        boolean interrupted = Thread.interrupted(); // making Lettuce's resources would lose the flag
        try {
            RedisLink link = settings.target().cluster()
                    ? new ClusterLink(settings, resources)
                    : new StandaloneLink(settings, resources);
            link.start();
            if (settings.requiredAtStartup() && link.connection() == null) {
                link.close();
                throw CacheException.of(
                        link.firstFailure,
                        settings.target() + " is required at start-up and cannot be used: " + link.firstFailure.tag(),
                        null);
            }
            return link;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    abstract AbstractRedisClient client();

    /** Completes when no look at the cluster is under way; none begins any more. */
    abstract CompletionStage<?> stopLooking();

    /** Connects once; the connection is in place when the stage completes. */
    abstract CompletionStage<Integer> connectOnce();

    abstract @Nullable StatefulConnection<byte[], byte[]> connection();

    /** The commands, for one server or a cluster alike. */
    abstract RedisClusterAsyncCommands<byte[], byte[]> commands() throws CommandFailure;

    /** What GET says of the key, be it asked for alone or with others. */
    CompletionStage<byte[]> get(RedisClusterAsyncCommands<byte[], byte[]> commands, byte[] redisKey) {
        return commands.get(redisKey);
    }

    /** The keys in groups that one command may name together. */
    abstract Collection<List<byte[]>> groups(List<byte[]> keys);

    /** False if it is known that a command would be rejected. */
    abstract boolean isUp();

    /**
     * The server that a command for the key goes to, by a text that stays the same for the same server: {@code host:port}
     * of the master in a cluster, the target where there is only one. {@link #UNKNOWN_NODE} while nobody owns the key.
     */
    abstract String nodeOf(byte[] key);

    /** Every server that {@link #nodeOf} may name now; none while it is not known. */
    abstract Collection<String> nodes();

    /** The commands for one server alone, without waiting for a connection to it. */
    abstract RedisAsyncCommands<byte[], byte[]> commandsOf(String node) throws CommandFailure;

    /** False if it is known that a command to the server would be rejected; then makes what is missing, if it can. */
    abstract boolean isUp(String node);

    /**
     * Looks anew at who is where, because the server refused as one that is no master, or does not answer. Returns at once,
     * and does nothing if it was done within the last two seconds: the caller calls again as long as there is reason to,
     * since a failover takes longer than one look.
     *
     * @param hangs whether the server does not answer, so that its connection has to be closed; where there is only one
     *     server, that is done in any case
     */
    final void reconsider(String node, boolean hangs) {
        if (closed || connection() == null || !reconsiderations.allows(hangs ? node + " hangs" : node)) {
            return;
        }
        log.reconsidering(node);
        try {
            Future<?> unused = resources.eventExecutorGroup().submit(() -> lookAnew(node, hangs));
        } catch (RejectedExecutionException closing) {
            // nobody needs to know any more
        }
    }

    /**
     * A node could not serve. In a cluster another may have taken its place. Where there is only one, a connection over
     * which a probe is not answered is given up: its replies may have gone astray, which the heartbeat, content with any
     * reply, does not see.
     */
    final void suspect(String node, ErrorCause cause) {
        if (settings.target().cluster() || cause == ErrorCause.TIMEOUT) {
            reconsider(node, cause == ErrorCause.TIMEOUT);
        }
    }

    /** All slots; in what has none, one stands for everything. */
    abstract BitSet allSlots();

    /** The slots of a server that {@link #nodes} names. */
    abstract BitSet slotsOf(String node);

    /** The slot of a key. */
    abstract int slotOf(byte[] redisKey);

    /** A key of the server's own, another for each number. */
    final byte[] keyOn(String node, long number) {
        BitSet slots = slotsOf(node);
        long next = number;
        byte[] key;
        do {
            key = settings.redisKey("probe:" + next++);
        } while (!slots.isEmpty() && !slots.get(slotOf(key)));
        return key;
    }

    /** How to get to the server by a connection of one's own. */
    abstract RedisURI uriOf(String node);

    /** Not on the caller's thread. */
    abstract void lookAnew(String node, boolean hangs);

    /** So that Lettuce connects anew: to whomever the name or the sentinels then say. */
    static void disconnect(StatefulConnection<byte[], byte[]> connection) {
        RedisChannelWriter writer = ((RedisChannelHandler<?, ?>) connection).getChannelWriter();
        while (writer instanceof Delegating<?> outer && outer.getDelegate() instanceof RedisChannelWriter inner) {
            writer = inner;
        }
        if (writer instanceof DefaultEndpoint endpoint) {
            endpoint.disconnect();
        }
    }

    /** Between attempts to connect. */
    final Delay newPause() {
        return new ReconnectPause(refusals);
    }

    final boolean isClosed() {
        return closed;
    }

    private void start() {
        client().addListener(log);
        log.connecting();
        attempt(1);
        try {
            firstAttempt.get(settings.connectTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            log.unreachable(slow);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt(); // the cache works without the connection, so making it may go on
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void attempt(int number) {
        if (closed) {
            return;
        }
        attempt = connectOnce().toCompletableFuture().whenComplete((nodes, failure) -> {
            if (failure == null) {
                log.ready(nodes);
            } else {
                firstFailure = log.unreachable(failure);
                Future<?> unusedToo = resources
                        .eventExecutorGroup()
                        .schedule(
                                () -> attempt(number + 1),
                                pause.createDelay(number).toNanos(),
                                TimeUnit.NANOSECONDS);
            }
            firstAttempt.complete(null);
            if (ending) { // too late for close
                CompletableFuture<?> unused = closeConnection();
            }
        });
    }

    final RedisURI redisUri(RedisTarget.Node node) {
        return RedisUris.of(settings, node, credentials);
    }

    final RedisURI masterUri() {
        return RedisUris.ofMaster(settings, credentials);
    }

    @Override
    public final void close() {
        if (closed) {
            return;
        }
        closed = true;
        log.closed();
        if (reconnects != null) {
            reconnects.close();
        }
        // what Lettuce finds closed or ended in the middle of its work, it tells the user of
        awaitUninterruptibly(CompletableFuture.allOf(stopLooking().toCompletableFuture(), attempt), SETTLE_TIMEOUT);
        ending = true;
        awaitUninterruptibly(closeConnection(), SETTLE_TIMEOUT);
        if (credentials != null) {
            credentials.close();
        }
        long millis = CLOSE_TIMEOUT.toMillis();
        awaitUninterruptibly(client().shutdownAsync(0, millis, TimeUnit.MILLISECONDS), CLOSE_TIMEOUT);
        resources.shutdown(0, millis, TimeUnit.MILLISECONDS).awaitUninterruptibly(millis);
    }

    /** A thread that was told to stop still has to clean up. */
    static void awaitUninterruptibly(Future<?> done, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        boolean interrupted = false;
        while (true) {
            try {
                done.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                break;
            } catch (InterruptedException again) {
                interrupted = true;
            } catch (ExecutionException | TimeoutException enough) {
                break; // what can be closed is closed
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<?> closeConnection() {
        StatefulConnection<byte[], byte[]> connection = connection();
        return connection == null ? CompletableFuture.completedFuture(null) : connection.closeAsync();
    }
}
