package io.earshot.transport.tunnel;

import io.earshot.transport.tunnel.core.GatewayLink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.timeout.IdleStateEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The requests of one connection to a gateway. */
final class GatewayDoor extends SimpleChannelInboundHandler<HttpObject> {
    private static final int LONGEST_ID = 64;

    private enum Kind { NONE, UP, DOWN, PACKET, POLL }

    private final GatewayServer server;
    private Kind kind = Kind.NONE;
    private Optional<HttpWay> way = Optional.empty();
    private boolean skipping;

    GatewayDoor(GatewayServer server) {
        super(HttpObject.class);
        this.server = server;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message.decoderResult().isFailure()) {
            context.close();
            return;
        }
        if (message instanceof HttpRequest request) {
            skipping = false;
            begin(context, request);
        }
        if (message instanceof HttpContent content && !skipping) {
            if (content.content().isReadable() && (kind == Kind.UP || kind == Kind.PACKET)) {
                ByteBuf body = content.content();
                way.ifPresent(own -> server.received(own, body.nioBuffer()));
            }
            if (message instanceof LastHttpContent) {
                end(context);
            }
        }
    }

    private InetAddress remote(ChannelHandlerContext context, HttpRequest request) {
        return server.fronts().origin(((InetSocketAddress) context.channel().remoteAddress()).getAddress(), request.headers());
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        String uri = request.uri();
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        boolean upgrade = request.headers().containsValue(HttpHeaderNames.UPGRADE, "websocket", true);
        if (path.equals(server.path()) && upgrade && request.method().equals(HttpMethod.GET)) {
            upgrade(context, request);
            return;
        }
        String rest = path.startsWith(server.path() + "/") ? path.substring(server.path().length() + 1) : "";
        int slash = rest.indexOf('/');
        kind = !request.method().equals(HttpMethod.POST) || slash < 1 || slash > LONGEST_ID ? Kind.NONE
            : switch (rest.substring(slash + 1)) {
                case "up" -> Kind.UP;
                case "down" -> Kind.DOWN;
                case "packet" -> Kind.PACKET;
                case "poll" -> Kind.POLL;
                default -> Kind.NONE;
            };
        if (kind == Kind.NONE) {
            refuse(context, HttpResponseStatus.NOT_FOUND);
            return;
        }
        way = server.way(rest.substring(0, slash), kind == Kind.UP || kind == Kind.DOWN, remote(context, request));
        if (way.isEmpty()) {
            refuse(context, HttpResponseStatus.SERVICE_UNAVAILABLE);
            return;
        }
        if (!server.visitors().uses(context.channel(), way.get())) {
            way = Optional.empty();
            refuse(context, HttpResponseStatus.CONFLICT);
        }
    }

    private void end(ChannelHandlerContext context) {
        switch (kind) {
            case DOWN, POLL -> way.ifPresent(own -> own.down(context.channel()));
            case PACKET -> respond(context, HttpResponseStatus.NO_CONTENT);
            case UP -> context.close();
            default -> { }
        }
    }

    private void refuse(ChannelHandlerContext context, HttpResponseStatus status) {
        skipping = true;
        kind = Kind.NONE;
        respond(context, status);
    }

    private static void respond(ChannelHandlerContext context, HttpResponseStatus status) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
        HttpWay.prepare(response.headers());
        if (status.code() / 100 != 2) {
            HttpUtil.setContentLength(response, 0);
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        } else {
            context.writeAndFlush(response);
        }
    }

    private void upgrade(ChannelHandlerContext context, HttpRequest request) {
        skipping = true;
        Optional<GatewayLink> link = server.link(remote(context, request));
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory("", WebSocketCarrier.PROTOCOL, false,
            WebSocketCarrier.MOST_FRAME).newHandshaker(request);
        if (link.isEmpty() || handshaker == null) {
            link.ifPresent(unused -> unused.onLost(server.now()));
            refuse(context, link.isEmpty() ? HttpResponseStatus.SERVICE_UNAVAILABLE : HttpResponseStatus.UPGRADE_REQUIRED);
            return;
        }
        FullHttpRequest whole = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, request.uri(), Unpooled.EMPTY_BUFFER,
            request.headers(), io.netty.handler.codec.http.EmptyHttpHeaders.INSTANCE);
        SocketWay socket = new SocketWay(server, link.get(), context.channel());
        server.add(socket);
        server.visitors().uses(context.channel(), socket);
        handshaker.handshake(context.channel(), whole);
        context.pipeline().addLast(socket);
        context.pipeline().remove(this);
    }

    /** Reads on only from who takes the answers. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(context.channel().isWritable());
        way.ifPresent(HttpWay::writable);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof IdleStateEvent) {
            context.close();
        } else {
            super.userEventTriggered(context, event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        way.ifPresent(own -> own.gone(context.channel(), kind == Kind.UP));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
