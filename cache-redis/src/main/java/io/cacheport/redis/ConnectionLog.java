package io.cacheport.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log line for each change of a connection, and one for each time Redis cannot be reached, however many attempts. */
final class ConnectionLog implements RedisConnectionStateListener {

    private static final Logger log = LoggerFactory.getLogger(RedisCacheAdapter.class);

    private final RedisTarget target;
    private final AtomicBoolean saidUnreachable = new AtomicBoolean();
    private volatile boolean closing;

    ConnectionLog(RedisTarget target) {
        this.target = target;
    }

    void connecting() {
        log.atInfo().addKeyValue("redis", target).log("connecting to Redis");
    }

    void ready(int nodes) {
        saidUnreachable.set(false);
        log.atInfo().addKeyValue("redis", target).addKeyValue("nodes", nodes).log("Redis is ready");
    }

    void unreachable(Throwable failure) {
        if (!closing && saidUnreachable.compareAndSet(false, true)) {
            log.atWarn()
                    .addKeyValue("redis", target)
                    .addKeyValue("exception", rootOf(failure).getClass().getName())
                    .log("Redis cannot be reached; the cache misses while this goes on trying");
        }
    }

    void closed() {
        closing = true;
        log.atInfo().addKeyValue("redis", target).log("closing the connection to Redis");
    }

    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
        log.atInfo().addKeyValue("redis", target).addKeyValue("node", address).log("connection to Redis is up");
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
        if (!closing) {
            log.atWarn()
                    .addKeyValue("redis", target)
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
