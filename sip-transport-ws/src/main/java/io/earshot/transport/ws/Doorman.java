package io.earshot.transport.ws;

import io.earshot.api.transport.spi.WebSocketConfig;
import io.earshot.transport.common.Reasons;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The listener's side of the handshake (RFC 6455 §4.2, RFC 7118 §4) on Netty's thread: lets in who asks for the right path and the
 * sub-protocol {@code sip}, comes from an allowed origin and does not take too long; tells the others why not.
 */
final class Doorman extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final String SIP = "sip";

    /** Who takes those that are let in; on Netty's thread. */
    interface Entry {
        /** Puts the handlers for the WebSocket into the pipeline. */
        void enter(ChannelHandlerContext context);
    }

    private final WebSocketConfig config;
    private final int maxMessage;
    private final long patience;
    private final Entry entry;
    private Optional<Future<?>> timer = Optional.empty();
    private boolean decided;

    Doorman(WebSocketConfig config, int maxMessage, long patience, Entry entry) {
        super(FullHttpRequest.class);
        this.config = config;
        this.maxMessage = maxMessage;
        this.patience = patience;
        this.entry = entry;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        timer = Optional.of(context.executor().schedule(() -> context.close(), patience, TimeUnit.NANOSECONDS));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        timer.ifPresent(waiting -> waiting.cancel(false));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (decided) {
            context.close(); // nobody asks twice
            return;
        }
        decided = true;
        HttpHeaders headers = request.headers();
        String path = request.uri().split("\\?", 2)[0];
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        if (!request.decoderResult().isSuccess()) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, "This is no HTTP.");
        } else if (!path.equals(config.path())) {
            refuse(context, HttpResponseStatus.NOT_FOUND, "There is nothing here.");
        } else if (!request.method().equals(HttpMethod.GET)) {
            refuse(context, HttpResponseStatus.METHOD_NOT_ALLOWED, "Only GET is of use here.");
        } else if (!headers.containsValue(HttpHeaderNames.CONNECTION, "upgrade", true)
                || !headers.containsValue(HttpHeaderNames.UPGRADE, "websocket", true)) {
            refuse(context, HttpResponseStatus.UPGRADE_REQUIRED, "This is for SIP over WebSocket, RFC 7118.");
        } else if (origin != null && !config.origins().contains("*") && !config.origins().contains(origin)) {
            refuse(context, HttpResponseStatus.FORBIDDEN, "Pages of this origin may not connect.");
        } else if (!asksForSip(headers)) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, "Ask for the sub-protocol sip in Sec-WebSocket-Protocol (RFC 7118).");
        } else {
            shakeHands(context, request);
        }
    }

    private static boolean asksForSip(HttpHeaders headers) {
        return headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream().flatMap(line -> Arrays.stream(line.split(",")))
            .anyMatch(name -> name.strip().equals(SIP));
    }

    private void shakeHands(ChannelHandlerContext context, FullHttpRequest request) {
        WebSocketDecoderConfig decoder = WebSocketDecoderConfig.newBuilder().maxFramePayloadLength(maxMessage)
            .expectMaskedFrames(true).allowMaskMismatch(false).allowExtensions(false).build();
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(config.path(), SIP, decoder).newHandshaker(request);
        if (handshaker == null || request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY) == null) {
            FullHttpResponse answer = response(HttpResponseStatus.UPGRADE_REQUIRED, "This is for version 13 of WebSocket.");
            answer.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
            context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        entry.enter(context);
        handshaker.handshake(context.channel(), request).addListener(done -> {
            if (done.isSuccess()) {
                context.pipeline().remove(this);
            } else {
                context.close();
            }
        });
    }

    private static void refuse(ChannelHandlerContext context, HttpResponseStatus status, String text) {
        FullHttpResponse answer = response(status, text);
        if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            answer.headers().set(HttpHeaderNames.UPGRADE, "websocket");
        }
        context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    private static FullHttpResponse response(HttpResponseStatus status, String text) {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        FullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
        answer.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8").set(HttpHeaderNames.CONTENT_LENGTH, body.length)
            .set(HttpHeaderNames.CONNECTION, "close");
        return answer;
    }

    /** What is no HTTP and what breaks before anybody is let in is nobody's business. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        System.getLogger(Doorman.class.getName()).log(System.Logger.Level.DEBUG, "not let in: {0}", Reasons.detail(cause));
        context.close();
    }
}
