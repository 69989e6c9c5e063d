/** SIP and SDP without sockets, threads, clocks or locks. */
module io.earshot.sip {
    requires transitive io.earshot.api;
    exports io.earshot.sip.auth;
    exports io.earshot.sip.sdp;
}
