package io.earshot.sip.ua;

import io.earshot.sip.info.DtmfBody;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import java.util.Optional;

/** What INFO requests brought (RFC 6086). */
public sealed interface InfoEvent extends SipEvent {
    /** Returns the call. */
    SessionId session();

    /**
     * The peer pressed a key.
     *
     * @param relay whether it came as {@code application/dtmf-relay} rather than {@code application/dtmf}
     */
    record Key(SessionId session, DtmfBody key, boolean relay) implements InfoEvent { }

    /**
     * An INFO came that is no key; it has been answered with 200.
     *
     * @param infoPackage its Info-Package; empty for one of the old kind
     */
    record Received(SessionId session, Optional<String> infoPackage, Request request) implements InfoEvent { }

    /** Our INFO was accepted. Exactly one of this and {@link Failed} comes. */
    record Accepted(SessionId session, InfoId info, Response response) implements InfoEvent { }

    /** Our INFO was refused, or got no answer; the call goes on. */
    record Failed(SessionId session, InfoId info, Failure cause) implements InfoEvent { }
}
