package io.earshot.control.net;

import io.earshot.control.ControlLimits;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Writes to a client that may be slow: events that it does not take are dropped and counted, and after a while it is let go. */
final class Outlet {
    private final Channel channel;
    private final long patience;
    private final Function<String, Object> frame;
    private long dropped;
    private Optional<Future<?>> stuck = Optional.empty();

    /**
     * Makes one.
     *
     * @param frame makes a message of the text of an event
     */
    Outlet(Channel channel, ControlLimits limits, Function<String, Object> frame) {
        this.channel = channel;
        this.frame = frame;
        this.patience = limits.requestTime().toMillis();
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(limits.waitingBytes() / 2, limits.waitingBytes()));
    }

    /** Writes something that must arrive. */
    void answer(Object message) {
        channel.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        watch();
    }

    /** Writes an event, or drops it. */
    void event(String text) {
        if (!channel.isWritable()) {
            dropped++;
            watch();
            return;
        }
        resume();
        channel.writeAndFlush(frame.apply(text)).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        watch();
    }

    /** Says how much was dropped, once there is room again. */
    void resume() {
        if (dropped > 0 && channel.isWritable()) {
            String loss = "WPNOTIFICATION,EVENT,WARNING," + dropped + " notifications were lost: the client was too slow,NEOL";
            dropped = 0;
            channel.writeAndFlush(frame.apply(loss));
        }
    }

    private void watch() {
        if (stuck.isEmpty() && !channel.isWritable()) {
            stuck = Optional.of(channel.eventLoop().schedule(() -> {
                stuck = Optional.empty();
                if (!channel.isWritable()) {
                    channel.close();
                }
            }, patience, TimeUnit.MILLISECONDS));
        }
    }

    static Object bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }
}
