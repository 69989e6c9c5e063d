package io.earshot.sip.ua;

import io.earshot.sip.transaction.Hop;
import java.nio.charset.StandardCharsets;

/** Keeps NAT bindings and connections to one server open with the empty lines of RFC 5626 §3.5.1, at slightly random intervals. */
final class KeepAlive {
    private static final byte[] PING = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Context context;
    private Agenda.Entry next = Agenda.Entry.NONE;

    KeepAlive(Context context) {
        this.context = context;
    }

    void start(Hop hop, long now) {
        stop();
        long interval = context.config.keepAlive();
        if (interval > 0) {
            next = context.agenda.at(now + context.between(interval - interval / 5, interval), then -> {
                context.output(new EngineOutput.Transmit(hop.protocol(), hop.flow(), hop.peer(), hop.host(), PING.clone()));
                if (hop.reliable()) {
                    context.pongs.onPing(hop.protocol(), hop.peer(), then);
                }
                start(hop, then);
            });
        }
    }

    void stop() {
        context.agenda.cancel(next);
        next = Agenda.Entry.NONE;
    }
}
