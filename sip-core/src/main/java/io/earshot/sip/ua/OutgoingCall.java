package io.earshot.sip.ua;

import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.sdp.SessionDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call we make, until it is answered (RFC 3261 §13.2): its forks, each an early dialog with a preview of an answer, of which the first
 * to answer wins; redirections; CANCEL. Answers that come after the end, or from other forks, are acknowledged and hung up.
 */
final class OutgoingCall implements Phase, ClientRequest.Handler {
    private record Fork(Dialog dialog, Optional<SessionDescription> preview) { }

    private final Context context;
    private final Session session;
    private final AccountSettings account;
    private final InviteRequest wanted;
    private final NameAddr to;
    private final String callId;
    private final String localTag;
    private final Redirects redirects;
    private final Map<String, Fork> forks = new LinkedHashMap<>();
    private long sequence;
    private ClientRequest invite;
    private Optional<String> winner = Optional.empty();

    OutgoingCall(Context context, Session session, AccountSettings account, InviteRequest wanted) {
        this.context = context;
        this.session = session;
        this.account = account;
        this.wanted = wanted;
        this.to = NameAddr.of(wanted.target() instanceof SipUri sip ? sip.withoutHeaders() : wanted.target());
        this.callId = wanted.callId().orElseGet(context::token);
        this.localTag = context.token();
        this.redirects = new Redirects(wanted.followRedirects() ? context.config.maxRedirects() : 0, wanted.target());
    }

    void start(Uri target, long now) {
        RequestBuilder builder = Outgoing.outside(context, account, SipMethod.INVITE, target, to, callId, localTag)
            .set(HeaderName.ALLOW, context.extensions.allow())
            .set(HeaderName.SUPPORTED, context.extensions.supported())
            .set(HeaderName.ACCEPT, Capabilities.ACCEPT);
        for (ExtraHeader header : wanted.headers()) {
            builder.add(header.name(), header.value());
        }
        Request template = Bodies.write(builder, wanted.offer()).build();
        invite = context.requests.send(new ClientRequest.Plan(template, Outgoing.nextHop(account, target), session.account(),
            hop -> List.of(NameAddr.of(context.contact(session.account(), session.contactUser(), hop))), () -> ++sequence), this, now);
    }

    @Override
    public void onProvisional(ClientRequest request, Response response, long now) {
        if (response.status() == 100 || session.isOver() || winner.isPresent()) {
            return;
        }
        Optional<SessionDescription> preview = wanted.offer().isPresent() ? context.bodies.read(response).description() : Optional.empty();
        String tag = response.to().tag().orElse("");
        if (!tag.isEmpty()) {
            Fork known = forks.get(tag);
            if (known == null && forks.size() >= context.config.maxForks()) {
                return;
            }
            Dialog dialog = known == null ? Dialog.calling(request.sent(), response) : known.dialog();
            dialog.refreshTarget(response);
            forks.put(tag, new Fork(dialog, known == null || known.preview().isEmpty() ? preview : known.preview()));
            session.listen(dialog);
        }
        session.emit(new SipEvent.Progress(session.id(), response.status(), tag, preview, response));
    }

    @Override
    public void onFinal(ClientRequest request, Response response, long now) {
        String tag = response.to().tag().orElse("");
        if (response.isSuccess()) {
            if (winner.isEmpty() && !session.isOver()) {
                win(request.sent(), response, tag, now);
            } else if (!winner.equals(Optional.of(tag))) {
                Farewell.decline(context, request.sent(), response, session.account(), now);
            }
            return;
        }
        if (!session.isOver() && winner.isEmpty()) {
            redirects.add(response);
            fallBack(Failures.of(response), response.status() < 600, now);
        }
    }

    @Override
    public void onFailure(ClientRequest request, Failure failure, long now) {
        fallBack(failure, true, now);
    }

    /** Tries the next place the call was redirected to, or ends it. */
    private void fallBack(Failure failure, boolean mayTry, long now) {
        dropForks();
        Optional<SipUri> next = mayTry ? redirects.next() : Optional.empty();
        if (next.isPresent() && !session.isOver()) {
            start(next.get(), now);
        } else {
            session.end(failure);
        }
    }

    private void dropForks() {
        forks.values().forEach(fork -> session.forget(fork.dialog()));
        forks.clear();
    }

    private void win(Request sent, Response response, String tag, long now) {
        winner = Optional.of(tag);
        Optional<Fork> known = Optional.ofNullable(forks.get(tag));
        dropForks();
        Dialog dialog = known.map(Fork::dialog).orElseGet(() -> Dialog.calling(sent, response));
        dialog.usedSequence(sequence);
        dialog.confirm(response);
        Leg leg = new Leg(context, session, dialog, true);
        session.listen(dialog);
        session.become(leg);
        Bodies.Body body = context.bodies.read(response);
        if (wanted.offer().isEmpty()) {
            leg.onOfferInAnswer(sent, response, body, () -> answered(tag, Optional.empty(), response), now);
            return;
        }
        context.acks.send(dialog, sent, response, session.account(), Optional.empty(), now);
        Optional<SessionDescription> answer = body instanceof Bodies.Body.None ? known.flatMap(Fork::preview) : body.description();
        if (answer.isPresent()) {
            answered(tag, answer, response);
        } else {
            leg.abort(Leg.noDescription(body), now);
        }
    }

    private void answered(String tag, Optional<SessionDescription> answer, Response response) {
        session.emit(new SipEvent.Answered(session.id(), tag, answer, response));
    }

    @Override
    public void hangup(long now) {
        invite.cancel(now);
        dropForks();
        session.end(new EndCause.Cancelled(EndCause.Side.LOCAL, Optional.empty()));
    }

    /** A fork that hangs up before we saw its 2xx: that was lost or is late (RFC 5407 §3.1). */
    @Override
    public void onRequest(ServerRequest request, long now) {
        if (!request.request().method().equals(SipMethod.BYE)) {
            context.respond(request, 491, now);
            return;
        }
        context.respond(request, 200, now);
        Fork gone = forks.remove(request.request().from().tag().orElse(""));
        if (gone != null) {
            session.forget(gone.dialog());
        }
        if (forks.isEmpty()) {
            invite.cancel(now);
            session.end(new EndCause.RemoteHangup(request.request().value(HeaderName.REASON)));
        }
    }
}
