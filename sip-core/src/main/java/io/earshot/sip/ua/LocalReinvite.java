package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.sdp.SessionDescription;
import java.util.Optional;

/** A re-INVITE of ours that is under way (RFC 3261 §14.1). */
final class LocalReinvite implements Exchange, ClientRequest.Handler {
    private static final int MAX_GLARES = 10;

    private final Leg leg;
    private final Leg.Wish wish;
    private ClientRequest request;
    private boolean answered;

    LocalReinvite(Leg leg, Leg.Wish wish) {
        this.leg = leg;
        this.wish = wish;
    }

    void start(long now) {
        RequestBuilder builder = Outgoing.inDialog(leg.context(), leg.dialog(), SipMethod.INVITE)
            .set(HeaderName.ALLOW, leg.context().extensions.allow())
            .set(HeaderName.SUPPORTED, leg.context().extensions.supported());
        request = leg.send(Bodies.write(builder, wish.offer()).build(), this, now);
    }

    /** The peer answers 487 to this when it gets our BYE; should that be lost, the transaction must not wait for ever. */
    @Override
    public boolean close(long now) {
        leg.context().agenda.at(now + leg.context().lifetime(), request::cancel);
        return true;
    }

    /** Glare: the peer's has to wait for ours. */
    @Override
    public void onInvite(ServerRequest request, long now) {
        leg.context().respond(request, 491, now);
    }

    @Override
    public void onFinal(ClientRequest request, Response response, long now) {
        if (response.isSuccess()) {
            if (!answered) {
                answered = true;
                onSuccess(request.sent(), response, now);
            }
        } else if (leg.isUp()) {
            onRejection(response, now);
        }
    }

    private void onSuccess(Request sent, Response response, long now) {
        Bodies.Body body = leg.context().bodies.read(response);
        leg.dialog().refreshTarget(response);
        if (leg.isUp() && wish.offer().isEmpty()) {
            leg.onOfferInAnswer(sent, response, body, () -> { }, now);
            return;
        }
        leg.context().acks.send(leg.dialog(), sent, response, leg.session().account(), Optional.empty(), now);
        if (!leg.isUp()) {
            return;
        }
        Optional<SessionDescription> answer = body.description();
        if (answer.isEmpty()) {
            leg.abort(Leg.noDescription(body), now);
            return;
        }
        leg.session().emit(new SipEvent.AnswerReceived(leg.session().id(), answer.get()));
        leg.settle(now);
    }

    private void onRejection(Response response, long now) {
        if (response.status() == 491 && wish.glares() < MAX_GLARES) {
            GlarePause pause = new GlarePause(leg, new Leg.Wish(wish.offer(), wish.glares() + 1));
            leg.enter(pause);
            pause.start(now);
        } else if (response.status() == 481 || response.status() == 408) {
            leg.abort(Failures.of(response), now); // the peer has no such dialog: §12.2.1.2
        } else {
            leg.session().emit(new SipEvent.OfferFailed(leg.session().id(), Failures.of(response)));
            leg.settle(now);
        }
    }

    @Override
    public void onFailure(ClientRequest request, Failure failure, long now) {
        if (!leg.isUp()) {
            return;
        }
        if (failure instanceof Failure.AuthenticationFailed) {
            leg.session().emit(new SipEvent.OfferFailed(leg.session().id(), failure));
            leg.settle(now);
        } else {
            leg.abort(failure, now); // no answer at all: §12.2.1.2
        }
    }

    /** The pause after 491 before the offer is made again; the owner of the Call-ID waits longer (RFC 3261 §14.1). */
    private static final class GlarePause implements Exchange {
        private static final long STEP = 10 * Ticker.MILLISECOND;

        private final Leg leg;
        private final Leg.Wish wish;
        private Agenda.Entry end = Agenda.Entry.NONE;

        GlarePause(Leg leg, Leg.Wish wish) {
            this.leg = leg;
            this.wish = wish;
        }

        void start(long now) {
            long steps = leg.isCaller() ? leg.context().between(210, 400) : leg.context().between(0, 200);
            end = leg.context().agenda.at(now + steps * STEP, then -> {
                leg.postpone(wish);
                leg.settle(then);
            });
        }

        @Override
        public void onInvite(ServerRequest request, long now) {
            leg.context().agenda.cancel(end);
            leg.postpone(wish);
            leg.receive(request, now);
        }

        @Override
        public boolean close(long now) {
            leg.context().agenda.cancel(end);
            return true;
        }
    }
}
