package io.earshot.transport.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.ByteBuffer;
import java.util.Optional;

/** One connection for HTTP requests, one after the other. Confined to Netty's thread. */
final class Lane extends SimpleChannelInboundHandler<HttpObject> implements Dialer.Outcome {
    private final Dialer dialer;
    private final String path;
    private final Owner owner;
    private Optional<Channel> channel = Optional.empty();
    private boolean over;

    /** Waits for what comes. */
    interface Owner {
        /** Requests can be made. */
        void connected(Lane lane);

        /** A response of success has begun. */
        void begun(Lane lane);

        /** A part of the body of a response. */
        void received(Lane lane, ByteBuffer part);

        /** The response is complete. */
        void ended(Lane lane);

        /** More can be written. */
        void writable(Lane lane);

        /** It does not work any more. */
        void broken(Lane lane, String reason);
    }

    Lane(Dialer dialer, String id, Owner owner) {
        super(HttpObject.class);
        this.dialer = dialer;
        this.path = dialer.config().path() + "/" + id + "/";
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
        connected.pipeline().addLast(new HttpClientCodec(), this);
        owner.connected(this);
    }

    @Override
    public void failed(String reason) {
        end(reason);
    }

    private void end(String reason) {
        if (!over) {
            over = true;
            channel.ifPresent(Channel::close);
            owner.broken(this, reason);
        }
    }

    /** Makes a whole request. */
    void post(String what, ByteBuffer body) {
        DefaultFullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, path + what,
            Unpooled.wrappedBuffer(body));
        prepare(request.headers());
        HttpUtil.setContentLength(request, request.content().readableBytes());
        channel.orElseThrow().writeAndFlush(request);
    }

    /** Begins a request whose body has no end. */
    void stream(String what) {
        DefaultHttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, path + what);
        prepare(request.headers());
        HttpUtil.setTransferEncodingChunked(request, true);
        channel.orElseThrow().writeAndFlush(request);
    }

    void part(ByteBuffer body) {
        channel.orElseThrow().writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(body)));
    }

    boolean isWritable() {
        return !over && channel.isPresent() && channel.get().isWritable();
    }

    private void prepare(HttpHeaders headers) {
        String host = dialer.config().gateway().getHost();
        headers.set(HttpHeaderNames.HOST, host + ":" + dialer.config().port())
            .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_OCTET_STREAM)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store, no-transform");
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message instanceof HttpResponse response && !over) {
            if (response.status().code() / 100 == 2) {
                owner.begun(this);
            } else {
                end("the gateway answered HTTP " + response.status().code());
            }
        }
        if (message instanceof HttpContent content && !over) {
            ByteBuf part = content.content();
            if (part.isReadable()) {
                owner.received(this, part.nioBuffer());
            }
            if (message instanceof LastHttpContent && !over) {
                owner.ended(this);
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (isWritable()) {
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

    void close() {
        over = true;
        channel.ifPresent(Channel::close);
    }
}
