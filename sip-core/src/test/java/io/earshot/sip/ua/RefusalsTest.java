package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What comes in and is not a call: refused, answered or dropped as RFC 3261 §8.2 says. */
@Tag("rfc3261")
class RefusalsTest {
    private final Lan lan = new Lan(5);
    private final Phone bob = lan.phone("bob", "10.0.0.2", EngineConfig.builder().maxSessions(2).build());
    private final Script peer = lan.script("peer", "10.0.0.3");
    private final Talk talk = new Talk(peer, bob);

    @AfterEach
    void nothingIsLeft() {
        bob.engine.shutdown(lan.now);
        lan.runFor(200 * SECOND);
        assertTrue(bob.engine.isIdle());
    }

    private int status(String method, String toTag, String headers, String body) {
        talk.send(method, 1, toTag, headers, body);
        lan.runFor(SECOND / 2);
        return peer.lastResponse().status();
    }

    @Test
    void knownMethodsThatAreNotSupportedGet405WithAllow() {
        for (String method : List.of("PUBLISH", "PRACK", "REGISTER")) {
            assertEquals(405, status(method, "", "", ""), method);
            assertEquals("INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, NOTIFY, SUBSCRIBE, REFER, MESSAGE, INFO", talk.header("Allow"));
        }
    }

    @Test
    void unknownMethodsGet501() {
        assertEquals(501, status("FLY", "", "", ""));
        assertTrue(peer.lastResponse().to().tag().isPresent());
    }

    @Test
    void requestsForNoDialogGet481AndAcksNothing() {
        assertEquals(481, status("BYE", "", "", ""));
        assertEquals(481, status("BYE", "gone", "", ""));
        int before = peer.received.size();
        talk.send("ACK", 1, "gone", "", "");
        lan.runFor(SECOND);
        assertEquals(0, peer.received.size() - before);
        assertEquals(481, status("INVITE", "gone", Talk.SDP_TYPE, Talk.SDP));
    }

    @Test
    void extensionsThatAreRequiredAndUnknownGet420() {
        assertEquals(420, status("INVITE", "", "Require: strange, stranger, replaces\n" + Talk.SDP_TYPE, Talk.SDP));
        assertEquals("strange, stranger", talk.header("Unsupported"));
    }

    @Test
    void bodiesThatCannotBeReadGet415() {
        assertEquals(415, status("INVITE", "", "Content-Type: text/plain\n", "hello"));
        assertEquals("application/sdp, multipart/mixed, multipart/alternative", talk.header("Accept"));
        Talk packed = new Talk(lan.script("packed", "10.0.0.4"), bob);
        packed.send("INVITE", 1, "", "Content-Encoding: gzip\n" + Talk.SDP_TYPE, "zzz");
        lan.runFor(SECOND / 10);
        assertEquals(415, packed.from().lastResponse().status());
        assertEquals("identity", packed.header("Accept-Encoding"));
    }

    @Test
    void aBrokenSessionDescriptionGets400() {
        assertEquals(400, status("INVITE", "", Talk.SDP_TYPE, "not sdp at all"));
    }

    @Test
    void optionsTellWhatWeCanDo() {
        assertEquals(200, status("OPTIONS", "", "", ""));
        assertEquals("INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, NOTIFY, SUBSCRIBE, REFER, MESSAGE, INFO", talk.header("Allow"));
        assertEquals("application/sdp, text/plain, text/html, text/*, message/cpim, message/imdn+xml, application/im-iscomposing+xml, "
            + "multipart/mixed, multipart/alternative", talk.header("Accept"));
        assertTrue(peer.lastResponse().has(io.earshot.sip.message.HeaderName.SUPPORTED));
    }

    @Test
    void tooManyCallsGet503() {
        new Talk(lan.script("a", "10.0.1.1"), bob).invite(1);
        new Talk(lan.script("b", "10.0.1.2"), bob).invite(1);
        lan.runFor(SECOND / 10);
        assertEquals(503, status("INVITE", "", Talk.SDP_TYPE, Talk.SDP));
        assertEquals("10", talk.header("Retry-After"));
    }

    @Test
    void theSameInviteByAnotherPathGets482() {
        talk.invite(1);
        lan.runFor(SECOND / 10);
        status("INVITE", "", Talk.SDP_TYPE, Talk.SDP);
        assertTrue(peer.statuses().contains(482), peer.statuses().toString());
        assertEquals(1, bob.all(SipEvent.IncomingCall.class).size());
    }

    @Test
    void garbageIsCountedAndToldOfOnce() {
        for (int i = 0; i < 100; i++) {
            peer.send(bob.address, "\u0001\u0002 garbage\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        lan.runFor(SECOND);
        assertEquals(1, bob.all(SipEvent.Dropped.class).size());
        peer.send(bob.address, "\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        lan.runFor(100 * SECOND);
        peer.send(bob.address, "\u0001\u0002 garbage\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        lan.runFor(SECOND);
        assertEquals(101, bob.last(SipEvent.Dropped.class).total());
    }

    @Test
    void malformedRequestsAreAnswered() {
        peer.sendText(bob.address, talk.text("INVITE", 1, "", "", "").replace("CSeq: 1 INVITE", "CSeq: 1 BYE"));
        lan.runFor(SECOND);
        assertEquals(400, peer.lastResponse().status());
        assertTrue(bob.all(SipEvent.IncomingCall.class).isEmpty());
    }

    @Test
    void anInviteWithoutContactIsRefused() {
        peer.sendText(bob.address, talk.text("INVITE", 1, "", Talk.SDP_TYPE, Talk.SDP).replace("Contact: <sip:peer@10.0.0.3:5060>\n", ""));
        lan.runFor(SECOND);
        assertEquals(400, peer.lastResponse().status());
    }

    @Test
    void aByeBeforeTheAnswerEndsTheCall() {
        talk.invite(1);
        lan.runFor(SECOND / 10);
        bob.engine.ring(bob.incoming(), 180, Optional.empty(), lan.now);
        lan.runFor(SECOND / 10);
        talk.send("BYE", 2, talk.tag(), "", "");
        lan.runFor(SECOND);
        assertTrue(peer.statuses().containsAll(List.of(200, 487)), peer.statuses().toString());
        assertEquals(new EndCause.Cancelled(EndCause.Side.REMOTE, Optional.empty()), bob.ended());
    }

    @Test
    void theReasonOfACancelIsTold() {
        talk.invite(1);
        lan.runFor(SECOND / 2);
        String invite = new String(peer.received.get(0).toBytes(), StandardCharsets.UTF_8);
        String via = invite.substring(invite.indexOf("branch=") + 7).split("[;\r]")[0];
        peer.sendText(bob.address, talk.text("CANCEL", 1, "", "Reason: SIP;cause=200;text=\"Call completed elsewhere\"\n", "")
            .replace("BRANCH", via));
        lan.runFor(SECOND);
        assertEquals("The caller cancelled the call (SIP;cause=200;text=\"Call completed elsewhere\")", bob.ended().sentence());
    }

    @Test
    void callsAreMatchedToAccountsByContactOrAddress() {
        AccountId other = bob.engine.addAccount(AccountSettings.builder(io.earshot.sip.message.Uri.parse("sip:robert@example.net"))
            .build(), lan.now);
        talk.invite(1);
        lan.runFor(SECOND / 10);
        assertEquals(Optional.of(bob.account), bob.last(SipEvent.IncomingCall.class).account());
        bob.engine.hangup(bob.incoming(), lan.now);
        peer.sendText(bob.address, talk.text("INVITE", 7, "", Talk.SDP_TYPE, Talk.SDP)
            .replace("sip:bob@10.0.0.2>", "sip:robert@example.net>")
            .replace("Call-ID: call", "Call-ID: other"));
        lan.runFor(SECOND / 10);
        assertEquals(Optional.of(other), bob.last(SipEvent.IncomingCall.class).account());
        bob.engine.hangup(bob.incoming(), lan.now);
        peer.sendText(bob.address, talk.text("INVITE", 8, "", Talk.SDP_TYPE, Talk.SDP).replace("sip:bob@", "sip:nobody@")
            .replace("Call-ID: call", "Call-ID: third"));
        lan.runFor(SECOND / 10);
        assertEquals(Optional.empty(), bob.last(SipEvent.IncomingCall.class).account());
    }
}
