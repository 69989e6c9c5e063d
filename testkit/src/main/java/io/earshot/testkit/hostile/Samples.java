package io.earshot.testkit.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** Well-formed messages that have every header and body in them that anything reads. */
final class Samples {
    static final String BRANCH = "z9hG4bK74bf9";
    static final String CALL_ID = "3848276298220188511";

    private static final String SDP = """
        v=0
        o=- 2890844526 2 IN IP4 192.0.2.1
        s=-
        c=IN IP4 192.0.2.1
        t=0 0
        a=group:BUNDLE a
        m=audio 49170/2 RTP/SAVPF 0 8 96 101
        c=IN IP6 2001:db8::1
        a=mid:a
        a=rtpmap:96 opus/48000/2
        a=fmtp:96 useinbandfec=1;maxplaybackrate=16000
        a=rtpmap:101 telephone-event/8000
        a=fmtp:101 0-16
        a=ptime:20
        a=maxptime:60
        a=rtcp:49171 IN IP4 192.0.2.1
        a=rtcp-mux
        a=sendonly
        a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4
        a=candidate:1 1 UDP 2130706431 192.0.2.1 49170 typ host
        m=video 0 RTP/AVP 31
        """;
    private static final String PIDF = """
        <?xml version="1.0" encoding="UTF-8"?>
        <presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:r="urn:ietf:params:xml:ns:pidf:rpid"
            xmlns:d="urn:ietf:params:xml:ns:pidf:data-model" entity="sip:alice@example.com">
          <tuple id="t1"><status><basic>open</basic></status><contact priority="0.8">sip:alice@192.0.2.1</contact>
            <note xml:lang="en">at &quot;home&quot; &#228;</note><timestamp>2026-01-01T00:00:00Z</timestamp></tuple>
          <d:person id="p1"><r:activities><r:on-the-phone/></r:activities></d:person>
        </presence>
        """;
    private static final String DIALOG_INFO = """
        <?xml version="1.0"?>
        <dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="3" state="full" entity="sip:alice@example.com">
          <dialog id="as7d900as8" call-id="a84b4c76e66710" local-tag="1928301774" remote-tag="456248" direction="initiator">
            <state event="remote-bye" code="200">terminated</state><duration>274</duration>
            <local><identity display="A">sip:alice@example.com</identity><target uri="sip:alice@pc33"/></local>
            <remote><identity>sip:bob@example.org</identity></remote></dialog>
        </dialog-info>
        """;
    private static final String REG_INFO = """
        <?xml version="1.0"?>
        <reginfo xmlns="urn:ietf:params:xml:ns:reginfo" version="0" state="full">
          <registration aor="sip:joe@example.com" id="a7" state="active">
            <contact id="76" state="active" event="registered" duration-registered="7322" q="0.8"><uri>sip:joe@pc887</uri></contact>
          </registration>
        </reginfo>
        """;
    private static final String WATCHER_INFO = """
        <?xml version="1.0"?>
        <watcherinfo xmlns="urn:ietf:params:xml:ns:watcherinfo" version="0" state="full">
          <watcher-list resource="sip:p@example.org" package="presence">
            <watcher id="77" event="subscribe" status="pending">sip:joe@example.com</watcher></watcher-list>
        </watcherinfo>
        """;
    private static final String COMPOSING = """
        <?xml version="1.0" encoding="UTF-8"?>
        <isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing"><state>active</state><contenttype>text/plain</contenttype>
          <refresh>90</refresh></isComposing>
        """;
    private static final String CPIM = """
        From: MR SANDERS <im:piglet@100akerwood.com>
        To: Depressed Donkey <im:eeyore@100akerwood.com>
        DateTime: 2026-12-13T13:40:00-08:00
        NS: imdn <urn:ietf:params:imdn>
        imdn.Message-ID: 34jk324j
        imdn.Disposition-Notification: positive-delivery, display

        Content-type: message/imdn+xml

        <?xml version="1.0" encoding="UTF-8"?>
        <imdn xmlns="urn:ietf:params:xml:ns:imdn"><message-id>34jk324j</message-id><datetime>2026-04-04T12:16:49-05:00</datetime>
          <delivery-notification><status><delivered/></status></delivery-notification></imdn>
        """;
    private static final String MULTIPART = """
        --b
        Content-Type: text/plain

        hello
        --b
        Content-Type: application/sdp
        Content-Disposition: session

        v=0
        --b--
        """;

    private static final String IDENTITIES = """
        P-Asserted-Identity: "A" <sip:a@example.com>, <tel:+14085264000>
        P-Preferred-Identity: <sip:a@example.com>
        Remote-Party-ID: "A" <sip:a@example.com>;party=calling;privacy=off;screen=yes
        Privacy: id;critical
        Diversion: <sip:c@example.com>;reason=user-busy;counter=2;privacy=off, "x" <sip:d@e>;reason="no-answer"
        History-Info: <sip:b@example.com?Reason=SIP%3Bcause%3D302>;index=1, <sip:c@example.com;cause=302>;index=1.1;mp=1
        Reason: Q.850;cause=16;text="Terminated", SIP;cause=600
        User-to-User: 56a390f3d2b7310023a2;encoding=hex;purpose=isdn-uui
        Answer-Mode: Auto;require
        Alert-Info: <http://www.example.com/ring.wav>;info=alert-autoanswer;delay=0
        Call-Info: <http://example.com/a.jpg>;purpose=icon, <sip:x@y>;answer-after=0
        Identity: eyJhbGciOiJFUzI1NiJ9.eyJhdHRlc3QiOiJBIn0.c2ln;info=<https://cert.example.org/p.pem>;alg=ES256;ppt=shaken
        """;

    private Samples() {
    }

    private static String message(String start, String headers, String type, String body) {
        String cseq = start.startsWith("SIP/") ? "" : "CSeq: 4711 " + start.substring(0, start.indexOf(' ')) + "\n";
        String head = start + "\n"
            + "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=" + BRANCH
            + ";rport, SIP/2.0/TCP [2001:db8::9]:5060;branch=z9hG4bKx;received=192.0.2.9\n"
            + "Max-Forwards: 70\nFrom: \"Alice \\\"A\\\"\" <sip:alice@example.com>;tag=9fxced76sl\n"
            + "Call-ID: " + CALL_ID + "@192.0.2.1\n" + cseq
            + "Contact: <sip:alice@192.0.2.1;gr=urn:uuid:f81d>;+sip.instance=\"<urn:uuid:f81d>\";reg-id=1;expires=600\n" + headers;
        String lines = head + (headers.contains("\nTo: ") || headers.startsWith("To: ") ? "" : "To: Bob <sip:bob@192.0.2.2>\n")
            + (body.isEmpty() ? "" : "Content-Type: " + type + "\n");
        String payload = body.replace("\n", "\r\n");
        return lines.replace("\n", "\r\n") + "Content-Length: " + payload.getBytes(UTF_8).length + "\r\n\r\n" + payload;
    }

    static List<String> all() {
        return List.of(
            message("INVITE sip:bob@192.0.2.2 SIP/2.0", "Allow: INVITE, ACK, CANCEL, BYE, UPDATE, PRACK\n"
                + "k: 100rel,timer,\n\treplaces, 199\n"
                + "Session-Expires: 1800;refresher=uac\nMin-SE: 90\nDate: Sat, 13 Nov 2010 23:29:00 GMT\n" + IDENTITIES,
                "application/sdp", SDP),
            message("INVITE sip:bob@192.0.2.2 SIP/2.0", "Record-Route: <sip:p1.example.com;lr>, <sip:p2.example.com;lr>\n"
                + "Replaces: 425928@b;to-tag=7743;from-tag=6472;early-only\nJoin: a@b;to-tag=1;from-tag=2\nRequire: replaces\n"
                + "Target-Dialog: a@b;local-tag=1;remote-tag=2\nReferred-By: <sip:r@example.com>;cid=\"2.1@x\"\n",
                "multipart/mixed;boundary=b", MULTIPART),
            message("REGISTER sip:192.0.2.2 SIP/2.0", "Expires: 3600\nSupported: path, outbound, gruu\nPath: <sip:p;lr>\n"
                + "Authorization: Digest username=\"a\", realm=\"r,\\\"\", nonce=\"n\", uri=\"sip:b\", response=\"0123456789abcdef\","
                + " qop=auth, nc=00000001, cnonce=\"c\", algorithm=SHA-256\n", "", ""),
            message("OPTIONS sip:bob@192.0.2.2 SIP/2.0", "Accept: application/sdp, text/*;q=0.5\nAccept-Language: en\n", "", ""),
            message("SUBSCRIBE sip:bob@192.0.2.2 SIP/2.0", "Event: presence;id=1\nExpires: 600\nAccept: application/pidf+xml\n", "", ""),
            message("NOTIFY sip:bob@192.0.2.2 SIP/2.0", "Event: presence\nSubscription-State: active;expires=600\n",
                "application/pidf+xml", PIDF),
            message("NOTIFY sip:bob@192.0.2.2 SIP/2.0", "Event: dialog;id=7\n"
                + "Subscription-State: terminated;reason=noresource;retry-after=9\n"
                + "To: <sip:bob@192.0.2.2>;tag=t\n", "application/dialog-info+xml", DIALOG_INFO),
            message("NOTIFY sip:bob@192.0.2.2 SIP/2.0", "Event: message-summary\nSubscription-State: active\n",
                "application/simple-message-summary", "Messages-Waiting: yes\nMessage-Account: sip:a@b\nVoice-Message: 4/8 (1/2)\n"),
            message("NOTIFY sip:bob@192.0.2.2 SIP/2.0", "Event: reg\nSubscription-State: active\n", "application/reginfo+xml", REG_INFO),
            message("NOTIFY sip:bob@192.0.2.2 SIP/2.0", "Event: presence.winfo\nSubscription-State: active\n",
                "application/watcherinfo+xml", WATCHER_INFO),
            message("NOTIFY sip:bob@192.0.2.2 SIP/2.0", "Event: refer\nSubscription-State: active;expires=60\n",
                "message/sipfrag;version=2.0", "SIP/2.0 180 Ringing\n"),
            message("REFER sip:bob@192.0.2.2 SIP/2.0", "Refer-To: \"x\" <sip:c@d?Replaces=1%40x%3Bto-tag%3D2%3Bfrom-tag%3D3>\n"
                + "Referred-By: <sip:r@example.com>\nRefer-Sub: false\nSupported: norefersub\n", "", ""),
            message("MESSAGE sip:bob@192.0.2.2 SIP/2.0", "Subject: hi\nDate: Sat, 13 Nov 2010 23:29:00 GMT\n",
                "text/plain;charset=ISO-8859-1", "hello\n"),
            message("MESSAGE sip:bob@192.0.2.2 SIP/2.0", "", "message/cpim", CPIM),
            message("MESSAGE sip:bob@192.0.2.2 SIP/2.0", "", "application/im-iscomposing+xml", COMPOSING),
            message("MESSAGE sip:bob@192.0.2.2 SIP/2.0", "", "multipart/alternative; boundary=\"b\"", MULTIPART),
            message("INFO sip:bob@192.0.2.2 SIP/2.0", "Info-Package: dtmf\nTo: <sip:bob@192.0.2.2>;tag=t\n", "application/dtmf-relay",
                "Signal= 5\nDuration= 160\n"),
            message("PRACK sip:bob@192.0.2.2 SIP/2.0", "RAck: 776656 1 INVITE\nTo: <sip:bob@192.0.2.2>;tag=t\n", "", ""),
            message("UPDATE sip:bob@192.0.2.2 SIP/2.0", "To: <sip:bob@192.0.2.2>;tag=t\n", "application/sdp", SDP),
            message("PUBLISH sip:bob@192.0.2.2 SIP/2.0", "Event: presence\nSIP-If-Match: dx200xyz\nExpires: 60\n",
                "application/pidf+xml", PIDF),
            message("BYE sip:bob@192.0.2.2 SIP/2.0", "To: <sip:bob@192.0.2.2>;tag=t\nReason: SIP;cause=200;text=\"x\"\n", "", ""),
            message("CANCEL sip:bob@192.0.2.2 SIP/2.0", "", "", ""),
            message("ACK sip:bob@192.0.2.2 SIP/2.0", "To: <sip:bob@192.0.2.2>;tag=t\n", "", ""),
            message("SIP/2.0 200 OK", "CSeq: 7 REGISTER\nService-Route: <sip:s1;lr>, <sip:s2;lr>\nFlow-Timer: 120\nMin-Expires: 60\n"
                + "P-Associated-URI: <sip:a@b>\nAuthentication-Info: nextnonce=\"x\", rspauth=\"0\", qop=auth, nc=00000001, cnonce=\"c\"\n",
                "", ""),
            message("SIP/2.0 401 Unauthorized", "CSeq: 7 REGISTER\n"
                + "WWW-Authenticate: Digest realm=\"a,b\", nonce=\"c\", qop=\"auth,auth-int\","
                + " algorithm=SHA-256, stale=true, opaque=\"o\", Digest realm=\"a\", nonce=\"d\"\nWarning: 399 x \"y\"\n", "", ""),
            message("SIP/2.0 183 Session Progress", "CSeq: 1 INVITE\nRSeq: 813520\nRequire: 100rel\nTo: <sip:bob@192.0.2.2>;tag=t\n"
                + "P-Early-Media: sendrecv\n", "application/sdp", SDP),
            message("SIP/2.0 503 Service Unavailable", "CSeq: 1 INVITE\nRetry-After: 18 (in, a while);duration=3\n", "", ""));
    }
}
