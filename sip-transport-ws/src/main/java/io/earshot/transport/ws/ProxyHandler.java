package io.earshot.transport.ws;

import io.earshot.api.proxy.spi.ProxyHandshake;
import io.earshot.transport.common.ProxyTalk;
import io.earshot.transport.common.Reasons;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** The first handler of a connection through a proxy, on Netty's thread: brings the others in once the way is open, and goes. */
final class ProxyHandler extends ChannelInboundHandlerAdapter {
    private final ProxyHandshake handshake;
    private final Consumer<ChannelPipeline> others;
    private final Runnable again;
    private final Consumer<String> failed;
    private ProxyTalk talk;

    /**
     * Makes one.
     *
     * @param others brings the handlers of the connection itself in
     * @param again hears that another connection is wanted
     * @param failed hears why there is no way
     */
    ProxyHandler(ProxyHandshake handshake, Consumer<ChannelPipeline> others, Runnable again, Consumer<String> failed) {
        this.handshake = handshake;
        this.others = others;
        this.again = again;
        this.failed = failed;
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
                others.accept(context.pipeline());
                context.fireChannelActive(); // for them it begins now
                if (rest.hasRemaining()) {
                    context.fireChannelRead(Unpooled.copiedBuffer(rest));
                }
                context.pipeline().remove(ProxyHandler.this);
            }

            @Override
            public void again() {
                context.close();
                again.run();
            }

            @Override
            public void failed(String reason) {
                context.close();
                failed.accept(reason);
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
