package io.earshot.sip.ua;

import io.earshot.sip.sdp.SessionDescription;
import java.util.List;
import java.util.Optional;

/** A re-INVITE of the peer's that waits for our user (RFC 3261 §14.2). */
final class RemoteReinvite implements Exchange {
    private final Leg leg;
    private final ServerRequest request;
    private final boolean offered;

    RemoteReinvite(Leg leg, ServerRequest request, boolean offered) {
        this.leg = leg;
        this.request = request;
        this.offered = offered;
    }

    @Override
    public boolean accept(SessionDescription description, long now) {
        leg.accept(request, Optional.of(description), List.of(), !offered, false, now);
        return true;
    }

    @Override
    public boolean refuse(int status, long now) {
        leg.context().respond(request, status, now);
        leg.settle(now);
        return true;
    }

    @Override
    public boolean isAsked() {
        return true;
    }

    @Override
    public void onInvite(ServerRequest second, long now) {
        Leg.refuseOverlap(leg.context(), second, now);
    }

    @Override
    public void onCancel(long now) {
        refuse(487, now);
    }

    @Override
    public boolean close(long now) {
        leg.context().respond(request, 487, now);
        return true;
    }
}
