package io.earshot.transport.tunnel;

import io.earshot.api.proxy.spi.ProxyHandshake;
import io.earshot.transport.common.ProxyTalk;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** The talk with a proxy on a channel. Takes itself out when it is over. */
final class ProxyHandler extends ChannelInboundHandlerAdapter {
    private static final int PATIENCE_MS = 5_000;

    private final ProxyHandshake handshake;
    private final Outcome outcome;
    private ProxyTalk talk;

    /** Waits for the way through. */
    interface Outcome {
        void open(Channel channel);

        void again();

        void failed(String reason);
    }

    ProxyHandler(ProxyHandshake handshake, Outcome outcome) {
        this.handshake = handshake;
        this.outcome = outcome;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        talk = new ProxyTalk(handshake, new Socket(context));
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        talk.connected();
        context.executor().schedule(() -> talk.fail("the proxy did not answer in time"), PATIENCE_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        try {
            talk.received(buffer.nioBuffer());
        } finally {
            buffer.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        talk.ended();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        talk.fail(Troubles.of(cause, "the proxy"));
    }

    /** What the talk wants of the channel. */
    private final class Socket implements ProxyTalk.Line {
        private final ChannelHandlerContext context;

        Socket(ChannelHandlerContext context) {
            this.context = context;
        }

        @Override
        public void send(ByteBuffer data) {
            context.writeAndFlush(Unpooled.wrappedBuffer(data));
        }

        @Override
        public void open(ByteBuffer rest) {
            outcome.open(context.channel());
            if (rest.hasRemaining()) {
                context.fireChannelRead(Unpooled.copiedBuffer(rest));
            }
            context.pipeline().remove(ProxyHandler.this);
        }

        @Override
        public void again() {
            context.close();
            outcome.again();
        }

        @Override
        public void failed(String reason) {
            context.close();
            outcome.failed(reason);
        }
    }
}
