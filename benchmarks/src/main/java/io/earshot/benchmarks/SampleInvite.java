package io.earshot.benchmarks;

import java.nio.charset.StandardCharsets;

/** An INVITE of about 1 kB as phones send it, with SDP. */
final class SampleInvite {
    private static final String SDP = String.join("\r\n",
        "v=0",
        "o=alice 2890844526 2890844526 IN IP4 client.atlanta.example.com",
        "s=-",
        "c=IN IP4 192.0.2.101",
        "t=0 0",
        "m=audio 49172 RTP/AVP 0 8 101",
        "a=rtpmap:0 PCMU/8000",
        "a=rtpmap:8 PCMA/8000",
        "a=rtpmap:101 telephone-event/8000",
        "a=fmtp:101 0-15",
        "a=sendrecv",
        "");

    private SampleInvite() {
    }

    static byte[] bytes() {
        return String.join("\r\n",
            "INVITE sip:bob@biloxi.example.com SIP/2.0",
            "Via: SIP/2.0/UDP ss1.atlanta.example.com:5060;branch=z9hG4bK2d4790.1;received=192.0.2.111",
            "Via: SIP/2.0/UDP client.atlanta.example.com:5060;branch=z9hG4bK74bf9;rport=5060;received=192.0.2.101",
            "Max-Forwards: 69",
            "Record-Route: <sip:ss1.atlanta.example.com;lr>",
            "From: \"Alice\" <sip:alice@atlanta.example.com>;tag=9fxced76sl",
            "To: \"Bob\" <sip:bob@biloxi.example.com>",
            "Call-ID: 2xTb9vxSit55XU7p8@atlanta.example.com",
            "CSeq: 1 INVITE",
            "Contact: <sip:alice@client.atlanta.example.com:5060;transport=udp>",
            "Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, NOTIFY, MESSAGE, SUBSCRIBE, INFO",
            "Supported: replaces, timer, 100rel",
            "User-Agent: Softphone 1.2.3",
            "Content-Type: application/sdp",
            "Content-Length: " + SDP.length(),
            "",
            SDP).getBytes(StandardCharsets.UTF_8);
    }
}
