package io.earshot.sip.ua;

import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.ParseResult;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.ResponseBuilder;
import io.earshot.sip.message.SipLimits;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipParser;
import io.earshot.sip.message.Uri;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A peer on a {@link Lan} that does what the test tells it, right or wrong. */
final class Script implements Lan.Node {
    final Lan lan;
    final String name;
    final InetSocketAddress address;
    final List<SipMessage> received = new ArrayList<>();
    Consumer<Request> onRequest = request -> { };
    Consumer<Response> onResponse = response -> { };
    Consumer<byte[]> onStun = request -> { };
    private final SipParser parser = new SipParser(SipLimits.DEFAULT);
    private InetSocketAddress lastPeer;

    Script(Lan lan, String name, InetSocketAddress address) {
        this.lan = lan;
        this.name = name;
        this.address = address;
    }

    Uri uri() {
        return Uri.parse("sip:" + name + "@" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    @Override
    public void receive(Flow flow, byte[] message, long now) {
        lastPeer = flow.remote();
        if (message.length >= 20 && message[0] == 0) {
            onStun.accept(message);
            return;
        }
        if (!(parser.parse(message) instanceof ParseResult.Parsed parsed)) {
            return;
        }
        received.add(parsed.message());
        if (parsed.message() instanceof Request request) {
            onRequest.accept(request);
        } else if (parsed.message() instanceof Response response) {
            onResponse.accept(response);
        }
    }

    @Override
    public long turn(long now) {
        return Long.MAX_VALUE;
    }

    List<Request> requests(SipMethod method) {
        return received.stream().filter(message -> message instanceof Request request && request.method().equals(method))
            .map(Request.class::cast).toList();
    }

    List<Integer> statuses() {
        return received.stream().filter(Response.class::isInstance).map(message -> ((Response) message).status()).toList();
    }

    Response lastResponse() {
        return received.stream().filter(Response.class::isInstance).map(Response.class::cast).reduce((a, b) -> b).orElseThrow();
    }

    ResponseBuilder reply(Request request, int status, String tag) {
        ResponseBuilder builder = Response.to(request, status);
        if (request.to().tag().isEmpty() && !tag.isEmpty()) {
            builder.set(HeaderName.TO, request.to().withTag(tag));
        }
        return builder.set(HeaderName.CONTACT, "<" + uri() + ">");
    }

    void send(InetSocketAddress to, SipMessage message) {
        send(to, message.toBytes());
    }

    void send(InetSocketAddress to, byte[] message) {
        lan.log(name + " > " + lan.names.get(to) + " " + Phone.brief(message));
        lan.send(address, to, message);
    }

    /** Sends to where the last message came from. */
    void send(SipMessage message) {
        send(lastPeer, message);
    }

    /** Sends a message written with line feeds; the branch, if it is {@code BRANCH}, is made new. */
    void sendText(InetSocketAddress to, String text) {
        String branch = "z9hG4bK" + lan.newIds().token(60);
        send(to, text.replace("BRANCH", branch).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
