package io.earshot.sip.ua;

import io.earshot.sip.message.HeaderName;

/** Requests of a scripted peer to a phone, in one call; {@code BRANCH} is filled in when they are sent. */
record Talk(Script from, Phone to) {
    static final String SDP = "v=0\no=script 1 1 IN IP4 10.0.0.9\ns=-\nc=IN IP4 10.0.0.9\nt=0 0\nm=audio 4000 RTP/AVP 0\n";
    static final String SDP_TYPE = "Content-Type: application/sdp\n";

    /** Sends an INVITE with an offer. */
    void invite(int cseq) {
        send("INVITE", cseq, "", SDP_TYPE, SDP);
    }

    /** Sends a request outside or, with a To tag, inside a dialog. */
    void send(String method, int cseq, String toTag, String headers, String body) {
        from.sendText(to.address, text(method, cseq, toTag, headers, body));
    }

    String text(String method, int cseq, String toTag, String headers, String body) {
        String fromIp = from.address.getAddress().getHostAddress();
        String toIp = to.address.getAddress().getHostAddress();
        
        return method + " sip:" + to.name + "@" + toIp + ":5060 SIP/2.0\n"
            + "Via: SIP/2.0/UDP " + fromIp + ":5060;branch=BRANCH;rport\n"
            + "Max-Forwards: 70\n"
            + "From: <sip:" + from.name + "@" + fromIp + ">;tag=script\n"
            + "To: <sip:" + to.name + "@" + toIp + ">" + (toTag.isEmpty() ? "" : ";tag=" + toTag) + "\n"
            + "Call-ID: call-of-" + from.name + "\n"
            + "CSeq: " + cseq + " " + method + "\n"
            + "Contact: <sip:" + from.name + "@" + fromIp + ":5060>\n"
            + headers
            + "Content-Length: " + body.replace("\n", "\r\n").length() + "\n\n" + body;
    }

    /** Returns the To tag of the last response. */
    String tag() {
        return from.lastResponse().to().tag().orElseThrow();
    }

    /** Returns a header of the last response. */
    String header(String name) {
        return String.join(", ", from.lastResponse().values(HeaderName.of(name)));
    }
}
