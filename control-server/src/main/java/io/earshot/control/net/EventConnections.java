package io.earshot.control.net;

import io.earshot.control.net.WebConnection.Request;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.Locale;
import java.util.Optional;

/** Turns connections of HTTP into ones that last. */
final class EventConnections {
    private EventConnections() {
    }

    static boolean isUpgrade(Request request) {
        return request.headerOrEmpty("Upgrade").toLowerCase(Locale.ROOT).contains("websocket");
    }

    static void toWebSocket(ChannelHandlerContext context, Hub hub, FullHttpRequest message, Request request,
            Meter meter) {
        WebSocketDecoderConfig decoder = WebSocketDecoderConfig.newBuilder().maxFramePayloadLength(hub.limits().requestBytes())
                .expectMaskedFrames(true).allowMaskMismatch(false).allowExtensions(false).build();
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory("/ws", null, decoder).newHandshaker(message);
        if (handshaker == null || message.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY) == null) {
            new Reply(false, Optional.empty(), false).send(context, 426, Reply.TEXT, "ERROR: this is for version 13 of WebSocket\n");
            return;
        }
        boolean lines = request.parameter("format").filter("lines"::equals).isPresent();
        SocketSession session = new SocketSession(hub, lines, context, meter);
        ChannelPipeline pipeline = context.pipeline();
        pipeline.addLast(new WebSocketFrameAggregator(hub.limits().requestBytes()), session);
        handshaker.handshake(context.channel(), message).addListener(done -> {
            if (done.isSuccess()) {
                pipeline.remove(WebConnection.class);
                pipeline.remove(Patience.class);
                session.begin();
            } else {
                context.close();
            }
        });
    }

    static void toEventStream(ChannelHandlerContext context, Hub hub, Request request, Reply reply) {
        HttpResponse answer = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        reply.common(answer.headers());
        answer.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream").set(HttpHeaderNames.CONNECTION, "close");
        context.writeAndFlush(answer);
        long last = parsed(request.headerOrEmpty("Last-Event-ID")).or(() -> request.parameter("since").flatMap(EventConnections::parsed))
                .orElse(Long.MAX_VALUE);
        ChannelPipeline pipeline = context.pipeline();
        pipeline.addLast(new EventStream(hub, context, last));
        pipeline.remove(WebConnection.class);
    }

    private static Optional<Long> parsed(String text) {
        return text.matches("\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
