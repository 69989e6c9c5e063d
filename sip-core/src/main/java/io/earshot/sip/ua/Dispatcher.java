package io.earshot.sip.ua;

import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Via;
import io.earshot.sip.resolve.Resolver;
import io.earshot.sip.transaction.Failure;
import io.earshot.sip.transaction.Hop;
import io.earshot.sip.transaction.TransactionLayer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Carries what the layers below have to say to whom it concerns, until they have nothing left to say. */
final class Dispatcher {
    private static final int SIPS_PORT = 5061;
    /** How much of a hostile text is worth telling. */
    private static final int MOST_SHOWN = 80;

    private final Context context;
    private final Sessions sessions;
    private final Queries queries;
    private final Ingress ingress;
    private final UasChecks checks;
    private final Admission admission;
    private final ReturnPaths paths;
    /** Where the last message came from; a datagram holds one, and what the layers say to it is taken before the next. */
    private Optional<Flow> arriving = Optional.empty();

    Dispatcher(Context context, Sessions sessions, Queries queries, Admission admission) {
        this.context = context;
        this.sessions = sessions;
        this.queries = queries;
        this.paths = new ReturnPaths();
        this.ingress = new Ingress(context, paths, (message, flow, reliable, now) -> {
            context.nowhere.learn(message, flow);
            arriving = Optional.of(flow);
            context.layer.onMessage(message, flow, reliable, now);
        });
        this.checks = new UasChecks(context);
        this.admission = admission;
    }

    void onReceived(Flow flow, ByteBuffer data, long now) {
        ingress.onReceived(flow, data, now);
    }

    void onFlowClosed(Flow flow) {
        ingress.onFlowClosed(flow);
        context.nowhere.closed(flow);
    }

    long deadline() {
        long below = Math.min(wait(context.layer.poll()), wait(context.resolver.poll()));
        return Math.min(below, context.agenda.deadline());
    }

    private static long wait(Object output) {
        if (output instanceof TransactionLayer.Output.Wait wait) {
            return wait.deadline();
        }
        if (output instanceof Resolver.Output.Wait wait) {
            return wait.deadline();
        }
        throw new IllegalStateException("not drained: " + output);
    }

    /** The one place where a defect in handling an input ends: it is told of, and the engine goes on. */
    void guarded(String what, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException defect) {
            context.emit(new SipEvent.InternalError(what, defect));
        }
    }

    /** Drains the layers below and does what is due. */
    void pump(long now) {
        boolean busy = true;
        while (busy) {
            busy = false;
            for (TransactionLayer.Output next = context.layer.poll(); !(next instanceof TransactionLayer.Output.Wait);
                    next = context.layer.poll()) {
                TransactionLayer.Output output = next;
                guarded("transaction output", () -> take(output, now));
            }
            for (Resolver.Output next = context.resolver.poll(); !(next instanceof Resolver.Output.Wait); next = context.resolver.poll()) {
                Resolver.Output output = next;
                guarded("resolver output", () -> take(output, now));
                busy = true;
            }
            while (context.agenda.deadline() <= now) {
                guarded("timer", () -> context.agenda.takeDue(now).run(now));
                busy = true;
            }
        }
    }

    private void take(Resolver.Output output, long now) {
        if (output instanceof Resolver.Output.Query query) {
            context.output(new EngineOutput.Query(query.id(), query.name(), query.type()));
        } else if (output instanceof Resolver.Output.Found found) {
            context.takeFinder(found.search()).ifPresent(finder -> finder.found(found.targets(), now));
        } else if (output instanceof Resolver.Output.NotFound lost) {
            context.takeFinder(lost.search()).ifPresent(finder -> finder.notFound(lost.reason(), now));
        }
    }

    private void take(TransactionLayer.Output output, long now) {
        if (output instanceof TransactionLayer.Output.Transmit transmit) {
            transmit(transmit.hop(), transmit.message(), now);
        } else if (output instanceof TransactionLayer.Output.RequestReceived received) {
            noteAlias(received.request(), received.flow());
            onRequest(new ServerRequest(received.id(), received.request(), received.flow()), now);
        } else if (output instanceof TransactionLayer.Output.ResponseReceived received) {
            arriving.ifPresent(flow -> paths.proven(flow, now));
            if (!repeated(received.response())) {
                context.requests.onResponse(received.id(), received.response(), now);
            }
        } else if (output instanceof TransactionLayer.Output.CancelReceived received) {
            sessions.onCancel(received.invite(), received.cancel(), now);
        } else if (output instanceof TransactionLayer.Output.AckReceived received) {
            if (sessions.knows(received.ack())) {
                paths.proven(received.flow(), now);
            }
            sessions.onAck(received.ack(), now);
        } else if (output instanceof TransactionLayer.Output.StrayResponse stray) {
            if (!repeated(stray.response())) {
                ingress.drop("stray.response", stray.response().status() + " to nothing we sent", stray.flow(), now);
            }
        } else if (output instanceof TransactionLayer.Output.Failed failed) {
            onFailed(failed, now);
        } else if (output instanceof TransactionLayer.Output.Terminated terminated) {
            context.requests.onTerminated(terminated.id());
            sessions.forget(terminated.id());
        }
    }

    private void transmit(Hop hop, SipMessage message, long now) {
        if (paths.admits(hop.protocol(), hop.peer(), message, now)) {
            context.output(new EngineOutput.Transmit(hop.protocol(), hop.flow(), hop.peer(), hop.host(), message.toBytes()));
        } else {
            Optional<Flow> unproven = hop.flow().or(() -> context.local(hop.protocol(), hop.peer())
                .map(local -> new Flow(hop.protocol(), local, hop.peer(), 0)));
            unproven.ifPresent(flow -> ingress.drop("unproven.path", message.byteLength()
                + " bytes stay here: that address asks for much and has not shown that it hears us", flow, now));
        }
    }

    /** RFC 5923 §5: the peer's end of its connection stands for the port it listens on; over TLS only, where it has to prove who it is. */
    private void noteAlias(Request request, Flow flow) {
        Via via = request.via();
        if (flow.protocol().equals("TLS") && via.parameters().has("alias")) {
            int port = via.port() < 0 ? SIPS_PORT : via.port();
            context.output(new EngineOutput.Alias(flow, new InetSocketAddress(flow.remote().getAddress(), port), via.host()));
        }
    }

    /** A 2xx to INVITE that has been acknowledged is so again, and nobody else hears of it. */
    private boolean repeated(Response response) {
        return Acks.wanted(response) && context.acks.repeat(response);
    }

    private void onFailed(TransactionLayer.Output.Failed failed, long now) {
        if (failed.cause() == Failure.TIMEOUT) {
            context.requests.onTimeout(failed.id(), now);
            sessions.onServerFailure(failed.id(), now);
        } else {
            context.requests.onTransportError(failed.id(), failed.reason(), now);
        }
    }

    /** RFC 3261 §8.2 and §12.2.2: what is for a dialog goes to it; what is for none starts a call, asks what we can, or is refused. */
    private void onRequest(ServerRequest request, long now) {
        boolean inDialog = request.request().to().tag().isPresent();
        boolean inCall = inDialog && sessions.knows(request.request());
        boolean elsewhere = inDialog && !inCall && context.extensions.knows(request.request());
        if (inDialog && !inCall && !elsewhere) {
            context.respond(request, 481, now);
            return;
        }
        if (inDialog) {
            paths.proven(request.flow(), now);
        } else if (admission.refuses(request)) {
            String target = request.request().requestUri().toString();
            ingress.drop("stranger", request.request().method() + " for " + target.substring(0, Math.min(target.length(), MOST_SHOWN))
                + ": it is not for us or not from our server, and got 404", request.flow(), now);
            context.respond(request, 404, now);
            return;
        }
        Optional<Response> refusal = checks.refusal(request);
        if (refusal.isPresent()) {
            context.respond(request, refusal.get(), now);
            return;
        }
        SipMethod method = request.request().method();
        if (inCall && !sessions.inOrder(request.request())) {
            context.respond(request, 500, now);
        } else if (inCall && !method.equals(SipMethod.OPTIONS)) {
            sessions.onRequestInDialog(request, now);
        } else if (context.extensions.handler(request.request()).isPresent()) {
            context.extensions.handler(request.request()).get().onRequest(request, now);
        } else if (method.equals(SipMethod.INVITE)) {
            sessions.onInvite(request, now);
        } else if (method.equals(SipMethod.OPTIONS)) {
            queries.answer(request, now);
        } else {
            context.respond(request, 481, now); // BYE, or another that only calls take, outside any dialog
        }
    }
}
