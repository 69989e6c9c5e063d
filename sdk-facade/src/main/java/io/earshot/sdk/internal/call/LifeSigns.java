package io.earshot.sdk.internal.call;

import io.earshot.sip.message.SipMethod;
import io.earshot.sip.ua.RawEvent;
import io.earshot.sip.ua.RawId;
import io.earshot.sip.ua.RawRequest;
import io.earshot.sip.ua.SessionId;
import io.earshot.sip.ua.SipEngine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is found out when the sound of a call stops: whether our addresses are still ours, and whether the peer is where we would tell it
 * of other ways, by OPTIONS in the call (RFC 3261 §11). An offer that it does not get would stand in the way of its own. Confined to the
 * signalling loop.
 */
final class LifeSigns {
    private static final int TIMEOUT = 408;
    private static final int FLOW_FAILED = 430;
    private static final int UNAVAILABLE = 480;
    private static final int NO_DIALOG = 481;
    private static final int ERROR = 500;
    private static final int NOT_IMPLEMENTED = 501;

    private final SipEngine engine;
    private final Map<RawId, Runnable> asked = new HashMap<>();
    private Runnable look = () -> { };

    LifeSigns(SipEngine engine) {
        this.engine = engine;
    }

    /** This has our addresses looked at. */
    void looksBy(Runnable action) {
        look = action;
    }

    /** Has our addresses looked at, and runs that as soon as the peer of the call has answered. */
    void ask(SessionId call, Runnable lives, long now) {
        look.run();
        engine.raw().send(call, new RawRequest(SipMethod.OPTIONS, List.of(), Optional.empty(), new byte[0]), now)
                .ifPresent(id -> asked.put(id, lives));
    }

    /** Takes an event; tells whether it is of one of these questions. */
    boolean on(RawEvent event) {
        Runnable lives = asked.remove(event.id());
        if (lives != null && event instanceof RawEvent.Answered answered && isOfPeer(answered.response().status())) {
            lives.run();
        }
        return lives != null;
    }

    /** Whether the peer said that, be it that it does not like the question, and not a server that does not reach it. */
    private static boolean isOfPeer(int status) {
        return status < ERROR && status != TIMEOUT && status != FLOW_FAILED && status != UNAVAILABLE && status != NO_DIALOG
                || status == NOT_IMPLEMENTED;
    }
}
