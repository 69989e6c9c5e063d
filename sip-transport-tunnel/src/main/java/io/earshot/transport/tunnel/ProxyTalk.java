package io.earshot.transport.tunnel;

import io.earshot.api.proxy.spi.ProxyHandshake;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** The first words of a connection, to a proxy. Takes itself out when they are said. */
final class ProxyTalk extends ChannelInboundHandlerAdapter {
    private static final int PATIENCE_MS = 5_000;

    private final ProxyHandshake handshake;
    private final Outcome outcome;
    private boolean settled;

    /** Waits for the way through. */
    interface Outcome {
        void open(Channel channel);

        void again();

        void failed(String reason);
    }

    ProxyTalk(ProxyHandshake handshake, Outcome outcome) {
        this.handshake = handshake;
        this.outcome = outcome;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.writeAndFlush(Unpooled.wrappedBuffer(handshake.begin()));
        context.executor().schedule(() -> fail(context, "the proxy did not answer in time"), PATIENCE_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        ByteBuffer data = buffer.nioBuffer();
        try {
            switch (settled ? ProxyHandshake.Verdict.MORE : handshake.received(data)) {
                case MORE -> { }
                case REPLY -> context.writeAndFlush(Unpooled.wrappedBuffer(handshake.reply()));
                case OPEN -> {
                    settled = true;
                    outcome.open(context.channel());
                    if (data.hasRemaining()) {
                        context.fireChannelRead(Unpooled.copiedBuffer(data));
                    }
                    context.pipeline().remove(this);
                }
                case AGAIN -> {
                    settled = true;
                    context.close();
                    outcome.again();
                }
                case FAILED -> fail(context, handshake.reason());
                default -> throw new IllegalStateException();
            }
        } finally {
            buffer.release();
        }
    }

    private void fail(ChannelHandlerContext context, String reason) {
        if (!settled) {
            settled = true;
            context.close();
            outcome.failed(reason);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(context, "the proxy ended the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context, Troubles.of(cause, "the proxy"));
    }
}
