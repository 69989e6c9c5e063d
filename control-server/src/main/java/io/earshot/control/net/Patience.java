package io.earshot.control.net;

import io.earshot.control.ControlLimits;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Lets go of web clients that take too long over a request, or that keep a connection without one. */
final class Patience extends ChannelInboundHandlerAdapter {
    private final long request;
    private final long idle;
    private Optional<Future<?>> timer = Optional.empty();
    private boolean reading;
    private boolean off;

    Patience(ControlLimits limits) {
        request = limits.requestTime().toMillis();
        idle = limits.idleTime().toMillis();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        start(context, idle);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (!reading && !off) {
            reading = true;
            start(context, request);
        }
        context.fireChannelRead(bytes);
    }

    private void start(ChannelHandlerContext context, long millis) {
        stop();
        timer = Optional.of(context.executor().schedule(() -> context.close(), millis, TimeUnit.MILLISECONDS));
    }

    private void stop() {
        timer.ifPresent(waiting -> waiting.cancel(false));
        timer = Optional.empty();
    }

    /** Hears that a request is complete and being worked on. */
    void complete() {
        reading = false;
        stop();
    }

    /** Hears that an answer was written. */
    void answered(ChannelHandlerContext context) {
        if (!reading && !off) {
            start(context, idle);
        }
    }

    /** Hears that the connection has become one that lasts. */
    void end() {
        off = true;
        stop();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end();
        context.fireChannelInactive();
    }
}
