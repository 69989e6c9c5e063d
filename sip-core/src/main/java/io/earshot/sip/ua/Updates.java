package io.earshot.sip.ua;

import io.earshot.sip.message.NameAddr;
import io.earshot.sip.sdp.SessionDescription;
import java.util.Optional;

/**
 * Changes a call without another INVITE: UPDATE (RFC 3311). Got from {@link SipEngine#updates()}; confined to the engine's thread. Each
 * command answers whether it applied, as {@link SipEngine} says.
 */
public final class Updates {
    private final Sessions sessions;
    private final Dispatcher dispatcher;

    Updates(Sessions sessions, Dispatcher dispatcher) {
        this.sessions = sessions;
        this.dispatcher = dispatcher;
    }

    /**
     * Offers another session by UPDATE; {@link SipEvent.AnswerReceived} or {@link SipEvent.OfferFailed} follows. Before the call is
     * answered that needs an answer which came reliably (RFC 3262); of several forks the last one that has is asked. In an answered call
     * the peer has to answer at once, without asking its user: {@link SipEngine#reoffer} is the better way there (RFC 3311 §5.1). A peer
     * that does not know UPDATE gets a re-INVITE.
     */
    public boolean offer(SessionId session, SessionDescription offer, long now) {
        boolean applied = sessions.apply(session, phase -> phase.update(Optional.of(offer), now));
        dispatcher.pump(now);
        return applied;
    }

    /** Makes sure that an answered call is still there, as session timers do (RFC 4028); if it is not, it ends. */
    public boolean refresh(SessionId session, long now) {
        boolean applied = sessions.apply(session, phase -> phase.update(Optional.empty(), now));
        dispatcher.pump(now);
        return applied;
    }

    /** Tells the peer of an answered call that we are somebody else now (RFC 4916); {@code false} when it would not understand. */
    public boolean identify(SessionId session, NameAddr identity, long now) {
        boolean applied = sessions.apply(session, phase -> phase.identify(identity, now));
        dispatcher.pump(now);
        return applied;
    }
}
