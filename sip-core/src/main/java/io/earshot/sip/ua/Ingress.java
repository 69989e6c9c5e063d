package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.ParseResult;
import io.earshot.sip.message.SipLimits;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipParser;
import io.earshot.sip.message.StreamFramer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The way in: bytes to messages that are safe to read, the rest counted and told of now and then. */
final class Ingress {
    private static final byte[] PONG = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final long SILENCE = 60 * Ticker.SECOND;
    private static final int MAX_REPLIES_PER_SECOND = 50;

    /** Takes what came in whole. */
    interface Sink {
        void accept(SipMessage message, Flow flow, boolean reliable, long now);
    }

    /** A byte stream that is being cut into messages. */
    private static final class Stream {
        private final StreamFramer framer;
        /** When the message that has begun must be there. */
        private Agenda.Entry patience = Agenda.Entry.NONE;
        private boolean closing;

        private Stream(SipLimits limits) {
            framer = new StreamFramer(limits);
        }
    }

    /** How often something happened, and when it may be told again. */
    private static final class Count {
        private long total;
        private long quietUntil = Long.MIN_VALUE;
    }

    private final Context context;
    private final ReturnPaths paths;
    private final SipParser parser;
    private final Sink sink;
    private final Map<Flow, Stream> streams = new HashMap<>();
    private final Map<String, Count> dropped = new HashMap<>();
    private long second;
    private int replies;

    Ingress(Context context, ReturnPaths paths, Sink sink) {
        this.context = context;
        this.paths = paths;
        this.parser = new SipParser(context.config.limits());
        this.sink = sink;
    }

    void onReceived(Flow flow, ByteBuffer data, long now) {
        context.flows.heard(flow);
        paths.received(flow, data.remaining(), now);
        boolean whole = context.traits(flow.protocol()).map(TransportTraits::messageOriented).orElse(flow.protocol().equals("UDP"));
        if (whole) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            if (flow.protocol().equals("UDP") && StunMessage.isOne(ByteBuffer.wrap(bytes))) {
                context.stun.onDatagram(flow, bytes, now);
                return;
            }
            take(parser.parse(bytes), flow, now);
            return;
        }
        context.pongs.onReceived(flow);
        cut(streams.computeIfAbsent(flow, key -> new Stream(context.config.limits())), flow, data, now);
    }

    private void cut(Stream stream, Flow flow, ByteBuffer data, long now) {
        StreamFramer framer = stream.framer;
        boolean progress = false;
        do {
            framer.feed(data);
            for (Optional<ParseResult> next = framer.poll(); next.isPresent(); next = framer.poll()) {
                progress = true;
                take(next.get(), flow, now);
            }
        } while (data.hasRemaining() && !framer.isBroken());
        if (framer.isBroken()) {
            close(stream, flow, "where the next message begins cannot be told");
            return;
        }
        if (progress || framer.buffered() == 0) {
            context.agenda.cancel(stream.patience);
            stream.patience = Agenda.Entry.NONE;
        }
        if (framer.buffered() > 0 && stream.patience == Agenda.Entry.NONE) {
            long patience = context.lifetime();
            stream.patience = context.agenda.at(now + patience, then -> {
                drop("stream.slow", "a message was not complete after " + patience / Ticker.SECOND + " s", flow, then);
                close(stream, flow, "a message was not complete after " + patience / Ticker.SECOND + " s");
            });
        }
    }

    private void close(Stream stream, Flow flow, String reason) {
        context.agenda.cancel(stream.patience);
        if (!stream.closing) {
            stream.closing = true;
            context.output(new EngineOutput.CloseFlow(flow, reason));
        }
    }

    void onFlowClosed(Flow flow) {
        context.flows.closed(flow);
        Stream stream = streams.remove(flow);
        if (stream != null) {
            context.agenda.cancel(stream.patience);
        }
    }

    private void take(ParseResult result, Flow flow, long now) {
        if (result instanceof ParseResult.Parsed parsed) {
            Optional<ParseResult.Malformed> defect = parsed.message().check();
            if (defect.isPresent()) {
                refuse(defect.get(), flow, now);
            } else {
                sink.accept(parsed.message(), flow, context.isReliable(flow.protocol()), now);
            }
        } else if (result instanceof ParseResult.KeepAlive keepAlive) {
            if (context.isReliable(flow.protocol())) {
                if (keepAlive.ping()) {
                    send(flow, PONG.clone()); // RFC 5626 §4.4.1
                } else {
                    context.pongs.onPong(flow);
                }
            }
        } else if (result instanceof ParseResult.Malformed malformed) {
            refuse(malformed, flow, now);
        }
    }

    private void refuse(ParseResult.Malformed malformed, Flow flow, long now) {
        drop("malformed." + malformed.reason(), malformed.detail(), flow, now);
        malformed.reply().filter(reply -> mayReply(now) && paths.admits(flow.protocol(), flow.remote(), reply, now))
            .ifPresent(reply -> send(flow, reply.toBytes()));
    }

    /** Garbage from forged sources must not make us a source of much more. */
    private boolean mayReply(long now) {
        if (now / Ticker.SECOND != second) {
            second = now / Ticker.SECOND;
            replies = 0;
        }
        return replies++ < MAX_REPLIES_PER_SECOND;
    }

    private void send(Flow flow, byte[] bytes) {
        context.output(new EngineOutput.Transmit(flow.protocol(), Optional.of(flow), flow.remote(), Context.host(flow.remote()), bytes));
    }

    /** Counts what is of no use, and tells of it once a minute at most per kind. */
    void drop(String kind, String detail, Flow flow, long now) {
        Count count = dropped.computeIfAbsent(kind, key -> new Count());
        count.total++;
        if (now >= count.quietUntil) {
            count.quietUntil = now + SILENCE;
            context.emit(new SipEvent.Dropped(kind, detail, count.total, flow));
        }
    }
}
