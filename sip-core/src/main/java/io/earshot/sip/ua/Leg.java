package io.earshot.sip.ua;

import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.ResponseBuilder;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.sdp.SessionDescription;
import java.util.List;
import java.util.Optional;

/** An answered call: one confirmed dialog, at most one offer under way, one waiting, until BYE (RFC 3261 §13.2.2.4, §14, §15). */
final class Leg implements Phase {
    private enum State { UP, CLOSING, GONE }

    private final Context context;
    private final Session session;
    private final Dialog dialog;
    private final boolean caller;
    private final Exchange idle = this::receive;
    private Exchange exchange = idle;
    private Optional<Wish> waiting = Optional.empty();
    private State state = State.UP;
    private final SessionTimer timer;
    private final RemoteUpdate update = new RemoteUpdate(this);
    private Optional<ReliableRinging> ringing = Optional.empty();
    private Optional<SessionDescription> said = Optional.empty();
    /** The codec that our ACK has named, if it has. */
    private Optional<FinalCodecs.Trial> named = Optional.empty();
    private boolean updates;
    private boolean fromChanges;

    /** How something is done about an established call. */
    enum How { REINVITE, UPDATE, REFRESH }

    /**
     * What our user, or the session timer, wants.
     *
     * @param how by re-INVITE, by UPDATE, or as a refresh that changes nothing, by either
     * @param offer the offer to make; without one a re-INVITE asks the peer for one
     * @param again how often the peer has put it off
     */
    record Wish(How how, Optional<SessionDescription> offer, int again) {
        Wish oneMore() {
            return new Wish(how, offer, again + 1);
        }
    }

    /** Makes a leg; {@code caller} when the Call-ID is ours, which tells who waits longer after glare. */
    Leg(Context context, Session session, Dialog dialog, boolean caller) {
        this.context = context;
        this.session = session;
        this.dialog = dialog;
        this.caller = caller;
        this.timer = new SessionTimer(this);
    }

    Context context() {
        return context;
    }

    Session session() {
        return session;
    }

    Dialog dialog() {
        return dialog;
    }

    SessionTimer timer() {
        return timer;
    }

    void named(Optional<FinalCodecs.Trial> codec) {
        named = codec;
    }

    /** Nothing has ever been heard from the peer. */
    void unheard() {
        named.ifPresent(FinalCodecs.Trial::stumbles);
    }

    /** Tells whether the peer knows UPDATE. */
    boolean updates() {
        return updates;
    }

    /** The peer says that it knows UPDATE, but refuses it. */
    void noUpdates() {
        updates = false;
    }

    /** Notes a description of ours that is in force. */
    void said(SessionDescription ours) {
        said = Optional.of(ours);
    }

    Optional<SessionDescription> said() {
        return said;
    }

    /** Reads what the peer can and who it is. */
    void learn(SipMessage message) {
        can(message);
        Identities.learn(session, dialog, message);
    }

    private void can(SipMessage message) {
        if (message.has(HeaderName.ALLOW)) {
            updates = Tags.has(message, HeaderName.ALLOW, SipMethod.UPDATE.name());
        }
        if (message.has(HeaderName.SUPPORTED)) {
            fromChanges = Tags.supports(message, Tags.FROM_CHANGE);
        }
    }

    /** PRACKs may still come. */
    void adopt(ReliableRinging late) {
        ringing = Optional.of(late);
    }

    @Override
    public Optional<Dialog> talk() {
        return state == State.UP ? Optional.of(dialog) : Optional.empty();
    }

    boolean isCaller() {
        return caller;
    }

    /** Goes on with this exchange. */
    void enter(Exchange next) {
        exchange = next;
    }

    /** The exchange is done; what waited has its turn. */
    void settle(long now) {
        exchange = idle;
        if (state == State.UP && waiting.isPresent() && !update.isOpen()) {
            Wish wish = waiting.get();
            waiting = Optional.empty();
            invite(wish, now);
        }
    }

    // ---- offers

    @Override
    public boolean reoffer(Optional<SessionDescription> offer, long now) {
        return want(new Wish(How.REINVITE, offer, 0), now);
    }

    private boolean want(Wish wish, long now) {
        if (exchange == idle && !update.isOpen()) {
            invite(wish, now);
        } else if (wish.how() != How.REFRESH || waiting.isEmpty()) {
            waiting = Optional.of(wish); // whatever it is, it refreshes too
        }
        return true;
    }

    @Override
    public boolean update(Optional<SessionDescription> offer, long now) {
        return want(new Wish(offer.isPresent() && updates ? How.UPDATE : offer.isPresent() ? How.REINVITE : How.REFRESH, offer, 0), now);
    }

    @Override
    public boolean identify(NameAddr identity, long now) {
        if (!fromChanges) {
            return false;
        }
        dialog.become(identity);
        return want(new Wish(How.REFRESH, Optional.empty(), 0), now);
    }

    /** The session timer wants a refresh. */
    void refresh(long now) {
        if (state == State.UP) {
            update(Optional.empty(), now);
        }
    }

    /** The exchange is done, and the call too. */
    void rest() {
        exchange = idle;
    }

    /** Puts an offer aside for when the exchange is done, unless a newer one waits already. */
    void postpone(Wish wish) {
        waiting = Optional.of(waiting.orElse(wish));
    }

    private void invite(Wish wish, long now) {
        LocalReinvite reinvite = new LocalReinvite(this, wish);
        exchange = reinvite;
        reinvite.start(now);
    }

    @Override
    public boolean acceptOffer(SessionDescription sdp, long now) {
        if (!update.accept(sdp, now)) {
            return exchange.accept(sdp, now);
        }
        goOn(now);
        return true;
    }

    @Override
    public boolean rejectOffer(int status, long now) {
        if (status < 400 || status > 699) {
            throw new IllegalArgumentException("a refusal is 400 to 699, not " + status);
        }
        if (!update.refuse(status, now)) {
            return exchange.refuse(status, now);
        }
        goOn(now);
        return true;
    }

    private void goOn(long now) {
        if (exchange == idle) {
            settle(now);
        }
    }

    /** A 2xx to our INVITE without offer: its offer goes to the user, whose answer goes into the ACK. */
    void onOfferInAnswer(Request invite, Response success, Bodies.Body body, Runnable answered, long now) {
        if (body.description().isEmpty()) {
            context.acks.send(dialog, invite, success, session.account(), now);
            abort(noDescription(body), now);
            return;
        }
        exchange = new LocalAnswer(this, invite, success);
        answered.run();
        session.emit(new SipEvent.OfferReceived(session.id(), body.description().get()));
    }

    /** Takes a re-INVITE when nothing else is under way. */
    void receive(ServerRequest request, long now) {
        Bodies.Body body = context.bodies.read(request.request());
        Optional<Response> refusal = SessionTimer.refusal(session.policy(), context, request);
        if (update.isOpen()) {
            refuseOverlap(context, request, now);
            return;
        }
        if (body instanceof Bodies.Body.Broken || refusal.isPresent()) {
            context.respond(request, refusal.orElseGet(() -> context.reply(request, 400, context.token()).build()), now);
            return;
        }
        exchange = new RemoteReinvite(this, request, body.description().isPresent());
        session.emit(body.description().<SipEvent>map(offer -> new SipEvent.OfferReceived(session.id(), offer))
            .orElseGet(() -> new SipEvent.OfferRequested(session.id())));
    }

    /** Answers an INVITE with 200, and sees to it that the ACK comes. */
    void accept(ServerRequest invite, Optional<SessionDescription> sdp, List<ExtraHeader> headers, boolean answerInAck, boolean first,
            long now) {
        ResponseBuilder builder = context.reply(invite, 200, dialog.id().localTag())
            .set(HeaderName.CONTACT, NameAddr.of(context.contact(session.account(), session.contactUser(), invite.flow())))
            .set(HeaderName.ALLOW, context.extensions.allow())
            .set(HeaderName.SUPPORTED, session.supported())
            .set(HeaderName.RECV_INFO, session.recvInfo());
        headers.forEach(header -> builder.add(header.name(), header.value()));
        timer.answer(invite.request(), builder, now);
        session.decorate(builder);
        Response success = Bodies.write(builder, sdp).build();
        dialog.refreshTarget(invite.request());
        can(invite.request());
        if (first) {
            Identities.start(dialog, invite.request());
        } else {
            Identities.learn(session, dialog, invite.request());
        }
        sdp.ifPresent(this::said);
        AwaitedAck awaited = new AwaitedAck(this, invite, success, answerInAck, first);
        exchange = awaited;
        awaited.start(now);
    }

    static void refuseOverlap(Context context, ServerRequest request, long now) {
        long seconds = Math.floorMod(context.ids.nextLong(), 11L); // RFC 3261 §14.2: a random value between 0 and 10
        context.respond(request, context.reply(request, 500, "").set(HeaderName.RETRY_AFTER, Long.toString(seconds)).build(), now);
    }

    static Failure noDescription(Bodies.Body body) {
        return new Failure.ProtocolError(body instanceof Bodies.Body.Broken broken
            ? "The other side sent a session description that cannot be read: " + broken.detail()
            : "The other side answered without a session description");
    }

    // ---- messages within the dialog

    @Override
    public void onRequest(ServerRequest request, long now) {
        if (request.request().method().equals(SipMethod.INVITE)) {
            exchange.onInvite(request, now);
        } else if (state != State.UP && !request.request().method().equals(SipMethod.BYE)) {
            context.respond(request, 481, now);
        } else if (request.request().method().equals(SipMethod.UPDATE)) {
            update.onRequest(request, exchange, now);
        } else if (request.request().method().equals(SipMethod.PRACK)) {
            boolean late = ringing.filter(owed -> owed.takes(request.request())).isPresent();
            context.respond(request, late ? 200 : 481, now);
        } else if (request.request().method().equals(SipMethod.BYE)) {
            context.respond(request, 200, now);
            named.ifPresent(trial -> trial.hungUp(now));
            if (state == State.UP) {
                exchange.close(now);
            }
            exchange.drop();
            timer.stop();
            update.refuse(487, now);
            exchange = new Over();
            state = State.GONE;
            session.forget(dialog);
            session.emit(new SipEvent.Heard(session.id(), request.request()));
            session.end(new EndCause.RemoteHangup(request.request().value(HeaderName.REASON)));
        }
    }

    @Override
    public void onAck(Request ack, long now) {
        exchange.onAck(ack, now);
    }

    @Override
    public void onCancel(Request cancel, long now) {
        exchange.onCancel(now);
    }

    @Override
    public void onTransactionLost(long now) {
        exchange.onCancel(now);
    }

    // ---- the end

    @Override
    public void hangup(long now) {
        abort(new EndCause.LocalHangup(), now);
    }

    /** Ends the call for this reason, with BYE as soon as that is allowed. */
    void abort(EndCause cause, long now) {
        session.end(cause);
        if (state == State.UP) {
            state = State.CLOSING;
            timer.stop();
            update.refuse(487, now);
            waiting = Optional.empty();
            if (exchange.close(now)) {
                finish(now);
            }
        }
    }

    boolean isUp() {
        return state == State.UP;
    }

    /** Sends the BYE that had to wait. */
    void finish(long now) {
        if (state == State.CLOSING) {
            state = State.GONE;
            exchange = new Over();
            session.forget(dialog);
            Farewell.bye(context, dialog, session, now);
        }
    }

    /** Sends a re-INVITE of ours. */
    ClientRequest send(Request template, ClientRequest.Handler handler, long now) {
        Request decorated = session.decorate(template.toBuilder()).build();
        return context.requests.send(new ClientRequest.Plan(decorated, dialog.nextHop(), session.account(),
            hop -> List.of(NameAddr.of(context.contact(session.account(), session.contactUser(), hop))), dialog::nextSequence),
            handler, now);
    }

    /** After BYE. */
    private final class Over implements Exchange {
        @Override
        public void onInvite(ServerRequest request, long now) {
            context.respond(request, 481, now);
        }
    }
}
