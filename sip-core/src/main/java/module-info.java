/** SIP and SDP without I/O: messages, transactions, dialogs, offer/answer, digest. No socket, thread, clock or lock. */
module io.earshot.sip {
    requires transitive io.earshot.api;

    exports io.earshot.sip.auth;
    exports io.earshot.sip.dialog;
    exports io.earshot.sip.events;
    exports io.earshot.sip.im;
    exports io.earshot.sip.info;
    exports io.earshot.sip.identity;
    exports io.earshot.sip.message;
    exports io.earshot.sip.resolve;
    exports io.earshot.sip.sdp;
    exports io.earshot.sip.transaction;
    exports io.earshot.sip.ua;
}
