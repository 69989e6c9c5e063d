package io.earshot.sip.ua;

import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.transaction.SuccessRetransmission;

/** Our 2xx is repeated until its ACK comes; when none does, the call ends (RFC 3261 §13.3.1.4, §14.2). */
final class AwaitedAck implements Exchange {
    private final Leg leg;
    private final ServerRequest invite;
    private final Response success;
    private final boolean answerInAck;
    private final boolean first;
    private SuccessRetransmission repetition;
    private Agenda.Entry next = Agenda.Entry.NONE;

    /** Makes the exchange; {@code first} for the INVITE that set the call up. */
    AwaitedAck(Leg leg, ServerRequest invite, Response success, boolean answerInAck, boolean first) {
        this.leg = leg;
        this.invite = invite;
        this.success = success;
        this.answerInAck = answerInAck;
        this.first = first;
    }

    void start(long now) {
        leg.context().respond(invite, success, now);
        repetition = new SuccessRetransmission(leg.context().config.timers(), now);
        schedule();
    }

    private void schedule() {
        next = leg.context().agenda.at(repetition.deadline(), this::onTime);
    }

    private void onTime(long now) {
        SuccessRetransmission.Due due = repetition.onTime(now);
        if (due == SuccessRetransmission.Due.GIVE_UP) {
            leg.rest();
            leg.abort(new Failure.TimedOut("The other side never acknowledged that the call was answered"), now);
            leg.finish(now);
            return;
        }
        if (due == SuccessRetransmission.Due.RETRANSMIT) {
            leg.context().respond(invite, success, now);
        }
        schedule();
    }

    @Override
    public void onAck(Request ack, long now) {
        if (ack.cseq().number() != invite.request().cseq().number()) {
            return;
        }
        stop(now);
        if (!leg.isUp()) {
            return;
        }
        if (answerInAck) {
            Bodies.Body body = leg.context().bodies.read(ack);
            if (body.description().isEmpty()) {
                leg.abort(Leg.noDescription(body), now);
                return;
            }
            leg.session().emit(new SipEvent.AnswerReceived(leg.session().id(), body.description().get()));
        }
        leg.settle(now);
    }

    @Override
    public boolean isOffering() {
        return answerInAck;
    }

    private void stop(long now) {
        drop();
        leg.rest();
        if (first) {
            leg.session().emit(new SipEvent.Confirmed(leg.session().id()));
        }
        leg.finish(now);
    }

    /** The peer must have our 2xx to send a re-INVITE, so its ACK was lost or is late (RFC 5407 §3.1.4); an answer in it is awaited. */
    @Override
    public void onInvite(ServerRequest request, long now) {
        if (answerInAck) {
            leg.context().respond(request, 491, now);
            return;
        }
        if (!leg.isUp()) {
            leg.context().respond(request, 481, now);
            return;
        }
        stop(now);
        leg.receive(request, now);
    }

    /** BYE has to wait for the ACK (RFC 3261 §15). */
    @Override
    public boolean close(long now) {
        return false;
    }

    @Override
    public void drop() {
        repetition.onAck();
        leg.context().agenda.cancel(next);
    }
}
