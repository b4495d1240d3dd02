package io.cacheport.redis;

import io.cacheport.ErrorCause;
import io.cacheport.redis.ReconnectPause.Refusals;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.event.Event;
import io.lettuce.core.event.connection.ReconnectFailedEvent;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One log line each time a node comes up or is lost, and one each time Redis cannot be reached, however many attempts and
 * connections that takes: a failed attempt is no loss, and neither is what Lettuce opens and closes to look at a cluster.
 */
final class ConnectionLog implements RedisConnectionStateListener {

    private static final Logger log = LoggerFactory.getLogger(RedisCacheAdapter.class);

    private final RedisTarget target;
    private final Refusals refusals;
    private final Set<ErrorCause> saidUnreachable = ConcurrentHashMap.newKeySet();
    private final Map<RedisChannelHandler<?, ?>, SocketAddress> up = new ConcurrentHashMap<>();
    private final Set<SocketAddress> saidUp = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    ConnectionLog(RedisTarget target, Refusals refusals) {
        this.target = target;
        this.refusals = refusals;
    }

    void connecting() {
        log.atInfo().addKeyValue("redis", target).log("connecting to Redis");
    }

    void ready(int nodes) {
        saidUnreachable.clear();
        log.atInfo().addKeyValue("redis", target).addKeyValue("nodes", nodes).log("Redis is ready");
    }

    /** Why it cannot be reached. */
    ErrorCause unreachable(Throwable failure) {
        Throwable root = rootOf(failure);
        ErrorCause cause = CommandFailure.whyUnreachable(root);
        if (cause == ErrorCause.CREDENTIALS) {
            refusals.add();
        }
        if (!closing && isNews(cause)) {
            log.atWarn()
                    .addKeyValue("redis", target)
                    .addKeyValue("cause", cause.tag())
                    .addKeyValue("exception", root.getClass().getName())
                    .log("Redis cannot be reached; the cache misses while this goes on trying");
        }
        return cause;
    }

    /**
     * Once; and once more if it was a refused login that Lettuce took for a closed connection at first, as one in a hundred
     * is: somebody has to do something about that.
     */
    private boolean isNews(ErrorCause cause) {
        boolean first = saidUnreachable.isEmpty();
        return saidUnreachable.add(cause) && (first || cause == ErrorCause.CREDENTIALS);
    }

    /**
     * A reconnect that was answered with a refusal, which "is lost" does not tell: someone has to give it the right
     * password. One that found nobody there is no news.
     */
    void onEvent(Event event) {
        if (event instanceof ReconnectFailedEvent failed) {
            ErrorCause cause =
                    CommandFailure.of(rootOf(failed.getCause()), false).errorCause();
            if (cause == ErrorCause.CREDENTIALS) {
                unreachable(failed.getCause());
            }
        }
    }

    /** Not a change of state by itself: what comes of it is logged as that. */
    void reconsidering(String node) {
        log.atDebug().addKeyValue("redis", target).addKeyValue("node", node).log("looking anew at who is where");
    }

    void closed() {
        closing = true;
        log.atInfo().addKeyValue("redis", target).log("closing the connection to Redis");
    }

    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
        if (connection instanceof StatefulRedisSentinelConnection<?, ?>) {
            return; // a sentinel that answers is not yet the master
        }
        up.put(connection, address);
        saidUnreachable.clear();
        if (saidUp.add(address)) {
            log.atInfo()
                    .addKeyValue("redis", target)
                    .addKeyValue("node", address)
                    .log("connection to Redis is up");
        }
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
        SocketAddress address = up.remove(connection);
        boolean lost = address != null && !connection.isClosed() && !closing;
        if (lost && saidUp.remove(address)) {
            log.atWarn()
                    .addKeyValue("redis", target)
                    .addKeyValue("node", address)
                    .log("connection to Redis is lost; the cache misses and reconnects with growing pauses");
        }
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
