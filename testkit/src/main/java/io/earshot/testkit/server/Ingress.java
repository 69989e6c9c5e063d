package io.earshot.testkit.server;

import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.ParseResult;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipLimits;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipParser;
import io.earshot.sip.message.StreamFramer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns what transports deliver into messages that are safe to read. */
final class Ingress {
    private static final Set<String> STREAMS = Set.of("TCP", "TLS");
    private static final int CONNECTIONS = 10_000;

    private final SipParser parser = new SipParser(SipLimits.DEFAULT);
    private final Map<Flow, StreamFramer> framers = new HashMap<>();

    /** Returns what is complete, each message checked in every header that this server reads. */
    List<ParseResult> read(Flow flow, ByteBuffer data) {
        List<ParseResult> results = new ArrayList<>();
        if (!STREAMS.contains(flow.protocol())) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            results.add(checked(parser.parse(bytes)));
        } else if (framers.containsKey(flow) || framers.size() < CONNECTIONS) {
            StreamFramer framer = framers.computeIfAbsent(flow, key -> new StreamFramer(SipLimits.DEFAULT));
            while (data.hasRemaining() && !framer.isBroken()) {
                framer.feed(data);
                for (Optional<ParseResult> next = framer.poll(); next.isPresent(); next = framer.poll()) {
                    results.add(checked(next.get()));
                }
            }
        }
        return results;
    }

    private static ParseResult checked(ParseResult result) {
        return result instanceof ParseResult.Parsed parsed
            ? parsed.message().check().<ParseResult>map(defect -> answered(parsed.message(), defect)).orElse(parsed) : result;
    }

    /** The parser has read what an answer needs; the defect is further down. */
    private static ParseResult.Malformed answered(SipMessage message, ParseResult.Malformed defect) {
        boolean answer = defect.reply().isEmpty() && message instanceof Request request && !request.method().equals(SipMethod.ACK);
        Optional<Response> reply = answer
            ? Optional.of(Response.to((Request) message, defect.reason().status()).build()) : defect.reply();
        return new ParseResult.Malformed(defect.reason(), defect.offset(), defect.detail(), reply);
    }

    /** Tells whether nothing on a connection can be understood any more (RFC 3261 §18.3). */
    boolean isBroken(Flow flow) {
        return framers.containsKey(flow) && framers.get(flow).isBroken();
    }

    void closed(Flow flow) {
        framers.remove(flow);
    }
}
