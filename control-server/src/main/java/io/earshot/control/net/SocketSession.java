package io.earshot.control.net;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import io.earshot.control.desk.Caller;
import io.earshot.control.desk.Desk;
import io.earshot.control.desk.Event;
import io.earshot.control.desk.Lane;
import io.earshot.control.text.Answers;
import io.earshot.control.text.Command;
import io.earshot.control.text.Command.Dialect;
import io.earshot.control.text.JsonReader;
import io.earshot.control.text.Reading;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A WebSocket: commands as JSON (or in any other dialect) in, answers and events out. */
final class SocketSession extends SimpleChannelInboundHandler<WebSocketFrame> implements Desk.Subscriber {
    private static final int MOST_WAITING = 128;
    private static final long PING_SECONDS = 20;
    private static final Answers TEXTS = new Answers(false);

    private final Hub hub;
    private final boolean lines;
    private final Outlet outlet;
    private final ChannelHandlerContext entry;
    private final Meter meter;
    private final Lane lane = new Lane(MOST_WAITING);
    private Optional<Future<?>> pings = Optional.empty();
    private Optional<Consumer<String>> asking = Optional.empty();
    private boolean heard = true;

    SocketSession(Hub hub, boolean lines, ChannelHandlerContext context, Meter meter) {
        super(WebSocketFrame.class);
        this.hub = hub;
        this.lines = lines;
        this.entry = context;
        this.meter = meter;
        this.outlet = new Outlet(context.channel(), hub.limits(), this::frame);
    }

    void begin() {
        hub.desk().subscribe(this);
        pings = Optional.of(entry.executor().scheduleAtFixedRate(this::ping, PING_SECONDS, PING_SECONDS, TimeUnit.SECONDS));
    }

    /** Who did not say anything since the last ping, not even a pong, is gone. */
    private void ping() {
        if (!heard) {
            entry.channel().close();
            return;
        }
        heard = false;
        entry.channel().writeAndFlush(new PingWebSocketFrame());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        heard = true;
        meter.complete();
        if (frame instanceof TextWebSocketFrame text) {
            String request = text.text();
            if (!lane.offer(over -> handle(context, request, over))) {
                close(context, WebSocketCloseStatus.POLICY_VIOLATION, "too many requests wait");
            }
            context.channel().config().setAutoRead(!lane.isFull());
        } else if (frame instanceof PingWebSocketFrame) {
            context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
        } else if (frame instanceof CloseWebSocketFrame) {
            close(context, WebSocketCloseStatus.NORMAL_CLOSURE, "");
        } else if (!(frame instanceof PongWebSocketFrame)) {
            close(context, WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "only text is understood");
        }
    }

    private static void close(ChannelHandlerContext context, WebSocketCloseStatus status, String why) {
        context.writeAndFlush(new CloseWebSocketFrame(status, why)).addListener(ChannelFutureListener.CLOSE);
    }

    private void handle(ChannelHandlerContext context, String request, Runnable over) {
        boolean json = request.stripLeading().startsWith("{");
        Optional<JsonObject> object = json ? JsonReader.object(request) : Optional.empty();
        String id = object.map(given -> JsonReader.text(given.get("id"))).orElse("");
        Reading reading = object.map(hub.reader().json()::command).orElseGet(() -> hub.reader().read(request));
        if (reading instanceof Reading.Unreadable none) {
            String error = "ERROR: " + none.why();
            write(json ? JsonWriter.string().object().value("id", id).value("ok", false).value("result", error).end().done() : error);
            over.run();
            return;
        }
        Command command = ((Reading.Read) reading).command().without("token");
        Consumer<String> done = result -> {
            asking = Optional.empty();
            write(command.dialect() == Dialect.JSON ? withId(id, Answers.json(command, result)) : TEXTS.text(command, result));
            over.run();
            context.channel().config().setAutoRead(!lane.isFull());
        };
        asking = Optional.of(done);
        hub.desk().run(command, Caller.WEBSOCKET, Hub.now(context), done);
    }

    private static String withId(String id, String answer) {
        return id.isEmpty() ? answer : "{\"id\":" + JsonWriter.string(id) + "," + answer.substring(1);
    }

    private Object frame(String text) {
        boolean loss = !lines && text.startsWith("WPNOTIFICATION");
        return new TextWebSocketFrame(loss ? JsonWriter.string().object().value("type", "WARNING").value("line", text).end().done() : text);
    }

    private void write(String text) {
        outlet.answer(new TextWebSocketFrame(text));
    }

    @Override
    public boolean isClassic() {
        return false;
    }

    @Override
    public boolean isConnection() {
        return true;
    }

    @Override
    public void on(Event event) {
        outlet.event(lines ? event.line() : event.json(hub.desk().notifications()));
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
        pings.ifPresent(timer -> timer.cancel(false));
        asking.ifPresent(hub.desk()::forget);
        hub.desk().unsubscribe(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
