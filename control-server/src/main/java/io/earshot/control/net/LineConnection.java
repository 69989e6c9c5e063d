package io.earshot.control.net;

import io.earshot.control.desk.Caller;
import io.earshot.control.desk.Desk;
import io.earshot.control.desk.Event;
import io.earshot.control.desk.Lane;
import io.earshot.control.text.Answers;
import io.earshot.control.text.Command;
import io.earshot.control.text.Framer;
import io.earshot.control.text.Reading;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A TCP connection that speaks text: requests in, answers and notifications out, a line each. */
final class LineConnection extends SimpleChannelInboundHandler<ByteBuf> implements Desk.Subscriber {
    private static final int MOST_WAITING = 128;
    /** So many in a row that mean nothing are no program of anybody's. */
    private static final int MOST_NONSENSE = 200;
    private static final String END = "\r\n";

    private final Hub hub;
    private final Meter meter;
    private final Answers answers;
    private final Framer framer;
    private final Lane lane = new Lane(MOST_WAITING);
    private final Outlet outlet;
    private final Silence silence;
    private Optional<Future<?>> timer = Optional.empty();
    private Optional<Consumer<String>> asking = Optional.empty();
    private boolean authorized;
    private boolean ended;
    private int nonsense;

    LineConnection(Hub hub, boolean windows, ChannelHandlerContext context, Meter meter) {
        super(ByteBuf.class);
        this.hub = hub;
        this.meter = meter;
        this.answers = new Answers(windows);
        this.framer = new Framer(hub.limits().requestBytes(), hub.limits().requestTime().toNanos());
        this.outlet = new Outlet(context.channel(), hub.limits(), line -> Outlet.bytes(line + END));
        this.silence = new Silence(hub.desk(), windows);
        this.authorized = hub.guard().knows(Optional.empty());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
        byte[] copy = ByteBufUtil.getBytes(bytes);
        framer.feed(copy, copy.length, Hub.now(context));
        drain(context);
    }

    private void drain(ChannelHandlerContext context) {
        for (Optional<String> request = framer.poll(); request.isPresent() && !ended; request = framer.poll()) {
            String text = request.get();
            if (!lane.offer(over -> handle(context, text, over))) {
                refuse(context, "ERROR: too many requests wait for their answers");
            }
        }
        if (framer.isOverflown()) {
            refuse(context, "ERROR: the request is too long: at most " + hub.limits().requestBytes() + " bytes are allowed");
        }
        if (framer.deadline() == Framer.NEVER) {
            meter.complete();
        }
        context.channel().config().setAutoRead(!lane.isFull() && context.channel().isWritable());
        timer.ifPresent(waiting -> waiting.cancel(false));
        timer = framer.deadline() == Framer.NEVER ? Optional.empty() : Optional.of(context.executor().schedule(() -> {
            framer.onTime(Hub.now(context));
            drain(context);
        }, framer.deadline() - Hub.now(context), TimeUnit.NANOSECONDS));
    }

    private void handle(ChannelHandlerContext context, String text, Runnable over) {
        Reading reading = hub.reader().read(text);
        boolean sense = reading instanceof Reading.Read read && read.command().signature().isPresent();
        nonsense = sense ? 0 : nonsense + 1;
        if (nonsense > MOST_NONSENSE) {
            refuse(context, "ERROR: too many requests that mean nothing");
            return;
        }
        if (reading instanceof Reading.Unreadable none) {
            write("ERROR: " + none.why());
            after(context, over);
            return;
        }
        Command given = ((Reading.Read) reading).command();
        authorized = authorized || hub.guard().knows(Optional.ofNullable(given.named().get("token")));
        if (!authorized) {
            refuse(context, "ERROR: a token is wanted: send ?function=API_Test&token=… first");
            return;
        }
        Command command = given.without("token");
        hub.desk().subscribe(this);
        silence.broken(context, () -> hub.desk().unsubscribe(this));
        Consumer<String> done = result -> {
            asking = Optional.empty();
            write(Answers.oneLine(answers.text(command, result)));
            after(context, over);
        };
        asking = Optional.of(done);
        hub.desk().run(command, Caller.TCP, Hub.now(context), done);
    }

    private void after(ChannelHandlerContext context, Runnable over) {
        over.run();
        context.channel().config().setAutoRead(!lane.isFull() && context.channel().isWritable());
        if (ended && lane.isIdle()) {
            context.writeAndFlush(Outlet.bytes("")).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void refuse(ChannelHandlerContext context, String sentence) {
        ended = true;
        context.writeAndFlush(Outlet.bytes(sentence + END)).addListener(ChannelFutureListener.CLOSE);
    }

    private void write(String line) {
        outlet.answer(Outlet.bytes(line + END));
    }

    @Override
    public boolean isClassic() {
        return true;
    }

    @Override
    public boolean isConnection() {
        return true;
    }

    @Override
    public void on(Event event) {
        outlet.event(event.line());
    }

    /** The client will say no more, but may still listen for its answers. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            framer.end();
            drain(context);
            ended = true;
            if (lane.isIdle()) {
                context.writeAndFlush(Outlet.bytes("")).addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        outlet.resume();
        context.channel().config().setAutoRead(!lane.isFull() && context.channel().isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        timer.ifPresent(waiting -> waiting.cancel(false));
        silence.end();
        asking.ifPresent(hub.desk()::forget);
        hub.desk().unsubscribe(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
