package io.earshot.transport.tunnel;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;

/** One WebSocket (RFC 6455): each message is bytes of the tunnel, cut anywhere. */
final class WebSocketCarrier extends SimpleChannelInboundHandler<Object> implements Carrier, Dialer.Outcome {
    static final String PROTOCOL = "earshot-tunnel";
    static final int MOST_FRAME = 70_000;
    private static final int MOST_HTTP = 65_536;

    private final Dialer dialer;
    private final Owner owner;
    private Optional<Channel> channel = Optional.empty();
    private Optional<WebSocketClientHandshaker> handshaker = Optional.empty();
    private boolean open;
    private boolean over;

    WebSocketCarrier(Dialer dialer, Owner owner) {
        super(Object.class);
        this.dialer = dialer;
        this.owner = owner;
        dialer.dial(this);
    }

    @Override
    public void connected(Channel connected) {
        if (over) {
            connected.close();
            return;
        }
        channel = Optional.of(connected);
        URI uri = URI.create((dialer.config().isSecure() ? "wss://" : "ws://") + dialer.config().gateway().getHost() + ":"
            + dialer.config().port() + dialer.config().path());
        WebSocketClientHandshaker own = WebSocketClientHandshakerFactory.newHandshaker(uri, WebSocketVersion.V13, PROTOCOL, false,
            new DefaultHttpHeaders(), MOST_FRAME);
        handshaker = Optional.of(own);
        connected.pipeline().addLast(new HttpClientCodec(), new HttpObjectAggregator(MOST_HTTP), this);
        own.handshake(connected);
    }

    @Override
    public void failed(String reason) {
        end(reason);
    }

    private void end(String reason) {
        if (!over) {
            over = true;
            channel.ifPresent(Channel::close);
            owner.lost(this, reason, handshaker.isPresent());
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
        if (over) {
            return;
        }
        if (message instanceof FullHttpResponse response) {
            greeted(context, response);
        } else if (message instanceof WebSocketFrame frame) {
            framed(context, frame);
        }
    }

    private void greeted(ChannelHandlerContext context, FullHttpResponse response) {
        if (!response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            end("the gateway answered HTTP " + response.status().code() + " and opened no WebSocket");
            return;
        }
        try {
            handshaker.orElseThrow().finishHandshake(context.channel(), response);
            open = true;
            owner.opened(this);
        } catch (WebSocketHandshakeException refused) {
            end("the gateway did not open a WebSocket: " + refused.getMessage());
        }
    }

    private void framed(ChannelHandlerContext context, WebSocketFrame frame) {
        if (frame instanceof PingWebSocketFrame) {
            context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
        } else if (frame instanceof CloseWebSocketFrame) {
            end("the gateway closed the WebSocket");
        } else {
            owner.received(this, frame.content().nioBuffer());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (open && !over && context.channel().isWritable()) {
            owner.writable(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end("the gateway ended the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(Troubles.of(cause, "the gateway"));
    }

    @Override
    public boolean isWritable() {
        return open && !over && channel.orElseThrow().isWritable();
    }

    @Override
    public void write(ByteBuffer bytes) {
        channel.orElseThrow().writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)));
    }

    @Override
    public void close() {
        over = true;
        channel.ifPresent(Channel::close);
    }
}
