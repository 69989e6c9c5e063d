package io.earshot.sip.ua;

import io.earshot.api.Reliability;
import io.earshot.api.time.Ticker;
import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.ResponseBuilder;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.sdp.SessionDescription;
import java.util.List;
import java.util.Optional;

/** A call that comes in, until it is answered (RFC 3261 §13.3). */
final class IncomingCall implements Phase {
    /** How often a provisional response is repeated so that proxies keep waiting (§13.3.1.1). */
    private static final long REFRESH = 60 * Ticker.SECOND;

    /** The same for those that are acknowledged (RFC 3262 §3). */
    private static final long RELIABLE_REFRESH = 150 * Ticker.SECOND;

    /** How long a call may go without any word of our user: that of timer C, after which proxies give up anyhow (§16.6). */
    private static final long PATIENCE = 180 * Ticker.SECOND;

    private final Context context;
    private final Session session;
    private final ServerRequest invite;
    private final Dialog dialog;
    private final boolean offered;
    private final EarlyDialog early;
    private final Optional<ReliableRinging> reliable;
    private Optional<Held> held = Optional.empty();
    private boolean rung;
    private Agenda.Entry refresh;

    /** An answer that waits for a PRACK. */
    private record Held(SessionDescription sdp, List<ExtraHeader> headers) { }

    IncomingCall(Context context, Session session, ServerRequest invite, boolean offered, long now) {
        this.context = context;
        this.session = session;
        this.invite = invite;
        this.offered = offered;
        this.dialog = Dialog.called(invite.request(), context.token());
        this.early = new EarlyDialog(context, session, dialog, "", offered ? EarlyDialog.State.ASKED : EarlyDialog.State.SILENT);
        boolean can = session.policy().reliability() != Reliability.NEVER && Tags.supports(invite.request(), Tags.RELIABLE);
        this.reliable = can ? Optional.of(new ReliableRinging(context, invite, this::unheard)) : Optional.empty();
        this.refresh = context.agenda.at(now + PATIENCE, then -> finish(reply(480).build(), unattended(), then));
        session.listen(dialog);
    }

    private static Failure unattended() {
        return new Failure.TimedOut("The incoming call was not answered in time");
    }

    /** Returns the dialog that it will be, or is already when it rang. */
    Dialog dialog() {
        return dialog;
    }

    @Override
    public Optional<Dialog> early() {
        return session.hasMet() ? Optional.of(dialog) : Optional.empty();
    }

    // ---- ringing

    @Override
    public boolean ring(int status, Optional<SessionDescription> sdp, long now) {
        if (status < 101 || status > 199) {
            throw new IllegalArgumentException("a provisional status is 101 to 199, not " + status);
        }
        rung = true;
        boolean open = early.state() == EarlyDialog.State.ASKED || early.state() == EarlyDialog.State.SILENT;
        String permission = sdp.isPresent() && session.policy().earlyMediaHeader()
            && Tags.has(invite.request(), HeaderName.P_EARLY_MEDIA, EarlyMediaGate.SUPPORTED) ? EarlyMediaGate.BOTH : "";
        Optional<SessionDescription> described = open ? sdp : Optional.empty(); // once answered, responses carry none (§13.2.1)
        boolean offerMissing = early.state() == EarlyDialog.State.SILENT && sdp.isEmpty();
        if (reliable.isEmpty() || offerMissing && !Tags.requires(invite.request(), Tags.RELIABLE)) {
            provisional(Bodies.write(provisional(status, permission), sdp).build(), now);
        } else if (!offerMissing) {
            described.ifPresent(ours -> early.said(ours, offered ? EarlyDialog.State.AGREED : EarlyDialog.State.OFFERED));
            reliable.get().send(Bodies.write(provisional(status, permission), described), now);
            keepRinging(status, now);
        } else {
            keepRinging(status, now); // the first reliable response would have to bring an offer, and there is none (RFC 3262 §5)
        }
        return true;
    }

    /** Starts a provisional response that asks the network for permission to be heard (RFC 5009); none is asked for if it is empty. */
    private ResponseBuilder provisional(int status, String permission) {
        ResponseBuilder builder = reply(status).set(HeaderName.CONTACT, contact()).set(HeaderName.ALLOW, context.extensions.allow());
        if (session.policy().trickle()) {
            builder.set(HeaderName.SUPPORTED, session.supported()).set(HeaderName.RECV_INFO, session.recvInfo());
        }
        if (!permission.isEmpty()) {
            builder.set(HeaderName.P_EARLY_MEDIA, permission);
        }
        return session.decorate(builder);
    }

    private void provisional(Response response, long now) {
        context.agenda.cancel(refresh);
        context.respond(invite, response, now);
        refresh = context.agenda.at(now + REFRESH, then -> provisional(response, then));
    }

    private void keepRinging(int status, long now) {
        context.agenda.cancel(refresh);
        refresh = context.agenda.at(now + RELIABLE_REFRESH, then -> ring(status, Optional.empty(), then));
    }

    private void unheard(long now) {
        finish(reply(504).build(), new Failure.TimedOut("The caller never acknowledged that the call is ringing (PRACK)"), now);
    }

    private void onPrack(ServerRequest prack, long now) {
        if (reliable.filter(ringing -> ringing.takes(prack.request())).isEmpty()) {
            context.respond(prack, 481, now);
            return;
        }
        Optional<SessionDescription> body = context.bodies.read(prack.request()).description();
        if (body.isPresent() && early.state() == EarlyDialog.State.AGREED) {
            early.ask(body.get(), early.new Reply(prack));
        } else {
            context.respond(prack, 200, now);
            if (early.state() == EarlyDialog.State.OFFERED) {
                body.ifPresentOrElse(this::answered, () -> early.withdrawn(EarlyDialog.State.SILENT));
            }
        }
        reliable.get().goOn(now);
        if (held.isPresent() && !mustWait()) {
            accept(held.get(), now);
        }
    }

    private void answered(SessionDescription answer) {
        early.heard(answer, EarlyDialog.State.AGREED);
        session.emit(new SipEvent.AnswerReceived(session.id(), answer));
    }

    // ---- what our user says

    @Override
    public boolean answer(SessionDescription sdp, List<ExtraHeader> headers, long now) {
        if (held.isPresent()) {
            return false;
        }
        Held answer = new Held(sdp, List.copyOf(headers));
        if (mustWait()) {
            held = Optional.of(answer);
        } else {
            accept(answer, now);
        }
        return true;
    }

    private boolean mustWait() {
        return reliable.filter(ReliableRinging::holdsAnswer).isPresent() || early.isAsking();
    }

    private void accept(Held answer, long now) {
        context.agenda.cancel(refresh);
        dialog.confirmed();
        Leg leg = new Leg(context, session, dialog, false);
        reliable.ifPresent(ringing -> {
            ringing.stop();
            leg.adopt(ringing);
        });
        session.become(leg);
        early.local().ifPresent(leg::said);
        boolean agreed = early.state() == EarlyDialog.State.AGREED || early.state() == EarlyDialog.State.OFFERED;
        leg.accept(invite, agreed ? Optional.empty() : Optional.of(answer.sdp()), answer.headers(), !offered && !agreed, true, now);
        session.takeOver(now);
    }

    @Override
    public boolean acceptOffer(SessionDescription sdp, long now) {
        boolean accepted = early.accept(sdp, now);
        answerAtLast(now);
        return accepted;
    }

    @Override
    public boolean rejectOffer(int status, long now) {
        boolean refused = early.refuse(status, now);
        answerAtLast(now);
        return refused;
    }

    private void answerAtLast(long now) {
        if (held.isPresent() && !mustWait()) {
            accept(held.get(), now);
        }
    }

    @Override
    public boolean update(Optional<SessionDescription> offer, long now) {
        return held.isEmpty() && offer.isPresent() && Tags.has(invite.request(), HeaderName.ALLOW, SipMethod.UPDATE.name())
            && early.offer(offer.get(), now);
    }

    @Override
    public boolean reject(int status, List<ExtraHeader> headers, long now) {
        if (status < 400 || status > 699) {
            throw new IllegalArgumentException("a refusal is 400 to 699, not " + status);
        }
        ResponseBuilder builder = reply(status);
        headers.forEach(header -> builder.add(header.name(), header.value()));
        finish(session.decorateLast(builder).build(), new EndCause.Declined(status), now);
        return true;
    }

    @Override
    public boolean redirect(List<NameAddr> contacts, long now) {
        ResponseBuilder builder = reply(302);
        contacts.forEach(contact -> builder.add(HeaderName.CONTACT, contact));
        finish(session.decorateLast(builder).build(), new EndCause.Declined(302), now);
        return true;
    }

    @Override
    public void hangup(long now) {
        reject(480, List.of(), now);
    }

    // ---- what the caller says

    @Override
    public void onCancel(Request cancel, long now) {
        session.emit(new SipEvent.Heard(session.id(), cancel));
        finish(reply(487).build(), new EndCause.Cancelled(EndCause.Side.REMOTE, cancel.value(HeaderName.REASON)), now);
    }

    @Override
    public void onTransactionLost(long now) {
        context.agenda.cancel(refresh);
        reliable.ifPresent(ReliableRinging::stop);
        session.forget(dialog);
        session.end(unattended());
    }

    /** BYE ends an early dialog (§15); another INVITE has to wait for the first (§14.2). */
    @Override
    public void onRequest(ServerRequest request, long now) {
        SipMethod method = request.request().method();
        if (method.equals(SipMethod.BYE)) {
            context.respond(request, 200, now);
            finish(reply(487).build(), new EndCause.Cancelled(EndCause.Side.REMOTE, request.request().value(HeaderName.REASON)), now);
        } else if (method.equals(SipMethod.PRACK)) {
            onPrack(request, now);
        } else if (method.equals(SipMethod.UPDATE)) {
            early.onUpdate(request, now);
        } else {
            Leg.refuseOverlap(context, request, now);
        }
    }

    private void finish(Response response, EndCause cause, long now) {
        context.agenda.cancel(refresh);
        reliable.ifPresent(ReliableRinging::stop);
        early.refuse(487, now);
        endEarly(response, now);
        context.respond(invite, response, now);
        session.forget(invite.transaction());
        session.forget(dialog);
        session.end(cause);
    }

    /** A proxy that forked the call keeps our refusal until all have answered, but passes this on at once (RFC 6228 §4). */
    private void endEarly(Response refusal, long now) {
        Request request = invite.request();
        boolean told = rung && refusal.status() >= 300 && refusal.status() != 487 && request.vias().size() > 1
            && Tags.has(request, HeaderName.SUPPORTED, Tags.EARLY_END) && !Tags.requires(request, Tags.RELIABLE);
        if (told) {
            context.respond(invite, reply(199).set(HeaderName.REASON, "SIP;cause=" + refusal.status()).build(), now);
        }
    }

    private ResponseBuilder reply(int status) {
        return context.reply(invite, status, dialog.id().localTag());
    }

    private NameAddr contact() {
        return NameAddr.of(context.contact(session.account(), session.contactUser(), invite.flow()));
    }
}
