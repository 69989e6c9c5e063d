package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.dialog.DialogId;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.ResponseBuilder;
import io.earshot.sip.message.SipMethod;
import java.util.List;
import java.util.Optional;

/** A REFER that came in, and the subscription that it makes: its sender is told how our call to the target goes (RFC 3515 §2.4). */
final class ReceivedRefer implements ClientRequest.Handler {
    /** How long our user may take; the sender's transaction lives for 32 s. */
    private static final long PATIENCE = 15 * Ticker.SECOND;
    private static final long LEAST = 60;
    private static final long USUAL = 180;
    private static final long MOST = 600;
    private static final MediaType SIPFRAG = MediaType.parse("message/sipfrag;version=2.0");

    private enum State { WAITING, ACTIVE, CLOSING, OVER }

    /**
     * Where it came in.
     *
     * @param first whether no other REFER of this dialog is under way, so that its events need no name
     */
    record Place(Dialog dialog, Optional<Account> account, String contactUser, boolean first) { }

    private final Context context;
    private final ReferTable table;
    private final TransferId id;
    private final ServerRequest refer;
    private final Place place;
    private final boolean silent;
    private State state = State.WAITING;
    private Agenda.Entry timer = Agenda.Entry.NONE;
    private long expiry;
    private SipFrag news = SipFrag.TRYING;
    private boolean sending;
    private boolean unsent;

    ReceivedRefer(Context context, ReferTable table, TransferId id, ServerRequest refer, Place place) {
        this.context = context;
        this.table = table;
        this.id = id;
        this.refer = refer;
        this.place = place;
        this.silent = refer.request().value(HeaderName.REFER_SUB).orElse("").strip().equalsIgnoreCase("false");
    }

    DialogId dialog() {
        return place.dialog.id();
    }

    boolean isIn(Request request) {
        return DialogId.ofReceived(request).equals(dialog());
    }

    boolean isCalled(String eventId) {
        return eventId.equals(Long.toString(refer.request().cseq().number()));
    }

    /** Waits for our user, for a while. */
    void await(long now) {
        timer = context.agenda.at(now + PATIENCE, then -> reject(603, then));
    }

    boolean accept(long now) {
        if (state != State.WAITING) {
            return false;
        }
        context.agenda.cancel(timer);
        state = State.ACTIVE;
        context.respond(refer, reply(refer, 202).build(), now);
        if (silent) {
            over();
        } else {
            long wanted = refer.request().expires().orElse(USUAL);
            extend(Math.max(LEAST, Math.min(wanted, MOST)), now);
            notify(now);
        }
        return true;
    }

    private ResponseBuilder reply(ServerRequest to, int status) {
        ResponseBuilder builder = context.reply(to, status, dialog().localTag())
            .set(HeaderName.CONTACT, NameAddr.of(context.contact(place.account, place.contactUser, to.flow())));
        return silent ? builder.set(HeaderName.REFER_SUB, "false") : builder;
    }

    boolean reject(int status, long now) {
        if (state != State.WAITING) {
            return false;
        }
        context.respond(refer, context.reply(refer, status, dialog().localTag()).build(), now);
        over();
        return true;
    }

    private void over() {
        context.agenda.cancel(timer);
        state = State.OVER;
        table.remove(id);
    }

    private void extend(long seconds, long now) {
        context.agenda.cancel(timer);
        expiry = now + seconds * Ticker.SECOND;
        timer = context.agenda.at(expiry, then -> {
            state = State.CLOSING;
            notify(then);
        });
    }

    void onSubscribe(ServerRequest request, long now) {
        place.dialog.refreshTarget(request.request());
        long wanted = Math.min(request.request().expires().orElse(USUAL), MOST);
        Response answer = reply(request, 200).set(HeaderName.EXPIRES, Long.toString(wanted)).build();
        context.respond(request, answer, now);
        if (state == State.ACTIVE && wanted > 0) {
            extend(wanted, now);
        } else if (state == State.ACTIVE) {
            context.agenda.cancel(timer);
            state = State.CLOSING;
        }
        notify(now);
    }

    /** Something happened to our call to the target. */
    void tell(SipEvent.SessionEvent event, long now) {
        if (event instanceof SipEvent.Progress progress) {
            report(new SipFrag(progress.status(), progress.response().reasonPhrase()), now);
        } else if (event instanceof SipEvent.Answered answered) {
            report(new SipFrag(answered.response().status(), answered.response().reasonPhrase()), now);
        } else if (event instanceof SipEvent.Ended ended) {
            report(of(ended.cause()), now);
        }
    }

    private static SipFrag of(EndCause cause) {
        if (cause instanceof Failure.Rejected rejected) {
            return new SipFrag(rejected.status(), rejected.reasonPhrase());
        } else if (cause instanceof Failure.AuthenticationFailed auth) {
            return new SipFrag(auth.status(), "Unauthorized");
        } else if (cause instanceof Failure.Redirected redirected) {
            return new SipFrag(redirected.status(), "Redirected");
        } else if (cause instanceof Failure.TimedOut) {
            return new SipFrag(408, "Request Timeout");
        } else if (cause instanceof EndCause.Cancelled) {
            return new SipFrag(487, "Request Terminated");
        }
        return new SipFrag(503, "Service Unavailable");
    }

    void report(SipFrag frag, long now) {
        if (state != State.ACTIVE || news.isFinal()) {
            return;
        }
        news = frag;
        if (frag.isFinal()) {
            context.agenda.cancel(timer);
            state = State.CLOSING;
        }
        notify(now);
    }

    // ---- NOTIFY, one at a time

    private void notify(long now) {
        if (state == State.OVER) {
            return;
        }
        if (sending) {
            unsent = true;
            return;
        }
        sending = true;
        unsent = false;
        RequestBuilder builder = Outgoing.inDialog(context, place.dialog, SipMethod.NOTIFY)
            .set(HeaderName.EVENT, place.first ? "refer" : "refer;id=" + refer.request().cseq().number())
            .set(HeaderName.SUBSCRIPTION_STATE, subscriptionState(now))
            .body(SIPFRAG, news.body());
        context.requests.send(new ClientRequest.Plan(builder.build(), place.dialog.nextHop(), place.account,
            hop -> List.of(NameAddr.of(context.contact(place.account, place.contactUser, hop))), place.dialog::nextSequence), this, now);
        if (state == State.CLOSING) {
            over();
        }
    }

    private String subscriptionState(long now) {
        return state == State.ACTIVE ? "active;expires=" + Math.max(1, (expiry - now) / Ticker.SECOND)
            : "terminated;reason=" + (news.isFinal() ? "noresource" : "timeout");
    }

    @Override
    public void onFinal(ClientRequest request, Response response, long now) {
        sending = false;
        if (response.isSuccess()) {
            if (unsent) {
                notify(now);
            }
        } else if (state != State.OVER) {
            over(); // 481 and the like: nobody listens any more (RFC 6665 §4.2.2)
        }
    }

    @Override
    public void onFailure(ClientRequest request, Failure failure, long now) {
        if (state != State.OVER) {
            over();
        }
    }
}
