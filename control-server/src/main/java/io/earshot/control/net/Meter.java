package io.earshot.control.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Counts what a connection has sent of a request that is not complete yet. When all connections together have sent too much, those that
 * have sent more than a little are let go: half requests cannot fill the memory.
 */
final class Meter extends ChannelInboundHandlerAdapter {
    /** What everybody may have pending. */
    private static final int FAIR = 16 * 1_024;

    private final Total total;
    private long pending;

    /** What all connections have pending; on the loop's thread. */
    static final class Total {
        private final long most;
        private long bytes;

        Total(long most) {
            this.most = most;
        }
    }

    Meter(Total total) {
        this.total = total;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        int size = message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        pending += size;
        total.bytes += size;
        super.channelRead(context, message);
        if (total.bytes > total.most && pending > FAIR) {
            context.close();
        }
    }

    /** Hears that nothing is pending any more. */
    void complete() {
        total.bytes -= pending;
        pending = 0;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        complete();
        super.channelInactive(context);
    }
}
