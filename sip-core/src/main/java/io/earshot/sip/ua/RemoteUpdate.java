package io.earshot.sip.ua;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.ResponseBuilder;
import io.earshot.sip.sdp.SessionDescription;
import java.util.Optional;

/** The peer's UPDATEs within an answered call (RFC 3311 §5.2), of which one may wait for our user's answer. */
final class RemoteUpdate {
    private final Leg leg;
    private Optional<ServerRequest> open = Optional.empty();

    RemoteUpdate(Leg leg) {
        this.leg = leg;
    }

    boolean isOpen() {
        return open.isPresent();
    }

    void onRequest(ServerRequest request, Exchange exchange, long now) {
        Context context = leg.context();
        Bodies.Body body = context.bodies.read(request.request());
        Optional<Response> refusal = SessionTimer.refusal(leg.session().policy(), context, request);
        if (body instanceof Bodies.Body.Broken) {
            context.respond(request, 400, now);
        } else if (refusal.isPresent()) {
            context.respond(request, refusal.get(), now);
        } else if (body.description().isEmpty()) {
            accept(request, Optional.empty(), now);
        } else if (exchange.isOffering()) {
            context.respond(request, 491, now);
        } else if (isOpen() || exchange.isAsked()) {
            Leg.refuseOverlap(context, request, now);
        } else {
            open = Optional.of(request);
            leg.session().emit(new SipEvent.OfferReceived(leg.session().id(), body.description().get()));
        }
    }

    private void accept(ServerRequest request, Optional<SessionDescription> answer, long now) {
        Session session = leg.session();
        ResponseBuilder builder = leg.context().reply(request, 200, leg.dialog().id().localTag())
            .set(HeaderName.CONTACT, NameAddr.of(leg.context().contact(session.account(), session.contactUser(), request.flow())))
            .set(HeaderName.ALLOW, leg.context().extensions.allow())
            .set(HeaderName.SUPPORTED, session.supported());
        leg.dialog().refreshTarget(request.request());
        leg.learn(request.request());
        leg.timer().answer(request.request(), builder, now);
        leg.context().respond(request, Bodies.write(builder, answer).build(), now);
    }

    /** Our user accepts; {@code false} if no UPDATE waits. */
    boolean accept(SessionDescription answer, long now) {
        Optional<ServerRequest> asked = open;
        open = Optional.empty();
        asked.ifPresent(request -> {
            leg.said(answer);
            accept(request, Optional.of(answer), now);
        });
        return asked.isPresent();
    }

    boolean refuse(int status, long now) {
        Optional<ServerRequest> asked = open;
        open = Optional.empty();
        asked.ifPresent(request -> leg.context().respond(request, status, now));
        return asked.isPresent();
    }
}
