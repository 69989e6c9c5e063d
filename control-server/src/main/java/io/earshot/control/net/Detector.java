package io.earshot.control.net;

import io.earshot.control.text.Framer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks at the first bytes of a connection: HTTP begins with a method, all else is text. */
final class Detector extends ByteToMessageDecoder {
    private static final List<String> METHODS = List.of("GET ", "POST ", "PUT ", "DELETE ", "HEAD ", "OPTIONS ", "PATCH ", "TRACE ",
            "CONNECT ", "PRI ");
    private static final int LONGEST = 8;

    private final long idle;
    private final Consumer<ChannelHandlerContext> http;
    private final Consumer<ChannelHandlerContext> text;
    private Optional<Future<?>> timer = Optional.empty();
    private boolean began;

    /**
     * Makes one.
     *
     * @param idleMillis after which a connection that sends nothing is let go
     * @param http puts the handlers of HTTP behind this one
     * @param text puts the handler of text behind this one
     */
    Detector(long idleMillis, Consumer<ChannelHandlerContext> http, Consumer<ChannelHandlerContext> text) {
        this.idle = idleMillis;
        this.http = http;
        this.text = text;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        timer = Optional.of(context.executor().schedule(() -> context.close(), idle, TimeUnit.MILLISECONDS));
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        timer.ifPresent(waiting -> waiting.cancel(false));
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        String start = in.toString(in.readerIndex(), Math.min(LONGEST, in.readableBytes()), StandardCharsets.US_ASCII);
        if (METHODS.stream().anyMatch(start::startsWith)) {
            become(context, http);
        } else if (METHODS.stream().noneMatch(method -> method.startsWith(start))) {
            become(context, text);
        } else if (!began) {
            began = true;
            timer.ifPresent(waiting -> waiting.cancel(false));
            timer = Optional.of(context.executor().schedule(() -> become(context, text), Framer.SILENCE, TimeUnit.NANOSECONDS));
        }
    }

    private void become(ChannelHandlerContext context, Consumer<ChannelHandlerContext> handlers) {
        if (!context.isRemoved()) {
            handlers.accept(context);
            context.pipeline().remove(this);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            become(context, text); // what has come will not get longer
        }
        super.userEventTriggered(context, event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
