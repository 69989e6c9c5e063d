package io.earshot.transport.tunnel;

import io.earshot.api.time.Ticker;
import io.earshot.transport.tunnel.core.GatewayLink;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A client's way of several HTTP requests: what goes to it is one endless response, or the answers to its asking. */
final class HttpWay implements Way {
    /** Proxies have their limits too. */
    private static final long LONGEST_WAIT = 20 * Ticker.SECOND;
    private static final long LONGEST_ABSENCE = 5 * Ticker.SECOND;

    private final GatewayServer server;
    private final GatewayLink link;
    private final boolean streaming;
    private Optional<Channel> down = Optional.empty();
    private long since;
    private boolean closed;

    HttpWay(GatewayServer server, GatewayLink link, boolean streaming) {
        this.server = server;
        this.link = link;
        this.streaming = streaming;
        this.since = server.now();
    }

    /** Takes the response that bytes are to go into. */
    void down(Channel channel) {
        if (closed || streaming && down.isPresent()) {
            channel.close();
            return;
        }
        if (down.isPresent()) {
            answer(ByteBuffer.allocate(0)); // asked twice
        }
        down = Optional.of(channel);
        since = server.now();
        if (streaming) {
            DefaultHttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            prepare(response.headers());
            HttpUtil.setTransferEncodingChunked(response, true);
            channel.writeAndFlush(response);
        }
        server.flush(this);
    }

    static void prepare(HttpHeaders headers) {
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream").set(HttpHeaderNames.CACHE_CONTROL, "no-store, no-transform")
            .set("X-Accel-Buffering", "no");
    }

    /** A connection ended. */
    void gone(Channel channel, boolean wasUp) {
        if (streaming && (wasUp || down.isPresent() && down.get() == channel)) {
            server.lost(this);
            close();
        } else if (down.isPresent() && down.get() == channel) {
            down = Optional.empty();
            since = server.now();
        }
    }

    void writable() {
        server.flush(this);
    }

    @Override
    public GatewayLink link() {
        return link;
    }

    @Override
    public boolean isWritable() {
        return !closed && down.isPresent() && down.get().isWritable();
    }

    @Override
    public void write(ByteBuffer bytes) {
        if (streaming) {
            down.orElseThrow().writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)));
        } else {
            answer(bytes);
        }
    }

    private void answer(ByteBuffer bytes) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK,
            Unpooled.wrappedBuffer(bytes));
        prepare(response.headers());
        HttpUtil.setContentLength(response, response.content().readableBytes());
        Channel channel = down.orElseThrow();
        down = Optional.empty();
        since = server.now();
        channel.writeAndFlush(response);
    }

    @Override
    public boolean isGone(long now) {
        if (!streaming && down.isPresent() && now - since > LONGEST_WAIT) {
            answer(ByteBuffer.allocate(0));
        }
        return down.isEmpty() && now - since > LONGEST_ABSENCE;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            down.ifPresent(channel -> channel.writeAndFlush(streaming ? LastHttpContent.EMPTY_LAST_CONTENT
                : Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE));
        }
    }
}
