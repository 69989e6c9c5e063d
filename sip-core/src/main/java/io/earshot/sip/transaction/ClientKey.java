package io.earshot.sip.transaction;

import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipMethod;
import java.util.Locale;

/** What makes a response belong to a client transaction (RFC 3261 §17.1.3): the branch and the method of CSeq. */
record ClientKey(String branch, SipMethod method) {
    /** Returns the key of a request we send, or of a response to it. */
    static ClientKey of(SipMessage message) {
        return new ClientKey(message.via().branch().orElse("").toLowerCase(Locale.ROOT), message.cseq().method());
    }
}
