package io.cacheport.redis;

import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What every connection gets beyond Lettuce's own: the heartbeat, and shared flushes. A flush is a system call here and
 * one more at the server, and with many callers on one connection those calls are what limits it; commands written in one
 * turn of the event loop go out with one.
 */
final class ConnectionHandlers implements NettyCustomizer {

    /** Flushes held back at most, so that a long turn does not keep the first command waiting. */
    private static final int MOST_SHARED = 256;

    private final @Nullable NettyCustomizer callers;
    private final boolean sharedFlushes;
    private final BooleanSupplier ending;

    /** After what the caller's own resources do to a connection. */
    ConnectionHandlers(@Nullable NettyCustomizer callers, boolean sharedFlushes, BooleanSupplier ending) {
        this.callers = callers;
        this.sharedFlushes = sharedFlushes;
        this.ending = ending;
    }

    /** The last that is asked before a new connection: on threads that end meanwhile, Netty would log it as an error. */
    @Override
    public void afterBootstrapInitialized(Bootstrap bootstrap) {
        if (callers != null) {
            callers.afterBootstrapInitialized(bootstrap);
        }
        if (ending.getAsBoolean()) {
            throw new RedisConnectionException("the cache is closed");
        }
    }

    /** First in the pipeline, so last on the way out: below TLS and Lettuce's handlers. */
    @Override
    public void afterChannelInitialized(Channel channel) {
        if (callers != null) {
            callers.afterChannelInitialized(channel);
        }
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addFirst(
                new IdleStateHandler(Heartbeat.INTERVAL.toMillis(), 0, 0, TimeUnit.MILLISECONDS), new Heartbeat());
        if (sharedFlushes) {
            pipeline.addFirst(new FlushConsolidationHandler(MOST_SHARED, true));
        }
    }
}
