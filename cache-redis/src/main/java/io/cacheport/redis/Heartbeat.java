package io.cacheport.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import java.time.Duration;

/**
 * Finds out that a server no longer answers although its socket is open, as when it hangs or the network swallows
 * packets, which neither TCP nor Lettuce notice. A connection on which nothing arrived for an interval is sent a PING;
 * after three intervals with nothing at all it is closed, and Lettuce connects anew. A busy connection costs nothing: its
 * answers are the proof of life.
 */
final class Heartbeat extends ChannelInboundHandlerAdapter {

    static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final int MISSES = 3;

    private int missed;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        missed = 0;
        context.fireChannelRead(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            nothingArrived(context.channel());
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    private void nothingArrived(Channel channel) {
        // the PING goes through Lettuce's own handlers, which match the answer to it
        ChannelFuture unused = missed++ < MISSES - 1
                ? channel.writeAndFlush(new AsyncCommand<>(
                        new Command<>(CommandType.PING, new StatusOutput<>(ByteArrayCodec.INSTANCE))))
                : channel.close();
    }
}
