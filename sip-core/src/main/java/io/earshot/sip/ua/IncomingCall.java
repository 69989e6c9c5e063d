package io.earshot.sip.ua;

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

    /** How long a call may go without any word of our user: that of timer C, after which proxies give up anyhow (§16.6). */
    private static final long PATIENCE = 180 * Ticker.SECOND;

    private final Context context;
    private final Session session;
    private final ServerRequest invite;
    private final Dialog dialog;
    private final boolean offered;
    private Agenda.Entry refresh;

    IncomingCall(Context context, Session session, ServerRequest invite, boolean offered, long now) {
        this.context = context;
        this.session = session;
        this.invite = invite;
        this.offered = offered;
        this.dialog = Dialog.called(invite.request(), context.token());
        this.refresh = context.agenda.at(now + PATIENCE, then -> finish(reply(480).build(), unattended(), then));
        session.listen(dialog);
    }

    private static Failure unattended() {
        return new Failure.TimedOut("The incoming call was not answered in time");
    }

    @Override
    public boolean ring(int status, Optional<SessionDescription> sdp, long now) {
        if (status < 101 || status > 199) {
            throw new IllegalArgumentException("a provisional status is 101 to 199, not " + status);
        }
        ResponseBuilder builder = Bodies.write(reply(status).set(HeaderName.CONTACT, contact()), sdp);
        provisional(session.decorate(builder.set(HeaderName.ALLOW, context.extensions.allow())).build(), now);
        return true;
    }

    private void provisional(Response response, long now) {
        context.agenda.cancel(refresh);
        context.respond(invite, response, now);
        refresh = context.agenda.at(now + REFRESH, then -> provisional(response, then));
    }

    @Override
    public boolean answer(SessionDescription sdp, List<ExtraHeader> headers, long now) {
        context.agenda.cancel(refresh);
        dialog.confirmed();
        Leg leg = new Leg(context, session, dialog, false);
        session.become(leg);
        leg.accept(invite, sdp, headers, !offered, true, now);
        return true;
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

    @Override
    public void onCancel(Request cancel, long now) {
        session.emit(new SipEvent.Heard(session.id(), cancel));
        finish(reply(487).build(), new EndCause.Cancelled(EndCause.Side.REMOTE, cancel.value(HeaderName.REASON)), now);
    }

    @Override
    public void onTransactionLost(long now) {
        context.agenda.cancel(refresh);
        session.forget(dialog);
        session.end(unattended());
    }

    /** BYE ends an early dialog (§15); another INVITE has to wait for the first (§14.2). */
    @Override
    public void onRequest(ServerRequest request, long now) {
        if (request.request().method().equals(SipMethod.BYE)) {
            context.respond(request, 200, now);
            finish(reply(487).build(), new EndCause.Cancelled(EndCause.Side.REMOTE, request.request().value(HeaderName.REASON)), now);
        } else {
            Leg.refuseOverlap(context, request, now);
        }
    }

    private void finish(Response response, EndCause cause, long now) {
        context.agenda.cancel(refresh);
        context.respond(invite, response, now);
        session.forget(dialog);
        session.end(cause);
    }

    private ResponseBuilder reply(int status) {
        return context.reply(invite, status, dialog.id().localTag());
    }

    private NameAddr contact() {
        return NameAddr.of(context.contact(session.account(), session.contactUser(), invite.flow()));
    }
}
