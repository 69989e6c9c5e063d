package io.earshot.control.net;

import io.earshot.control.desk.Desk;
import io.earshot.control.desk.Event;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Server-sent events: a stream that a browser reads by itself. A remark every few seconds finds out who has gone. */
final class EventStream extends ChannelInboundHandlerAdapter implements Desk.Subscriber {
    private static final long REMARK_SECONDS = 15;

    private final Hub hub;
    private final Outlet outlet;
    private final long last;
    private Optional<Future<?>> remarks = Optional.empty();

    EventStream(Hub hub, ChannelHandlerContext context, long last) {
        this.hub = hub;
        this.outlet = new Outlet(context.channel(), hub.limits(), EventStream::content);
        this.last = last;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        outlet.answer(content(": welcome\n\n"));
        hub.desk().log().after(last).forEach(this::on);
        hub.desk().subscribe(this);
        remarks = Optional.of(context.executor().scheduleAtFixedRate(() -> outlet.event(": still here\n\n"),
                REMARK_SECONDS, REMARK_SECONDS, TimeUnit.SECONDS));
    }

    @Override
    public void on(Event event) {
        outlet.event("id: " + event.id() + "\ndata: " + event.json(hub.desk().notifications()) + "\n\n");
    }

    private static Object content(String text) {
        boolean loss = text.startsWith("WPNOTIFICATION");
        return new DefaultHttpContent((ByteBuf) Outlet.bytes(loss ? ": " + text + "\n\n" : text));
    }

    @Override
    public boolean isClassic() {
        return false;
    }

    @Override
    public boolean isConnection() {
        return true;
    }

    /** Whoever listens has nothing to say. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
        context.close();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            context.close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        outlet.resume();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        remarks.ifPresent(timer -> timer.cancel(false));
        hub.desk().unsubscribe(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
