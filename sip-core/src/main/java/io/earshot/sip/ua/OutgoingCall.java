package io.earshot.sip.ua;

import io.earshot.api.Reliability;
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
    private static final int MAX_LENGTHENED = 3;

    private final Context context;
    private final Session session;
    private AccountSettings account;
    private int moves;
    private final InviteRequest wanted;
    private final NameAddr to;
    private final String callId;
    private final String localTag;
    private final Redirects redirects;
    private final Map<String, Fork> forks = new LinkedHashMap<>();
    private final EarlyMediaGate gate;
    private long sequence;
    private long minimum;
    private int lengthened;
    private ClientRequest invite;
    private Uri place;
    private Optional<String> winner = Optional.empty();

    OutgoingCall(Context context, Session session, AccountSettings account, InviteRequest wanted) {
        this.context = context;
        this.session = session;
        this.account = account;
        this.gate = new EarlyMediaGate(session.policy());
        this.place = wanted.target();
        this.wanted = wanted;
        this.to = NameAddr.of(wanted.target() instanceof SipUri sip ? sip.withoutHeaders() : wanted.target());
        this.callId = wanted.callId().orElseGet(context::token);
        this.localTag = context.token();
        this.redirects = new Redirects(wanted.followRedirects() ? context.config.maxRedirects() : 0, wanted.target());
    }

    /** Returns its dialog while one phone rings; several have none that names the call. */
    Optional<Dialog> dialog() {
        return forks.size() == 1 ? forks.values().stream().map(fork -> fork.early().dialog()).findFirst() : Optional.empty();
    }

    @Override
    public Optional<Dialog> early() {
        return dialog();
    }

    void start(Uri target, long now) {
        place = target;
        RequestBuilder builder = Outgoing.outside(context, account, SipMethod.INVITE, target, to, callId, localTag)
            .set(HeaderName.ALLOW, context.extensions.allow())
            .set(HeaderName.SUPPORTED, session.supported())
            .set(HeaderName.RECV_INFO, session.recvInfo())
            .set(HeaderName.ACCEPT, Capabilities.ACCEPT);
        if (session.policy().reliability() == Reliability.REQUIRED) {
            builder.add(HeaderName.REQUIRE, Tags.RELIABLE);
        }
        if (session.policy().earlyMediaHeader()) {
            builder.set(HeaderName.P_EARLY_MEDIA, EarlyMediaGate.SUPPORTED);
        }
        SessionTimer.offer(session.policy().timers(), minimum, builder);
        wanted.from().ifPresent(from -> builder.set(HeaderName.FROM, from.withTag(localTag)));
        for (ExtraHeader header : wanted.headers()) {
            builder.add(header.name(), header.value());
        }
        session.decorate(builder);
        Request template = Bodies.write(builder, wanted.offer()).build();
        invite = context.requests.send(new ClientRequest.Plan(template, Outgoing.nextHop(account, target), session.account(),
            hop -> List.of(NameAddr.of(context.contact(session.account(), session.contactUser(), hop))), () -> ++sequence), this, now);
    }

    @Override
    public boolean isPlacedBy(Request received) {
        return received.callId().equals(callId) && received.from().tag().filter(localTag::equals).isPresent();
    }

    @Override
    public void onProvisional(ClientRequest request, Response response, long now) {
        if (response.status() == 100 || session.isOver() || winner.isPresent()) {
            return;
        }
        String tag = response.to().tag().orElse("");
        session.hears(response);
        if (response.status() == 199) {
            Optional.ofNullable(forks.get(tag)).ifPresent(fork -> fork.take(response, wanted.offer().isPresent(), now));
            drop(tag);
            return;
        }
        Optional<SessionDescription> preview = wanted.offer().isPresent() ? context.bodies.read(response).description() : Optional.empty();
        if (!tag.isEmpty()) {
            if (!forks.containsKey(tag) && forks.size() >= context.config.maxForks()) {
                return;
            }
            Fork fork = forks.computeIfAbsent(tag, name -> open(request.sent(), response));
            Fork.Heard heard = fork.take(response, wanted.offer().isPresent(), now);
            if (!heard.told()) {
                return;
            }
            preview = heard.preview();
        }
        session.emit(new SipEvent.Progress(session.id(), response.status(), tag, gate.pass(tag, response, preview), response));
    }

    private Fork open(Request sent, Response response) {
        Dialog dialog = Dialog.calling(sent, response);
        session.listen(dialog);
        return new Fork(context, new EarlyDialog(context, session, dialog, response.to().tag().orElse(""),
            wanted.offer().isPresent() ? EarlyDialog.State.OFFERED : EarlyDialog.State.SILENT));
    }

    /** One fork is over, others may go on. */
    private boolean drop(String tag) {
        Fork gone = forks.remove(tag);
        if (gone != null) {
            gate.forget(tag);
            session.forget(gone.early().dialog());
            session.emit(new SipEvent.ForkEnded(session.id(), tag));
        }
        return gone != null;
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
            if (response.status() == 422 && SessionTimer.minimum(response) > minimum && lengthened < MAX_LENGTHENED) {
                lengthened++;
                minimum = SessionTimer.minimum(response);
                dropForks();
                start(place, now);
                return;
            }
            session.emit(new SipEvent.Heard(session.id(), response));
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
        } else if (!session.isOver() && mayTry && movesOn(failure)) {
            account = session.account().get().settings();
            start(place, now);
        } else {
            session.end(failure);
        }
    }

    /** Tells whether the account has another server to try; its settings are in use then. */
    private boolean movesOn(Failure failure) {
        return session.account().filter(known -> ++moves < known.servers() && known.registration().moveOn(account, failure)).isPresent();
    }

    private void dropForks() {
        forks.values().forEach(fork -> session.forget(fork.early().dialog()));
        forks.clear();
    }

    private void win(Request sent, Response response, String tag, long now) {
        winner = Optional.of(tag);
        Optional<Fork> known = Optional.ofNullable(forks.get(tag));
        forks.values().forEach(fork -> fork.early().refuse(500, now));
        dropForks();
        Dialog dialog = known.map(fork -> fork.early().dialog()).orElseGet(() -> Dialog.calling(sent, response));
        dialog.usedSequence(sequence);
        dialog.confirm(response);
        session.hears(response);
        Leg leg = new Leg(context, session, dialog, true);
        session.listen(dialog);
        session.become(leg);
        known.flatMap(fork -> fork.early().local()).or(wanted::offer).ifPresent(leg::said);
        Bodies.Body body = context.bodies.read(response);
        if (known.filter(fork -> fork.early().state() == EarlyDialog.State.AGREED || fork.hasAgreed()).isPresent()) {
            context.acks.send(dialog, sent, response, session.account(), now);
            answered(tag, known.flatMap(Fork::remote), response);
            confirmed(leg, response, now);
            return;
        }
        if (wanted.offer().isEmpty()) {
            leg.onOfferInAnswer(sent, response, body, () -> answered(tag, Optional.empty(), response), now);
            confirmed(leg, response, now);
            return;
        }
        Optional<FinalCodecs.Trial> chosen = wanted.offer().flatMap(offer -> body.description().flatMap(said ->
            context.finalCodecs.choose(wanted.finalCodec(), Outgoing.nextHop(account, place), offer, said, now)));
        context.acks.send(dialog, sent, response, session.account(), chosen, now);
        leg.named(chosen);
        Optional<SessionDescription> answer = body instanceof Bodies.Body.None ? known.flatMap(Fork::remote) : body.description();
        if (answer.isPresent()) {
            answered(tag, answer, response);
            confirmed(leg, response, now);
        } else {
            leg.abort(Leg.noDescription(body), now);
        }
    }

    private static void confirmed(Leg leg, Response response, long now) {
        if (leg.isUp()) {
            leg.learn(response);
            leg.timer().onSuccess(response, now);
        }
    }

    private void answered(String tag, Optional<SessionDescription> answer, Response response) {
        session.emit(new SipEvent.Answered(session.id(), tag, answer, response));
    }

    @Override
    public boolean acceptOffer(SessionDescription sdp, long now) {
        return asking().filter(fork -> fork.early().accept(sdp, now)).isPresent();
    }

    /** An offer in an INVITE's response can only be answered: without an answer there is no call. */
    @Override
    public boolean rejectOffer(int status, long now) {
        Optional<Fork> asking = asking();
        asking.ifPresent(fork -> fork.early().refuse(status, now));
        if (asking.filter(fork -> fork.early().state() == EarlyDialog.State.SILENT).isPresent()) {
            hangup(now);
        }
        return asking.isPresent();
    }

    private Optional<Fork> asking() {
        return forks.values().stream().filter(fork -> fork.early().isAsking()).findFirst();
    }

    @Override
    public boolean update(Optional<SessionDescription> offer, long now) {
        Optional<Fork> last = forks.values().stream().filter(fork -> fork.early().state() == EarlyDialog.State.AGREED)
            .reduce((one, other) -> other);
        return offer.isPresent() && last.filter(fork -> fork.early().offer(offer.get(), now)).isPresent();
    }

    @Override
    public void hangup(long now) {
        invite.cancel(session.reasons(), now);
        dropForks();
        session.end(new EndCause.Cancelled(EndCause.Side.LOCAL, Optional.empty()));
    }

    /** A fork that hangs up before we saw its 2xx: that was lost or is late (RFC 5407 §3.1). */
    @Override
    public void onRequest(ServerRequest request, long now) {
        SipMethod method = request.request().method();
        String tag = request.request().from().tag().orElse("");
        if (method.equals(SipMethod.UPDATE) && forks.containsKey(tag)) {
            forks.get(tag).early().onUpdate(request, now);
            return;
        }
        if (!method.equals(SipMethod.BYE)) {
            context.respond(request, method.equals(SipMethod.INVITE) ? 491 : 481, now);
            return;
        }
        context.respond(request, 200, now);
        if (forks.size() > 1) {
            drop(tag);
        } else {
            dropForks();
        }
        if (forks.isEmpty()) {
            invite.cancel(now);
            session.end(new EndCause.RemoteHangup(request.request().value(HeaderName.REASON)));
        }
    }
}
