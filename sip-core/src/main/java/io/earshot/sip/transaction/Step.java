package io.earshot.sip.transaction;

import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMessage;

/** Everything one transaction's state machine asks of the layer. */
sealed interface Step {
    /** To the wire. */
    record Transmit(SipMessage message) implements Step { }

    /** To the transaction's user. */
    record Deliver(Response response) implements Step { }

    /** A CANCEL for this INVITE may go out now. */
    record SendCancel() implements Step { }

    /** The user must learn of a failure. */
    record Fail(Failure cause, String reason) implements Step { }

    /** All is told; come back by then. */
    record Wait(long deadline) implements Step { }
}
