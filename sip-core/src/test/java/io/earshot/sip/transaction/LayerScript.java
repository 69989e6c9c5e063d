package io.earshot.sip.transaction;

import io.earshot.api.id.IdSource;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.transaction.TransactionLayer.Output;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Drives one layer in virtual time and writes a transcript: time in T1, then {@code >} to the wire, {@code <} to the user with the
 * transaction's number, {@code ?} stray, {@code !} failure, {@code .} the end of a transaction.
 */
final class LayerScript {
    static final InetSocketAddress LOCAL = new InetSocketAddress("192.0.2.9", 5060);
    static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 5060);
    static final Flow UDP = new Flow("UDP", LOCAL, PEER, 0);
    static final Flow TCP = new Flow("TCP", LOCAL, PEER, 1);
    static final Hop UDP_HOP = Hop.to("UDP", false, PEER, LOCAL);
    static final Hop TCP_HOP = new Hop("TCP", true, PEER, "192.0.2.1", Optional.of(TCP), "192.0.2.9", 5060);
    private static final long T1 = Timers.DEFAULT.t1();

    final TransactionLayer layer;
    final List<Output> outputs = new ArrayList<>();
    private StringJoiner transcript = new StringJoiner(" ");
    private long now;
    private long deadline = Long.MAX_VALUE;

    LayerScript() {
        this(TransactionLimits.DEFAULT);
    }

    LayerScript(TransactionLimits limits) {
        layer = new TransactionLayer(Timers.DEFAULT, limits, IdSource.seeded(1));
    }

    interface Input {
        void accept(TransactionLayer layer, long now);
    }

    LayerScript at(double time, Input input) {
        runTo(time);
        input.accept(layer, now);
        drain();
        return this;
    }

    /** A message comes over the flow named, UDP or TCP. */
    LayerScript receive(double time, SipMessage message, Flow flow) {
        return at(time, (l, at) -> l.onMessage(message, flow, !flow.protocol().equals("UDP"), at));
    }

    LayerScript receive(double time, SipMessage message) {
        return receive(time, message, UDP);
    }

    /** Answers the request of this transaction. */
    LayerScript respond(double time, long id, int status) {
        return at(time, (l, at) -> l.respond(new TransactionId(id), Messages.response(request(id), status), at));
    }

    LayerScript send(double time, Request request, Hop hop) {
        return at(time, (l, at) -> l.send(request, hop, at));
    }

    LayerScript runTo(double time) {
        long end = Math.round(time * T1);
        while (deadline <= end) {
            now = deadline;
            layer.onTime(now);
            drain();
            if (deadline <= now) {
                throw new AssertionError("time stands still at " + now + " after " + transcript);
            }
        }
        now = end;
        return this;
    }

    private void drain() {
        for (Output next = layer.poll(); ; next = layer.poll()) {
            if (next instanceof Output.Wait wait) {
                deadline = wait.deadline();
                return;
            }
            outputs.add(next);
            long tenths = now * 10 / T1;
            transcript.add((tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10) + describe(next));
        }
    }

    private static String describe(Output output) {
        if (output instanceof Output.Transmit out) {
            return ">" + Script.name(out.message());
        } else if (output instanceof Output.RequestReceived in) {
            return "<" + Script.name(in.request()) + "#" + in.id().number();
        } else if (output instanceof Output.ResponseReceived in) {
            return "<" + in.response().status() + "#" + in.id().number();
        } else if (output instanceof Output.CancelReceived in) {
            return "<CANCEL#" + in.invite().number();
        } else if (output instanceof Output.AckReceived) {
            return "<ACK";
        } else if (output instanceof Output.StrayResponse stray) {
            return "?" + stray.response().status();
        } else if (output instanceof Output.Failed failed) {
            return "!" + failed.cause() + "#" + failed.id().number();
        }
        return ".#" + ((Output.Terminated) output).id().number();
    }

    /** Returns the last message sent. */
    SipMessage sent() {
        return transmits().get(transmits().size() - 1).message();
    }

    Request sentRequest() {
        return (Request) sent();
    }

    Response sentResponse() {
        return (Response) sent();
    }

    List<Output.Transmit> transmits() {
        return outputs.stream().filter(Output.Transmit.class::isInstance).map(Output.Transmit.class::cast).toList();
    }

    Request request(long id) {
        return outputs.stream().filter(Output.RequestReceived.class::isInstance).map(Output.RequestReceived.class::cast)
            .filter(in -> in.id().number() == id).findFirst().orElseThrow().request();
    }

    /** Returns the transcript since the last call. */
    String text() {
        String text = transcript.toString();
        transcript = new StringJoiner(" ");
        return text;
    }
}
