package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.sip.transaction.Hop;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * Keeps NAT bindings and connections to one server open, at slightly random intervals: with the empty lines of RFC 5626 §3.5.1, and over
 * UDP with STUN (§3.5.2) where the registration is bound to its flow, which servers have to answer then. {@link Pongs} closes connections
 * whose server no longer answers; a flow over UDP is broken when a server that used to answer no longer does, or sees us elsewhere
 * (§4.4.2). A server that never answers STUN gets empty lines.
 */
final class KeepAlive {
    private static final byte[] PING = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** RFC 5626 §4.4.1: without a word of the server. */
    private static final long BOUND = 120 * Ticker.SECOND;

    private final Context context;
    private final LongConsumer broken;
    private Agenda.Entry next = Agenda.Entry.NONE;
    private Optional<String> asking = Optional.empty();
    /** Who does not answer STUN. */
    private Optional<InetSocketAddress> deaf = Optional.empty();
    /** Who does, and where it last saw us. */
    private Optional<InetSocketAddress> answering = Optional.empty();
    private Optional<InetSocketAddress> seen = Optional.empty();

    /** {@code broken} is told when the flow is of no use any more. */
    KeepAlive(Context context, LongConsumer broken) {
        this.context = context;
        this.broken = broken;
    }

    /**
     * Starts over.
     *
     * @param most the server's own word on the interval, in seconds
     * @param bound whether the registration is bound to this flow (RFC 5626)
     */
    void start(Hop hop, OptionalLong most, boolean bound, long now) {
        stop();
        seen = Optional.empty();
        schedule(hop, most, bound, now);
    }

    private void schedule(Hop hop, OptionalLong most, boolean bound, long now) {
        long usual = usual(hop, bound);
        long interval = most.isPresent() ? Context.seconds(Math.max(5, most.getAsLong())) : usual;
        if (usual > 0) {
            next = context.agenda.at(now + context.between(interval - interval / 5, interval), then -> {
                schedule(hop, most, bound, then);
                if (bound && hop.protocol().equals("UDP") && !deaf.equals(Optional.of(hop.peer()))) {
                    ask(hop, then);
                } else {
                    ping(hop, then);
                }
            });
        }
    }

    /** Web servers end what is silent for a minute, and so do those before them. */
    private long usual(Hop hop, boolean bound) {
        if (!hop.reliable() || hop.protocol().startsWith("WS")) {
            return context.config.keepAlive();
        }
        long connection = context.config.connectionKeepAlive();
        return bound ? Math.min(BOUND, connection) : connection;
    }

    private void ping(Hop hop, long now) {
        byte[] bytes = hop.reliable() ? PING.clone() : context.config.keepAliveText().getBytes(StandardCharsets.US_ASCII);
        context.output(new EngineOutput.Transmit(hop.protocol(), hop.flow(), hop.peer(), hop.host(), bytes));
        if (hop.reliable()) {
            context.pongs.onPing(hop.protocol(), hop.peer(), now);
        }
    }

    private void ask(Hop hop, long now) {
        if (asking.isPresent()) {
            return; // still repeated
        }
        asking = Optional.of(context.stun.ping(hop, new StunPings.Outcome() {
            @Override
            public void answered(Optional<InetSocketAddress> where, long then) {
                asking = Optional.empty();
                answering = Optional.of(hop.peer());
                boolean moved = seen.isPresent() && where.isPresent() && !seen.equals(where);
                seen = where.or(() -> seen);
                if (moved) {
                    broken.accept(then);
                }
            }

            @Override
            public void silent(long then) {
                asking = Optional.empty();
                if (answering.equals(Optional.of(hop.peer()))) {
                    answering = Optional.empty();
                    broken.accept(then);
                } else {
                    deaf = Optional.of(hop.peer());
                }
            }
        }, now));
    }

    void stop() {
        context.agenda.cancel(next);
        next = Agenda.Entry.NONE;
        asking.ifPresent(context.stun::forget);
        asking = Optional.empty();
    }
}
