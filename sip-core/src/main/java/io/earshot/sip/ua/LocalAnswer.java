package io.earshot.sip.ua;

import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.sdp.SessionDescription;
import java.util.Optional;

/** A 2xx brought an offer, and waits for our user's answer to be acknowledged with (RFC 3261 §13.2.2.4). */
final class LocalAnswer implements Exchange {
    private final Leg leg;
    private final Request invite;
    private final Response success;

    LocalAnswer(Leg leg, Request invite, Response success) {
        this.leg = leg;
        this.invite = invite;
        this.success = success;
    }

    @Override
    public boolean accept(SessionDescription description, long now) {
        leg.said(description);
        acknowledge(Optional.of(description), now);
        leg.settle(now);
        return true;
    }

    @Override
    public boolean refuse(int status, long now) {
        leg.abort(new EndCause.LocalHangup(), now);
        return true;
    }

    @Override
    public boolean isAsked() {
        return true;
    }

    @Override
    public void onInvite(ServerRequest request, long now) {
        leg.context().respond(request, 491, now);
    }

    @Override
    public boolean close(long now) {
        acknowledge(Optional.empty(), now);
        return true;
    }

    private void acknowledge(Optional<SessionDescription> answer, long now) {
        leg.context().acks.answer(leg.dialog(), invite, success, leg.session().account(), answer, now);
    }
}
