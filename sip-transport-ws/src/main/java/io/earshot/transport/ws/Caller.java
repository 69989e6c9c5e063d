package io.earshot.transport.ws;

import io.earshot.transport.common.Reasons;
import io.earshot.transport.common.TlsReasons;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.Map;
import java.util.Optional;

/** Our side of the handshake (RFC 6455 §4.1, RFC 7118 §4) on Netty's thread: asks once the connection is there, and takes the answer. */
final class Caller extends SimpleChannelInboundHandler<FullHttpResponse> {
    private static final String SIP = "sip";
    private static final long CLOSE_TIMEOUT_MS = 2_000;

    /** Who waits for the outcome; on Netty's thread. */
    interface Outcome {
        /** The WebSocket is open; handlers for it are to be put into the pipeline now. */
        void open(ChannelHandlerContext context);

        void failed(ChannelHandlerContext context, String reason);
    }

    private final Address address;
    private final Optional<TlsReasons> tls;
    private final Outcome outcome;
    private final WebSocketClientHandshaker handshaker;
    private boolean settled;

    Caller(Address address, Optional<TlsReasons> tls, Map<String, String> headers, int maxMessage, Outcome outcome) {
        super(FullHttpResponse.class);
        this.address = address;
        this.tls = tls;
        this.outcome = outcome;
        HttpHeaders custom = new DefaultHttpHeaders();
        headers.forEach(custom::set);
        // Masks, as clients must, and takes no masked frames, as clients must not.
        handshaker = new WebSocketClientHandshaker13(address.uri(), WebSocketVersion.V13, SIP, false, custom, maxMessage, true, false,
                CLOSE_TIMEOUT_MS) {
            @Override
            protected FullHttpRequest newHandshakeRequest() {
                FullHttpRequest request = super.newHandshakeRequest();
                if (!custom.contains(HttpHeaderNames.ORIGIN)) {
                    request.headers().remove(HttpHeaderNames.ORIGIN); // we are no browser
                }
                return request;
            }
        };
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        if (tls.isEmpty()) {
            handshaker.handshake(context.channel());
        }
        super.channelActive(context);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake && tls.isPresent()) {
            if (handshake.isSuccess()) {
                handshaker.handshake(context.channel());
            } else {
                fail(context, tls.get().of(handshake.cause(), false));
            }
        }
        super.userEventTriggered(context, event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
        if (settled) {
            return;
        }
        if (!response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            fail(context, Refusals.of(response.status().code(), response.status().reasonPhrase(), address));
            return;
        }
        if (!SIP.equals(response.headers().get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, ""))) {
            fail(context, Refusals.NO_SIP);
            return;
        }
        try {
            settled = true;
            outcome.open(context);
            handshaker.finishHandshake(context.channel(), response);
            context.pipeline().remove(this);
        } catch (WebSocketHandshakeException e) {
            settled = false;
            fail(context, "the server did not open a WebSocket: " + Reasons.detail(e));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context, tls.filter(any -> TlsReasons.isTls(cause))
            .map(secured -> secured.of(cause, false)).orElseGet(() -> Reasons.broken(cause)));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        fail(context, "the server closed the connection during the handshake");
        super.channelInactive(context);
    }

    private void fail(ChannelHandlerContext context, String reason) {
        if (!settled) {
            settled = true;
            outcome.failed(context, reason);
            context.close();
        }
    }
}
