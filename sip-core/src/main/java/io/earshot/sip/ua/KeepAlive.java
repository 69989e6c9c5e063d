package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.sip.transaction.Hop;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * Keeps NAT bindings and connections to one server open with the empty lines of RFC 5626 §3.5.1, at slightly random intervals. A
 * connection whose server has answered them before and does not within 10 s is closed (§4.4.1).
 */
final class KeepAlive {
    private static final byte[] PING = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final long PATIENCE = 10 * Ticker.SECOND;

    private final Context context;
    private Agenda.Entry next = Agenda.Entry.NONE;
    private Agenda.Entry verdict = Agenda.Entry.NONE;

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
                context.output(new EngineOutput.Transmit(hop.protocol(), hop.flow(), hop.peer(), hop.host(), PING.clone()));
                start(hop, most, then);
                verdict = hop.reliable() ? context.agenda.at(then + PATIENCE, later -> judge(hop, then)) : Agenda.Entry.NONE;
            });
        }
    }

    private void judge(Hop hop, long pinged) {
        context.flows.silent(hop.protocol(), hop.peer(), pinged).ifPresent(
            flow -> context.output(new EngineOutput.CloseFlow(flow, "no answer to a keep-alive within 10 s")));
    }

    void stop() {
        context.agenda.cancel(next);
        context.agenda.cancel(verdict);
        next = Agenda.Entry.NONE;
        verdict = Agenda.Entry.NONE;
    }
}
