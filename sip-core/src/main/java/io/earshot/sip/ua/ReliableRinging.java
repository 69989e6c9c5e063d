package io.earshot.sip.ua;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.ResponseBuilder;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** Provisional responses of ours that the caller acknowledges (RFC 3262 §3): one at a time, each repeated until its PRACK comes. */
final class ReliableRinging {
    private final Context context;
    private final ServerRequest invite;
    private final Agenda.Task unheard;
    private final Queue<ResponseBuilder> waiting = new ArrayDeque<>();
    private Optional<Response> open = Optional.empty();
    private Agenda.Entry next = Agenda.Entry.NONE;
    private long sequence;
    private boolean stopped;

    /** Makes it; {@code unheard} is what to do when no PRACK comes within 64 T1. */
    ReliableRinging(Context context, ServerRequest invite, Agenda.Task unheard) {
        this.context = context;
        this.invite = invite;
        this.unheard = unheard;
        this.sequence = context.between(1, 1L << 30); // §3: 1 to 2^31 - 1, and room to count
    }

    /** Sends a response, after those that wait for their PRACK. */
    void send(ResponseBuilder response, long now) {
        waiting.add(response);
        sendNext(now);
    }

    private void sendNext(long now) {
        if (open.isPresent() || waiting.isEmpty() || stopped) {
            return;
        }
        Response response = waiting.remove().add(HeaderName.REQUIRE, Tags.RELIABLE)
            .set(HeaderName.RSEQ, Long.toString(++sequence)).build();
        open = Optional.of(response);
        repeat(response, context.config.timers().t1(), now + context.lifetime(), now);
    }

    private void repeat(Response response, long interval, long end, long now) {
        context.respond(invite, response, now);
        next = context.agenda.at(Math.min(end, now + interval), then -> {
            if (then >= end) {
                unheard.run(then);
            } else {
                repeat(response, 2 * interval, end, then);
            }
        });
    }

    /** Tells whether a 2xx has to wait: a description may still be on its way to the caller (§3). */
    boolean holdsAnswer() {
        return open.filter(response -> response.bodyLength() > 0).isPresent()
            || waiting.stream().anyMatch(response -> response.contains(HeaderName.CONTENT_TYPE));
    }

    /** Takes a PRACK, and tells whether it acknowledges anything of ours; what waits goes out by {@link #goOn}. */
    boolean takes(Request prack) {
        boolean known = open.filter(response -> matches(prack, response)).isPresent();
        if (known) {
            context.agenda.cancel(next);
            open = Optional.empty();
        }
        return known;
    }

    private static boolean matches(Request prack, Response response) {
        String wanted = response.value(HeaderName.RSEQ).orElse("") + " " + response.cseq();
        return prack.value(HeaderName.RACK).orElse("").strip().replaceAll("\\s+", " ").equals(wanted);
    }

    void goOn(long now) {
        sendNext(now);
    }

    /** The INVITE has its final response: nothing is repeated any more, but a PRACK that is late is still known. */
    void stop() {
        stopped = true;
        waiting.clear();
        context.agenda.cancel(next);
    }
}
