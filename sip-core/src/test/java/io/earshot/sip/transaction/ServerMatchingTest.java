package io.earshot.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Uri;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 3261 §17.2.3: which requests belong to one transaction. */
@Tag("rfc2543")
@Tag("rfc3261")
class ServerMatchingTest {
    private static final String SENT_BY = "SIP/2.0/UDP 192.0.2.1:5060";
    private static final String BOB = "<sip:bob@example.net>";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        same branch and sent-by                   | UDP a:5060;branch=z9hG4bK-7 | UDP a:5060;branch=z9hG4bK-7  | true
        branch and host in another case           | UDP a;branch=z9hG4bK-ab     | UDP A;branch=Z9hG4bK-AB      | true
        same branch by another transport          | UDP a;branch=z9hG4bK-7      | TCP a;branch=z9hG4bK-7       | true
        other parameters do not count             | UDP a;branch=z9hG4bK-7      | UDP a;branch=z9hG4bK-7;rport | true
        another branch                            | UDP a;branch=z9hG4bK-7      | UDP a;branch=z9hG4bK-8       | false
        another host                              | UDP a;branch=z9hG4bK-7      | UDP b;branch=z9hG4bK-7       | false
        another port                              | UDP a:5061;branch=z9hG4bK-7 | UDP a:5062;branch=z9hG4bK-7  | false
        RFC 2543 without a branch                 | UDP a                       | UDP a                        | true
        RFC 2543 with the same branch             | UDP a;branch=7              | UDP a;branch=7               | true
        RFC 2543 with another branch              | UDP a;branch=7              | UDP a;branch=8               | false
        RFC 2543 from another host                | UDP a                       | UDP b                        | false
        RFC 2543 by another transport             | UDP a                       | TCP a                        | false
        the cookie alone is RFC 2543              | UDP a;branch=z9hG4bK        | UDP a;branch=z9hG4bK         | true
        """)
    void viaDecides(String name, String first, String second, boolean same) {
        assertEquals(same, match(via(first), via(second)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nothing       | sip:bob@example.net | a1 | ''  | c1 | 7 | true
        Request-URI   | sip:bob@example.org | a1 | ''  | c1 | 7 | false
        From tag      | sip:bob@example.net | a2 | ''  | c1 | 7 | false
        To tag        | sip:bob@example.net | a1 | b1  | c1 | 7 | false
        Call-ID       | sip:bob@example.net | a1 | ''  | c2 | 7 | false
        CSeq          | sip:bob@example.net | a1 | ''  | c1 | 8 | false
        """)
    void forRfc2543PeersEverythingElseDecidesToo(String differs, String uri, String from, String to, String callId, int cseq,
            boolean same) {
        assertEquals(same, match(build("", "sip:bob@example.net", "a1", "", "c1", 7), build("", uri, from, to, callId, cseq)));
        assertEquals(true, match(build(";branch=z9hG4bK-7", "sip:bob@example.net", "a1", "", "c1", 7),
            build(";branch=z9hG4bK-7", uri, from, to, callId, cseq)), "with a proper branch nothing else counts");
    }

    @Test
    void theMethodDecides() {
        assertEquals(false, match(Messages.request("OPTIONS"), Messages.request("INFO")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        RFC 3261, tag of the response     | ;branch=z9hG4bK-7 | ;branch=z9hG4bK-7 | ;tag=b1 | true
        RFC 3261, branch is all           | ;branch=z9hG4bK-7 | ;branch=z9hG4bK-7 | ;tag=b2 | true
        RFC 3261, another branch          | ;branch=z9hG4bK-7 | ;branch=z9hG4bK-8 | ;tag=b1 | false
        RFC 2543, tag of the response     | ''                | ''                | ;tag=b1 | true
        RFC 2543, tag of someone else     | ''                | ''                | ;tag=b2 | false
        RFC 2543, no tag                  | ''                | ''                | ''      | false
        """)
    void theAckOfARejectionFindsItsInvite(String name, String inviteBranch, String ackBranch, String ackTag, boolean found) {
        LayerScript script = new LayerScript().receive(0, Messages.request("INVITE", SENT_BY + inviteBranch, BOB, 7, ""));
        script.respond(0, 1, 486).receive(0.5, Messages.request("ACK", SENT_BY + ackBranch, BOB + ackTag, 7, ""));
        assertEquals(found ? "0<INVITE#1 0>486" : "0<INVITE#1 0>486 0.5<ACK", script.text());
    }

    @Test
    void theAckOfARejectedReInviteFromAnRfc2543PeerFindsIt() {
        LayerScript script = new LayerScript().receive(0, Messages.request("INVITE", SENT_BY, BOB + ";tag=b9", 7, ""));
        script.respond(0, 1, 488).receive(0.5, Messages.request("ACK", SENT_BY, BOB + ";tag=b9", 7, ""));
        assertEquals("0<INVITE#1 0>488 10.5.#1", script.runTo(100).text());
    }

    @Test
    void anAckOfA2xxGoesUpWhateverItsBranch() {
        LayerScript script = new LayerScript().receive(0, Messages.request("INVITE")).respond(0, 1, 200)
            .receive(1, Messages.request("ACK", SENT_BY + ";branch=z9hG4bK-2", BOB + ";tag=b1", 7, ""))
            .receive(2, Messages.request("ACK", Messages.VIA, BOB + ";tag=b1", 7, ""));
        assertEquals("0<INVITE#1 0>200 1<ACK 2<ACK 64.#1", script.runTo(100).text());
    }

    private static Request via(String value) {
        return Messages.request("OPTIONS", "SIP/2.0/" + value, "");
    }

    private static boolean match(Request first, Request second) {
        LayerScript script = new LayerScript(TransactionLimits.DEFAULT.withoutMergeDetection()).receive(0, first).receive(0, second);
        return script.layer.size() == 1;
    }

    private static Request build(String branch, String uri, String from, String to, String callId, int cseq) {
        return Messages.request("OPTIONS", SENT_BY + branch, "").toBuilder().requestUri(Uri.parse(uri))
            .set(HeaderName.FROM, "<sip:alice@example.com>;tag=" + from).set(HeaderName.TO, to.isEmpty() ? BOB : BOB + ";tag=" + to)
            .set(HeaderName.CALL_ID, callId).set(HeaderName.CSEQ, cseq + " OPTIONS").build();
    }
}
