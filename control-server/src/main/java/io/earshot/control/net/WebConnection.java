package io.earshot.control.net;

import io.earshot.control.desk.Lane;
import io.earshot.control.web.Documents;
import io.earshot.control.web.Guard;
import io.earshot.control.web.Pages;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpUtil;
import io.earshot.control.text.Command.Parameter;
import io.earshot.control.text.QueryReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A connection of HTTP: lets in who may come in, and hands each request to what answers it. */
final class WebConnection extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final int MOST_WAITING = 16;

    private final Hub hub;
    private final Patience patience;
    private final Meter meter;
    private final Lane lane = new Lane(MOST_WAITING);
    private Optional<Consumer<String>> asking = Optional.empty();
    private boolean ended;

    WebConnection(Hub hub, Patience patience, Meter meter) {
        super(FullHttpRequest.class);
        this.hub = hub;
        this.patience = patience;
        this.meter = meter;
    }

    /** A request, copied out of Netty's buffers. */
    record Request(String method, String path, String query, Function<String, String> header, String body) {
        Optional<String> parameter(String name) {
            return QueryReader.pairs(query).stream().filter(pair -> pair.name().equals(name)).map(Parameter::value).findFirst();
        }

        String headerOrEmpty(String name) {
            String value = header.apply(name);
            return value == null ? "" : value;
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
        patience.complete();
        meter.complete();
        if (ended) {
            return;
        }
        Reply reply = new Reply(HttpUtil.isKeepAlive(message), Optional.ofNullable(message.headers().get(HttpHeaderNames.ORIGIN))
                .filter(hub.guard()::isListed), message.method().name().equals("HEAD"));
        if (!message.decoderResult().isSuccess()) {
            broken(context, message.decoderResult().cause());
            return;
        }
        String uri = message.uri();
        int mark = uri.indexOf('?');
        Request request = new Request(message.method().name(), mark < 0 ? uri : uri.substring(0, mark),
                mark < 0 ? "" : uri.substring(mark + 1), message.headers().copy()::get, message.content().toString(StandardCharsets.UTF_8));
        if (EventConnections.isUpgrade(request) && lane.isIdle()) {
            upgrade(context, message, request, reply);
        } else if (!lane.offer(over -> handle(context, request, reply, over))) {
            stop(context, 503, "Too many requests wait for their answers.");
        }
    }

    private void broken(ChannelHandlerContext context, Throwable cause) {
        String kind = cause == null ? "" : cause.getClass().getSimpleName();
        stop(context, kind.equals("TooLongHttpLineException") ? 414 : kind.equals("TooLongHttpHeaderException") ? 431 : 400,
                "This is no HTTP, or too long.");
    }

    private void stop(ChannelHandlerContext context, int status, String sentence) {
        ended = true;
        new Reply(false, Optional.empty(), false).send(context, status, Reply.TEXT, "ERROR: " + sentence + "\n");
    }

    private void upgrade(ChannelHandlerContext context, FullHttpRequest message, Request request, Reply reply) {
        Optional<Guard.Refusal> refusal = hub.guard().judgeHost(request.header).or(() -> hub.guard().judgePage(request.header));
        if (refusal.isPresent()) {
            stop(context, refusal.get().status(), refusal.get().sentence());
        } else if (!hub.guard().isAuthorized(request.header, request.parameter("token"))) {
            stop(context, 401, "A token is wanted: Authorization: Bearer …, or ?token=…");
        } else if (!request.path.equals("/ws")) {
            stop(context, 404, "WebSockets are at /ws.");
        } else {
            ended = true;
            patience.end();
            EventConnections.toWebSocket(context, hub, message, request, meter);
        }
    }

    private void handle(ChannelHandlerContext context, Request request, Reply reply, Runnable over) {
        Answering answering = new Answering(context, reply, () -> {
            asking = Optional.empty();
            patience.answered(context);
            over.run();
        });
        Optional<Guard.Refusal> refusal = hub.guard().judgeHost(request.header);
        if (refusal.isEmpty() && !isPage(request)) {
            refusal = hub.guard().judgePage(request.header);
        }
        if (refusal.isPresent()) {
            answering.text(refusal.get().status(), "ERROR: " + refusal.get().sentence() + "\n");
        } else if (request.method.equals("OPTIONS")) {
            answering.text(204, "");
        } else if (isPage(request)) {
            answering.send(200, Pages.type(request.path), Pages.content(request.path), "");
        } else if (request.path.equals("/openapi.json")) {
            answering.text(200, Reply.JSON, Documents.openApi(hub.rest(), hub.desk().functions()));
        } else if (request.path.equals("/asyncapi.json")) {
            answering.text(200, Reply.JSON, Documents.asyncApi(hub.desk().notifications()));
        } else if (!hub.guard().isAuthorized(request.header, request.parameter("token").filter(given -> isClassic(request)
                || request.path.equals("/events")))) {
            answering.text(401, "ERROR: a token is wanted: Authorization: Bearer …\n");
        } else if (request.path.equals("/events") && request.method.equals("GET")) {
            ended = true;
            patience.end();
            EventConnections.toEventStream(context, hub, request, reply);
        } else if (isClassic(request)) {
            asking = new ClassicWeb(hub).handle(request, Hub.now(context), answering);
        } else {
            hub.rest().handle(request.method, request.path, request.body, Hub.now(context),
                    answer -> answering.send(answer.status(), Reply.JSON, answer.json().getBytes(StandardCharsets.UTF_8),
                            answer.location()));
        }
    }

    private static boolean isPage(Request request) {
        boolean reading = request.method.equals("GET") || request.method.equals("HEAD");
        return reading && request.query.isEmpty() && Pages.isPage(request.path);
    }

    private static boolean isClassic(Request request) {
        return request.path.equals("/");
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent && lane.isIdle()) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        asking.ifPresent(hub.desk()::forget);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
