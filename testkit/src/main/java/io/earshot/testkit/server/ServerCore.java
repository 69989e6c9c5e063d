package io.earshot.testkit.server;

import io.earshot.api.id.IdSource;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.ParseResult;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.ResponseBuilder;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.transaction.Failure;
import io.earshot.sip.transaction.Hop;
import io.earshot.sip.transaction.TransactionId;
import io.earshot.sip.transaction.TransactionLayer;
import io.earshot.sip.transaction.TransactionLayer.Output;
import io.earshot.sip.transaction.TransactionLimits;
import io.earshot.testkit.node.Driven;
import io.earshot.testkit.node.Sender;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiFunction;

/** The server as a sans-IO machine: reads, hands each request to registrar or proxy, writes. */
final class ServerCore implements Driven {
    private static final byte[] PONG = "\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Ingress ingress = new Ingress();
    private final LocationStore locations = new LocationStore();
    private final TransactionLayer layer;
    private final Identity identity;
    private final Hops hops;
    private final Replies replies;
    private final Gate gate;
    private final Registrar registrar;
    private final Proxy proxy;
    private final Queue<Flow> pings = new ArrayDeque<>();
    private final Queue<Flow> broken = new ArrayDeque<>();
    private int refusal;
    private int retryAfter;

    ServerCore(ServerSettings settings, Set<String> protocols, IdSource ids,
            BiFunction<String, InetSocketAddress, InetSocketAddress> localAddresses) {
        layer = new TransactionLayer(settings.timers(), TransactionLimits.DEFAULT.withoutMergeDetection(), ids);
        identity = new Identity(settings.domains(), localAddresses);
        hops = new Hops(identity, protocols);
        replies = new Replies(ids);
        gate = new Gate(settings, ids, replies);
        registrar = new Registrar(settings, identity, gate, locations, replies);
        Screening screening = new Screening(settings, identity, gate, replies);
        Targets targets = new Targets(settings, identity, locations, hops, replies);
        proxy = new Proxy(settings, layer, screening, targets, new Routing(identity), replies);
    }

    /** Makes one of the server's addresses known, which requests may name before anything was sent from it. */
    void knowAs(InetSocketAddress address) {
        identity.add(address);
    }

    List<Binding> bindings(String user, long now) {
        return locations.of(user, now);
    }

    void forgetBindings() {
        locations.clear();
    }

    void forceStale(int answers) {
        gate.forceStale(answers);
    }

    /** Answers every new request like this; status 0 ends it. */
    void refuse(int status, int retryAfterSeconds) {
        refusal = status;
        retryAfter = retryAfterSeconds;
    }

    int transactions() {
        return layer.size();
    }

    @Override
    public void onDatagram(Flow flow, ByteBuffer data, long now) {
        for (ParseResult result : ingress.read(flow, data)) {
            if (result instanceof ParseResult.Parsed parsed) {
                identity.towards(flow.protocol(), flow.remote());
                layer.onMessage(parsed.message(), flow, Hops.reliable(flow.protocol()), now);
            } else if (result instanceof ParseResult.Malformed malformed) {
                malformed.reply().ifPresent(reply -> layer.resend(reply, hops.back(flow)));
            } else if (result instanceof ParseResult.KeepAlive keepAlive && keepAlive.ping() && Hops.reliable(flow.protocol())) {
                pings.add(flow);
            }
        }
        if (ingress.isBroken(flow)) {
            ingress.closed(flow);
            broken.add(flow);
        }
    }

    @Override
    public void onTime(long now) {
        layer.onTime(now);
        proxy.onTime(now);
    }

    @Override
    public void onSendFailed(String protocol, InetSocketAddress peer, String reason, long now) {
        layer.onTransportError(protocol, peer, reason, now);
    }

    @Override
    public void onFlowClosed(Flow flow, String reason, long now) {
        ingress.closed(flow);
        locations.removeOver(flow);
        layer.onTransportError(flow, reason, now);
    }

    @Override
    public long drain(long now, Sender sender) {
        while (!pings.isEmpty()) {
            sender.send(pings.remove(), ByteBuffer.wrap(PONG)); // RFC 5626 §4.4.1
        }
        for (Output next = layer.poll(); ; next = layer.poll()) {
            if (next instanceof Output.Wait wait) {
                while (!broken.isEmpty()) {
                    sender.close(broken.remove(), "where the next message begins cannot be told"); // after the 400 to it
                }
                return Math.min(wait.deadline(), proxy.deadline());
            }
            if (next instanceof Output.Transmit out) {
                transmit(out, sender);
            } else {
                handle(next, now);
            }
        }
    }

    private static void transmit(Output.Transmit out, Sender sender) {
        Hop hop = out.hop();
        ByteBuffer bytes = ByteBuffer.wrap(out.message().toBytes());
        if (hop.flow().isPresent()) {
            sender.send(hop.flow().get(), bytes);
        } else {
            sender.send(hop.protocol(), hop.peer(), hop.host(), bytes);
        }
    }

    private void handle(Output output, long now) {
        if (output instanceof Output.RequestReceived in) {
            onRequest(in.id(), in.request(), in.flow(), now);
        } else if (output instanceof Output.ResponseReceived in) {
            proxy.onResponse(in.id(), in.response(), now);
        } else if (output instanceof Output.CancelReceived in) {
            proxy.onCancel(in.invite(), now);
        } else if (output instanceof Output.AckReceived in) {
            proxy.onAck(in.ack(), now);
        } else if (output instanceof Output.Failed failed) {
            proxy.onFailed(failed.id(), failed.cause() == Failure.TIMEOUT, now);
        } else if (output instanceof Output.Terminated over) {
            proxy.onTerminated(over.id());
        } // what is left is StrayResponse, which a proxy drops (RFC 6026 §7.3)
    }

    private void onRequest(TransactionId id, Request request, Flow flow, long now) {
        if (refusal != 0) {
            ResponseBuilder answer = replies.to(request, refusal);
            Response refused = retryAfter > 0 ? answer.set(HeaderName.RETRY_AFTER, retryAfter).build() : answer.build();
            layer.respond(id, refused, now);
        } else if (request.method().equals(SipMethod.REGISTER)) {
            layer.respond(id, registrar.answer(request, flow, now), now);
        } else {
            proxy.onRequest(id, request, flow, now);
        }
    }
}
