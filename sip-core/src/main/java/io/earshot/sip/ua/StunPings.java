package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.transaction.Hop;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Binding requests on their way over UDP, repeated until they are answered or given up on (RFC 5389 §7.2.1). */
final class StunPings {
    /** How long the first of them is waited for; each further one twice as long as that before. */
    static final long FIRST_WAIT = Ticker.SECOND / 2;
    static final int TRANSMISSIONS = 5;

    /** Who wants to know. */
    interface Outcome {
        /** The server answered, and perhaps said where it sees us. */
        void answered(Optional<InetSocketAddress> seen, long now);

        /** It did not, though it was asked for {@code FIRST_WAIT * 31}. */
        void silent(long now);
    }

    /** One request. */
    private final class Ping {
        private final Hop hop;
        private final Outcome outcome;
        private int sent;
        private Agenda.Entry timer = Agenda.Entry.NONE;

        private Ping(Hop hop, Outcome outcome) {
            this.hop = hop;
            this.outcome = outcome;
        }

        private void send(String transaction, long now) {
            if (sent == TRANSMISSIONS) {
                open.remove(transaction);
                outcome.silent(now);
                return;
            }
            context.output(new EngineOutput.Transmit(hop.protocol(), hop.flow(), hop.peer(), hop.host(), StunMessage.request(transaction)));
            timer = context.agenda.at(now + (FIRST_WAIT << sent), then -> send(transaction, then));
            sent++;
        }
    }

    private final Context context;
    private final Map<String, Ping> open = new HashMap<>();

    StunPings(Context context) {
        this.context = context;
    }

    /** Asks a server; returns the name of the request for {@link #forget}. */
    String ping(Hop hop, Outcome outcome, long now) {
        byte[] random = ByteBuffer.allocate(16).putLong(context.ids.nextLong()).putLong(context.ids.nextLong()).array();
        String transaction = HexFormat.of().formatHex(random, 0, 12);
        Ping ping = new Ping(hop, outcome);
        open.put(transaction, ping);
        ping.send(transaction, now);
        return transaction;
    }

    /** Nobody wants to know any more. */
    void forget(String transaction) {
        Optional.ofNullable(open.remove(transaction)).ifPresent(ping -> context.agenda.cancel(ping.timer));
    }

    /** Takes a datagram of STUN; what does not answer us is left alone. */
    void onDatagram(Flow flow, byte[] datagram, long now) {
        Optional<StunMessage.Answer> answer = StunMessage.answer(datagram);
        Optional<Ping> ping = answer.map(known -> open.get(known.transaction())).filter(known -> known.hop.peer().equals(flow.remote()));
        if (ping.isPresent()) {
            forget(answer.get().transaction());
            ping.get().outcome.answered(answer.get().seen(), now);
        }
    }
}
