package io.earshot.sip.ua;

import io.earshot.api.SessionTimers;
import io.earshot.api.SessionTimers.Refresher;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.ResponseBuilder;
import io.earshot.sip.message.SipMessage;
import java.util.Locale;
import java.util.Optional;

/** The session timer of an established call (RFC 4028): when it is refreshed, by whom, and when it is over for want of a refresh. */
final class SessionTimer {
    /** No proxy and no peer may ask for less, lest refreshes take all its time. */
    private static final long LEAST = 2;

    private static final long USUAL_MINIMUM = 90;

    /** A Session-Expires header; {@code refresher} is uac, uas or empty. */
    private record Expires(long seconds, String refresher) {
        static Optional<Expires> of(SipMessage message) {
            Optional<String> value = message.value(HeaderName.SESSION_EXPIRES);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            String[] parts = value.get().split(";");
            String refresher = "";
            for (String part : parts) {
                String text = part.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
                refresher = text.startsWith("refresher=") ? text.substring("refresher=".length()) : refresher;
            }
            String number = parts.length == 0 ? "" : parts[0].strip();
            return number.matches("[0-9]{1,10}") ? Optional.of(new Expires(Long.parseLong(number), refresher))
                : Optional.empty();
        }
    }

    private final Leg leg;
    private final SessionTimers wish;
    private long interval;
    private long minimum;
    private boolean ours;
    private Agenda.Entry refresh = Agenda.Entry.NONE;
    private Agenda.Entry end = Agenda.Entry.NONE;

    SessionTimer(Leg leg) {
        this.leg = leg;
        this.wish = leg.session().policy().timers();
        this.minimum = wish.minimum().toSeconds();
    }

    // ---- before there is a leg

    /** Asks for a timer in an INVITE that sets up a call; {@code minimum} is what a 422 asked for, or 0. */
    static void offer(SessionTimers wish, long minimum, RequestBuilder invite) {
        if (!wish.enabled()) {
            return;
        }
        String refresher = wish.refresher() == Refresher.ANY ? ""
            : wish.refresher() == Refresher.LOCAL ? ";refresher=uac" : ";refresher=uas";
        invite.set(HeaderName.SESSION_EXPIRES, Math.max(minimum, wish.expires().toSeconds()) + refresher);
        if (Math.max(minimum, wish.minimum().toSeconds()) > USUAL_MINIMUM) {
            invite.set(HeaderName.MIN_SE, Long.toString(Math.max(minimum, wish.minimum().toSeconds())));
        }
    }

    /** Returns the 422 to a request whose sender can wait longer than it wants to (§6); empty when it is fine. */
    static Optional<Response> refusal(CallPolicy policy, Context context, ServerRequest request) {
        SessionTimers wish = policy.timers();
        boolean tooShort = wish.enabled() && Tags.supports(request.request(), Tags.TIMER)
            && Expires.of(request.request()).filter(asked -> asked.seconds() < wish.minimum().toSeconds()).isPresent();
        return tooShort ? Optional.of(context.reply(request, 422, context.token())
            .set(HeaderName.MIN_SE, Long.toString(wish.minimum().toSeconds())).build()) : Optional.empty();
    }

    /** Returns what a 422 asks for, in s; 0 if it does not say. */
    static long minimum(Response refusal) {
        return refusal.seconds(HeaderName.MIN_SE).orElse(0);
    }

    // ---- requests of ours

    /** Writes into a re-INVITE or an UPDATE that the timer goes on as it is (§7.4). */
    void ask(RequestBuilder builder) {
        if (interval > 0) {
            builder.set(HeaderName.SESSION_EXPIRES, interval + (ours ? ";refresher=uac" : ";refresher=uas"));
            if (minimum > USUAL_MINIMUM) {
                builder.set(HeaderName.MIN_SE, Long.toString(minimum));
            }
        }
    }

    /** Takes the 2xx to an INVITE or UPDATE of ours (§7.2). */
    void onSuccess(Response response, long now) {
        stop();
        Optional<Expires> agreed = wish.enabled() ? Expires.of(response) : Optional.empty();
        interval = agreed.map(how -> Math.max(LEAST, how.seconds())).orElse(0L);
        ours = agreed.filter(how -> !how.refresher().equals("uas")).isPresent();
        start(now);
    }

    /** Takes a 422 to a request of ours, and tells whether it is worth another try. */
    boolean lengthen(Response refusal) {
        long wanted = minimum(refusal);
        boolean more = interval > 0 && wanted > interval;
        if (more) {
            interval = wanted;
            minimum = Math.max(minimum, wanted);
        }
        return more;
    }

    /** A refresh came to nothing, though the call seems to live: another one follows. */
    void onRefreshFailed(long now) {
        if (interval > 0) {
            refresh = leg.context().agenda.at(now + Math.max(1, interval / 10) * io.earshot.api.time.Ticker.SECOND, leg::refresh);
        }
    }

    // ---- requests of the peer's

    /** Writes the outcome into a 2xx of ours to an INVITE or an UPDATE, and starts anew (§9). */
    void answer(Request request, ResponseBuilder success, long now) {
        stop();
        interval = 0;
        if (!wish.enabled()) {
            return;
        }
        boolean can = Tags.supports(request, Tags.TIMER);
        Optional<Expires> asked = Expires.of(request);
        if (asked.isEmpty() && !can) {
            return;
        }
        long least = Math.max(request.seconds(HeaderName.MIN_SE).orElse(0), wish.minimum().toSeconds());
        interval = Math.max(least, Math.min(asked.map(Expires::seconds).orElse(Long.MAX_VALUE), wish.expires().toSeconds()));
        if (asked.isPresent() && asked.get().seconds() < interval) {
            // a proxy asked for it, for a sender that cannot be told 422: it must not get longer (§9)
            interval = Math.max(LEAST, asked.get().seconds());
        }
        String refresher = asked.map(Expires::refresher).orElse("");
        boolean open = !refresher.equals("uac") && !refresher.equals("uas");
        ours = !can || refresher.equals("uas") || open && (asked.isEmpty() || wish.refresher() == Refresher.LOCAL);
        success.set(HeaderName.SESSION_EXPIRES, interval + (ours ? ";refresher=uas" : ";refresher=uac"));
        if (!ours) {
            success.add(HeaderName.REQUIRE, Tags.TIMER);
        }
        start(now);
    }

    // ---- time

    private void start(long now) {
        if (interval == 0 || !leg.isUp()) {
            return;
        }
        if (ours) {
            refresh = leg.context().agenda.at(now + Context.seconds(interval) / 2, leg::refresh);
        }
        long margin = Math.min(Context.seconds(32), Context.seconds(interval) / 3); // §10
        end = leg.context().agenda.at(now + Context.seconds(interval) - margin, then -> leg.abort(new Failure.TimedOut(ours
            ? "The other side did not confirm for " + interval + " s that the call is still there"
            : "The other side did not refresh the call within " + interval + " s, as it had agreed to"), then));
    }

    void stop() {
        leg.context().agenda.cancel(refresh);
        leg.context().agenda.cancel(end);
    }
}
