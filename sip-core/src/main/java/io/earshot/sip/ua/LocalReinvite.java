package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.sdp.SessionDescription;
import java.util.Optional;

/** A re-INVITE or UPDATE of ours that is under way (RFC 3261 §14.1, RFC 3311 §5.1). */
final class LocalReinvite implements Exchange, ClientRequest.Handler {
    private static final int MAX_AGAIN = 10;

    /** The longest Retry-After that is waited for, in s. */
    private static final long LONGEST_PAUSE = 32;

    private final Leg leg;
    private final Leg.Wish wish;
    private ClientRequest request;
    private final SipMethod method;
    private final Optional<SessionDescription> offer;
    private boolean answered;

    LocalReinvite(Leg leg, Leg.Wish wish) {
        this.leg = leg;
        this.wish = wish;
        this.method = wish.how() == Leg.How.REINVITE || !leg.updates() ? SipMethod.INVITE : SipMethod.UPDATE;
        this.offer = wish.how() == Leg.How.REFRESH && method.equals(SipMethod.INVITE) ? leg.said() : wish.offer();
    }

    void start(long now) {
        RequestBuilder builder = Outgoing.inDialog(leg.context(), leg.dialog(), method)
            .set(HeaderName.ALLOW, leg.context().extensions.allow())
            .set(HeaderName.SUPPORTED, leg.session().supported());
        leg.timer().ask(builder);
        request = leg.send(Bodies.write(builder, offer).build(), this, now);
    }

    /** The peer answers 487 to this when it gets our BYE; should that be lost, the transaction must not wait for ever. */
    @Override
    public boolean close(long now) {
        if (method.equals(SipMethod.INVITE)) {
            leg.context().agenda.at(now + leg.context().lifetime(), request::cancel);
        }
        return true;
    }

    @Override
    public boolean isOffering() {
        return offer.isPresent() || method.equals(SipMethod.INVITE);
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
        if (leg.isUp()) {
            leg.learn(response);
            leg.timer().onSuccess(response, now);
        }
        if (method.equals(SipMethod.UPDATE)) {
            onAnswer(body, now);
            return;
        }
        if (leg.isUp() && offer.isEmpty()) {
            leg.onOfferInAnswer(sent, response, body, () -> { }, now);
            return;
        }
        leg.context().acks.send(leg.dialog(), sent, response, leg.session().account(), now);
        onAnswer(body, now);
    }

    private void onAnswer(Bodies.Body body, long now) {
        if (!leg.isUp()) {
            return;
        }
        if (offer.isEmpty()) {
            leg.settle(now);
            return;
        }
        Optional<SessionDescription> answer = body.description();
        if (answer.isEmpty()) {
            leg.abort(Leg.noDescription(body), now);
            return;
        }
        leg.said(offer.get());
        if (wish.how() != Leg.How.REFRESH) {
            leg.session().emit(new SipEvent.AnswerReceived(leg.session().id(), answer.get()));
        }
        leg.settle(now);
    }

    private void onRejection(Response response, long now) {
        int status = response.status();
        long wait = response.seconds(HeaderName.RETRY_AFTER).orElse(LONGEST_PAUSE + 1);
        if (wish.again() < MAX_AGAIN && status == 491) {
            // the owner of the Call-ID waits longer (RFC 3261 §14.1)
            long steps = leg.isCaller() ? leg.context().between(210, 400) : leg.context().between(0, 200);
            pause(steps * Pause.STEP, now);
        } else if (wish.again() < MAX_AGAIN && status == 500 && wait <= LONGEST_PAUSE) {
            pause(wait * Ticker.SECOND, now);
        } else if (wish.again() < MAX_AGAIN && status == 422 && leg.timer().lengthen(response)) {
            pause(0, now);
        } else if (method.equals(SipMethod.UPDATE) && (status == 405 || status == 501)) {
            leg.noUpdates();
            pause(0, now);
        } else if (response.status() == 481 || response.status() == 408) {
            leg.abort(Failures.of(response), now); // the peer has no such dialog: §12.2.1.2
        } else {
            fail(Failures.of(response), now);
        }
    }

    private void pause(long time, long now) {
        Pause pause = new Pause(leg, wish.oneMore());
        leg.enter(pause);
        pause.start(time, now);
    }

    private void fail(Failure failure, long now) {
        if (wish.how() == Leg.How.REFRESH) {
            leg.timer().onRefreshFailed(now);
        } else {
            leg.session().emit(new SipEvent.OfferFailed(leg.session().id(), failure));
        }
        leg.settle(now);
    }

    @Override
    public void onFailure(ClientRequest request, Failure failure, long now) {
        if (!leg.isUp()) {
            return;
        }
        if (failure instanceof Failure.AuthenticationFailed) {
            fail(failure, now);
        } else {
            leg.abort(failure, now); // no answer at all: §12.2.1.2
        }
    }

    /** The pause before a request is made again that the peer put off. */
    private static final class Pause implements Exchange {
        private static final long STEP = 10 * Ticker.MILLISECOND;

        private final Leg leg;
        private final Leg.Wish wish;
        private Agenda.Entry end = Agenda.Entry.NONE;

        Pause(Leg leg, Leg.Wish wish) {
            this.leg = leg;
            this.wish = wish;
        }

        void start(long time, long now) {
            end = leg.context().agenda.at(now + time, then -> {
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
