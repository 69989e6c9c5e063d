package io.earshot.sip.ua;

import io.earshot.sip.transaction.Hop;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * Keeps NAT bindings and connections to one server open with the empty lines of RFC 5626 §3.5.1, at slightly random intervals;
 * {@link Pongs} closes connections whose server no longer answers.
 */
final class KeepAlive {
    private static final byte[] PING = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Context context;
    private Agenda.Entry next = Agenda.Entry.NONE;

    KeepAlive(Context context) {
        this.context = context;
    }

    /**
     * Starts over.
     *
     * @param most the server's own word on the interval, in seconds
     */
    void start(Hop hop, OptionalLong most, long now) {
        stop();
        long usual = context.config.keepAlive();
        long interval = most.isPresent() ? Context.seconds(Math.max(5, most.getAsLong())) : usual;
        if (usual > 0) {
            next = context.agenda.at(now + context.between(interval - interval / 5, interval), then -> {
                context.output(new EngineOutput.Transmit(hop.protocol(), hop.flow(), hop.peer(), hop.host(), bytes(hop)));
                if (hop.reliable()) {
                    context.pongs.onPing(hop.protocol(), hop.peer(), then);
                }
                start(hop, most, then);
            });
        }
    }

    private byte[] bytes(Hop hop) {
        return hop.reliable() ? PING.clone() : context.config.keepAliveText().getBytes(StandardCharsets.US_ASCII);
    }

    void stop() {
        context.agenda.cancel(next);
        next = Agenda.Entry.NONE;
    }
}
