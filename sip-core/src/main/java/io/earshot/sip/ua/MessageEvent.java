package io.earshot.sip.ua;

import io.earshot.sip.im.Cpim;
import io.earshot.sip.im.ImContent;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import java.util.Optional;

/** What happened to instant messages (RFC 3428). */
public sealed interface MessageEvent extends SipEvent {
    /**
     * A message came in and has been answered with 200. One that comes again is answered and not told.
     *
     * @param account whom it is for
     * @param session the call it came in; empty outside dialogs
     * @param request the MESSAGE
     * @param content what its body says, {@link ImContent.Text}, {@link ImContent.Typing} or {@link ImContent.Report}
     */
    record Received(AccountId account, Optional<SessionId> session, Request request, ImContent content) implements MessageEvent { }

    /**
     * A message came in whose envelope can be read and whose content cannot; it has been refused with 415 or 400. One that comes again is
     * not told. A server that had accepted it for us will not tell its sender.
     *
     * @param account whom it is for
     * @param request the MESSAGE
     * @param envelope what the sender says of it
     */
    record Unreadable(AccountId account, Request request, Cpim envelope) implements MessageEvent { }

    /** Our message was accepted: 200 by the peer, 202 by somebody who passes it on later. Exactly one of this and {@link Failed} comes. */
    record Accepted(MessageId message, Response response) implements MessageEvent { }

    /** Our message was not accepted. */
    record Failed(MessageId message, Failure cause) implements MessageEvent { }
}
