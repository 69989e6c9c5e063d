/**
 * SIP and SDP without I/O: messages, transactions, dialogs, offer/answer, digest. No socket, thread, clock or lock.
 *
 */
module io.earshot.sip {
    requires io.earshot.api;

    exports io.earshot.sip.message;
}
