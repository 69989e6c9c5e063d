package io.earshot.sip.ua;

import io.earshot.sip.message.Request;
import io.earshot.sip.message.Uri;
import java.util.List;
import java.util.Optional;

/**
 * What happened to a transfer (RFC 3515). One that we asked for ends in exactly one of {@link Done} and {@link Failed}.
 */
public sealed interface TransferEvent extends SipEvent {
    /** Returns the transfer. */
    TransferId transfer();

    /** The other side is going to call the target. */
    record Accepted(TransferId transfer) implements TransferEvent { }

    /**
     * How the other side's call to the target goes on.
     *
     * @param status 100 to 199
     * @param reason the reason phrase that the target or a server on the way gave
     */
    record Progress(TransferId transfer, int status, String reason) implements TransferEvent { }

    /**
     * The target answered the other side's call.
     *
     * @param status 200 to 299; 202 when the other side agreed to the transfer but not to tell of its outcome (RFC 4488)
     * @param reason the reason phrase
     */
    record Done(TransferId transfer, int status, String reason) implements TransferEvent { }

    /** The transfer was refused, or the target did not answer. Nothing has become of the call it was asked for in. */
    record Failed(TransferId transfer, Failure cause) implements TransferEvent { }

    /**
     * The peer asks us to call somebody. Answer with {@link Transfers#accept} or {@link Transfers#reject} within 15 s; without an answer it
     * is declined.
     *
     * @param session the call it was asked for in; empty for one outside any call, which anybody may send
     * @param account whom it is for
     * @param target whom to call
     * @param headers what the INVITE to the target has to carry, Referred-By and, for an attended transfer, Replaces among them
     * @param request the REFER
     */
    record Received(TransferId transfer, Optional<SessionId> session, Optional<AccountId> account, Uri target, List<ExtraHeader> headers,
        Request request) implements TransferEvent {
        public Received {
            headers = List.copyOf(headers);
        }
    }
}
