package io.earshot.transport.netty;

import io.earshot.api.proxy.spi.ProxyHandshake;
import io.earshot.transport.common.ProxyTalk;
import io.earshot.transport.common.Reasons;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;

/** The first handler of a connection through a proxy, on Netty's thread: brings the others in once the way is open, and goes. */
public final class ProxyHandler extends ChannelInboundHandlerAdapter {
    private final ProxyHandshake handshake;
    private final Outcome outcome;
    private ProxyTalk talk;

    /** What becomes of it; one of these is called, once, on Netty's thread. */
    public interface Outcome {
        /** The way is open: what is added to the pipeline now gets what the server says. */
        void open(Channel channel);

        /** Another connection is wanted, with a new handler for the same handshake. */
        void again();

        /** There is no way, and the connection is closed. @param reason a sentence */
        void failed(String reason);
    }

    /** Makes one, for one connection. */
    public ProxyHandler(ProxyHandshake handshake, Outcome outcome) {
        this.handshake = handshake;
        this.outcome = outcome;
    }

    /** Gives up waiting for the proxy; does nothing once it has answered. @param reason a sentence */
    public void giveUp(String reason) {
        talk.fail(reason);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        talk = new ProxyTalk(handshake, new ProxyTalk.Line() {
            @Override
            public void send(ByteBuffer data) {
                context.writeAndFlush(Unpooled.wrappedBuffer(data));
            }

            @Override
            public void open(ByteBuffer rest) {
                outcome.open(context.channel());
                context.fireChannelActive(); // for the others it begins now
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
        });
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        talk.connected();
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
        talk.fail(Reasons.broken(cause));
    }
}
