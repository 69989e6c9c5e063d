package io.earshot.transport.ws;

import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.WebSocketConfig;
import io.earshot.transport.common.Reasons;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One connection on Netty's thread once the handshake is over: each message is one text or binary frame, however fragmented (RFC 7118 §5);
 * pings are answered, sent after silence and waited for. What the loop has not taken yet is bounded by not reading on.
 */
final class Frames extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final int MOST_UNREAD = 64;
    private static final int FEW_UNREAD = 16;

    /** What the loop asks for, as an event in the pipeline. */
    enum Order { PING, CLOSE, GO_AWAY }

    private final Link link;
    private final IoLoop loop;
    private final WebSocketConfig config;
    private final Counts counts;
    private final AtomicInteger unread = new AtomicInteger();
    private String reason = "the peer closed the connection";
    private boolean heard;
    private boolean closing;
    private Optional<Future<?>> ping = Optional.empty();
    private Optional<Future<?>> pong = Optional.empty();

    private Frames(Link link, IoLoop loop, WebSocketConfig config, Counts counts) {
        this.link = link;
        this.loop = loop;
        this.config = config;
        this.counts = counts;
    }

    /** Puts a connection's handlers behind those of the handshake. */
    static void install(ChannelPipeline pipeline, Link link, Link.Owner owner, WebSocketConfig config, int maxMessage) {
        pipeline.addLast(new Utf8FrameValidator(true), new WebSocketFrameAggregator(maxMessage),
            new Frames(link, owner.loop(), config, owner.counts()));
    }

    /** Returns a message as a frame: text if it is text, as every client takes that. */
    static WebSocketFrame frame(byte[] message) {
        ByteBuf content = Unpooled.wrappedBuffer(message);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message));
            return new TextWebSocketFrame(content);
        } catch (CharacterCodingException notText) {
            return new BinaryWebSocketFrame(content);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        heard = true;
        watch(context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ping.ifPresent(timer -> timer.cancel(false));
        pong.ifPresent(timer -> timer.cancel(false));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        heard = true;
        pong.ifPresent(timer -> timer.cancel(false));
        if (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame) {
            deliver(context, ByteBufUtil.getBytes(frame.content()));
        } else if (frame instanceof PingWebSocketFrame) {
            context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
        } else if (frame instanceof CloseWebSocketFrame close) {
            String text = close.statusCode() < 0 ? "" : " (" + close.statusCode()
                + (close.reasonText().isEmpty() ? "" : " " + close.reasonText()) + ")";
            reason = "the peer closed the connection" + text;
            if (!closing) {
                closing = true;
                context.writeAndFlush(close.retainedDuplicate()).addListener(ChannelFutureListener.CLOSE);
            } else {
                context.close();
            }
        }
    }

    private void deliver(ChannelHandlerContext context, byte[] message) {
        if (unread.incrementAndGet() >= MOST_UNREAD) {
            context.channel().config().setAutoRead(false);
        }
        loop.execute(() -> {
            link.received(message);
            if (unread.decrementAndGet() == FEW_UNREAD) {
                context.channel().config().setAutoRead(true);
            }
        });
    }

    // ---- pings

    private void watch(ChannelHandlerContext context) {
        if (config.pingInterval() > 0) {
            ping = Optional.of(context.executor().schedule(() -> {
                if (!heard) {
                    ping(context);
                }
                heard = false;
                watch(context);
            }, config.pingInterval(), TimeUnit.NANOSECONDS));
        }
    }

    private void ping(ChannelHandlerContext context) {
        pong.ifPresent(timer -> timer.cancel(false));
        context.writeAndFlush(new PingWebSocketFrame());
        pong = Optional.of(context.executor().schedule(() -> {
            reason = "the peer did not answer a ping within " + Reasons.seconds(config.pongTimeout());
            context.close();
        }, config.pongTimeout(), TimeUnit.NANOSECONDS));
    }

    // ---- ends

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event == Order.PING) {
            ping(context);
        } else if (event == Order.CLOSE && !closing) {
            closing = true;
            context.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
        } else if (event == Order.GO_AWAY) {
            closing = true;
            context.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE))
                .addListener(ChannelFutureListener.CLOSE);
        } else {
            super.userEventTriggered(context, event);
        }
    }

    /** What violates the protocol ends the connection, with the status that RFC 6455 §7.4.1 has for it. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            oversize();
            closeWith(context, WebSocketCloseStatus.MESSAGE_TOO_BIG);
        } else if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            if (corrupted.closeStatus().code() == WebSocketCloseStatus.MESSAGE_TOO_BIG.code()) {
                oversize();
            } else {
                reason = "the peer violated the protocol: " + Reasons.detail(cause);
            }
            closeWith(context, corrupted.closeStatus());
        } else {
            loop.execute(() -> counts.errors++);
            reason = cause instanceof CodecException ? "the peer violated the protocol: " + Reasons.detail(cause) : Reasons.broken(cause);
            context.close();
        }
    }

    private void oversize() {
        reason = "the peer sent a message that is too long";
        loop.execute(() -> counts.oversize++);
    }

    private void closeWith(ChannelHandlerContext context, WebSocketCloseStatus status) {
        if (!closing && context.channel().isActive()) {
            closing = true;
            context.writeAndFlush(new CloseWebSocketFrame(status)).addListener(ChannelFutureListener.CLOSE);
        } else {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        String told = reason;
        loop.execute(() -> link.gone(told));
        super.channelInactive(context);
    }
}
