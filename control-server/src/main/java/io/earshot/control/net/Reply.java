package io.earshot.control.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How one request of HTTP is answered.
 *
 * @param keepAlive whether the connection goes on
 * @param origin a page of which may read the answer; empty for pages of our own
 * @param bare whether the body is left out (HEAD)
 */
record Reply(boolean keepAlive, Optional<String> origin, boolean bare) {
    static final String JSON = "application/json";
    static final String TEXT = "text/plain; charset=utf-8";

    void send(ChannelHandlerContext context, int status, String type, String body) {
        send(context, status, type, body.getBytes(StandardCharsets.UTF_8), "");
    }

    void send(ChannelHandlerContext context, int status, String type, byte[] body, String location) {
        FullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status),
                Unpooled.wrappedBuffer(bare ? new byte[0] : body));
        HttpHeaders headers = answer.headers();
        common(headers);
        if (status != HttpResponseStatus.NO_CONTENT.code()) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, type).set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        }
        if (!location.isEmpty()) {
            headers.set(HttpHeaderNames.LOCATION, location);
        }
        if (status == HttpResponseStatus.UNAUTHORIZED.code()) {
            headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        headers.set(HttpHeaderNames.CONNECTION, keepAlive ? "keep-alive" : "close");
        var written = context.writeAndFlush(answer);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    void common(HttpHeaders headers) {
        headers.set("X-Content-Type-Options", "nosniff").set(HttpHeaderNames.CACHE_CONTROL, "no-store").set("X-Frame-Options", "DENY")
                .set("Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'")
                .set("Referrer-Policy", "same-origin");
        origin.ifPresent(page -> headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, page).set(HttpHeaderNames.VARY, "Origin")
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE")
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type, last-event-id")
                .set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "Location"));
    }
}
