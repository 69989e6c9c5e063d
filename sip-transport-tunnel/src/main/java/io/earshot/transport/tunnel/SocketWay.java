package io.earshot.transport.tunnel;

import io.earshot.transport.tunnel.core.GatewayLink;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;

/** A client's WebSocket. */
final class SocketWay extends SimpleChannelInboundHandler<WebSocketFrame> implements Way {
    private final GatewayServer server;
    private final GatewayLink link;
    private final Channel channel;

    SocketWay(GatewayServer server, GatewayLink link, Channel channel) {
        super(WebSocketFrame.class);
        this.server = server;
        this.link = link;
        this.channel = channel;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        if (frame instanceof PingWebSocketFrame) {
            if (!channel.isWritable()) {
                return; // who asks and takes no answers gets none
            }
            context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
        } else if (frame instanceof CloseWebSocketFrame) {
            context.writeAndFlush(new CloseWebSocketFrame()).addListener(ChannelFutureListener.CLOSE);
        } else if (!(frame instanceof PongWebSocketFrame)) {
            server.received(this, frame.content().nioBuffer());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        server.flush(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        server.lost(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    @Override
    public GatewayLink link() {
        return link;
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void write(ByteBuffer bytes) {
        channel.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)));
    }

    @Override
    public void close() {
        channel.writeAndFlush(new CloseWebSocketFrame()).addListener(ChannelFutureListener.CLOSE);
    }
}
