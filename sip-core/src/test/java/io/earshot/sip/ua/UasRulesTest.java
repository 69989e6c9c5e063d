package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.MILLISECOND;
import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Uri;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that come twice, come back, or cross others; and refusals that mean more than they say (RFC 3261 §8.2.2.2, §9.2, §14.1). */
@Tag("rfc3261")
class UasRulesTest {
    private final Lan lan = new Lan(6);
    private final Phone alice = lan.phone("alice", "10.0.0.1");
    private final Phone bob = lan.phone("bob", "10.0.0.2");
    private final Script peer = lan.script("peer", "10.0.0.3");
    private final Talk talk = new Talk(peer, bob);

    @AfterEach
    void nothingIsLeft() {
        alice.engine.shutdown(lan.now);
        bob.engine.shutdown(lan.now);
        lan.runFor(200 * SECOND);
        assertTrue(alice.engine.isIdle(), "alice is not idle");
        assertTrue(bob.engine.isIdle(), "bob is not idle");
    }

    // ---- loops and copies

    /** Sends an INVITE back to where it came from, as a proxy does whose user has registered there. */
    private void bounce(Request invite, String target) {
        String text = new String(invite.toBytes(), StandardCharsets.UTF_8);
        String rest = text.substring(text.indexOf("\r\n") + 2);
        peer.send(alice.address, ("INVITE " + target + " SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.3:5060;branch=z9hG4bKbounced\r\n" + rest)
            .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aCallThatComesBackToTheAccountThatMadeItGets482() {
        SessionId call = alice.call(peer);
        lan.runFor(100 * MILLISECOND);
        Request invite = peer.requests(SipMethod.INVITE).get(0);
        bounce(invite, invite.contacts().get(0).uri().toString());
        lan.runFor(100 * MILLISECOND);
        assertEquals(482, peer.lastResponse().status());
        assertTrue(alice.all(SipEvent.IncomingCall.class).isEmpty());
        alice.engine.hangup(call, lan.now);
    }

    @Test
    void anotherAccountOfTheSamePhoneMayBeCalled() {
        alice.engine.addAccount(AccountSettings.builder(Uri.parse("sip:office@example.org")).build(), lan.now);
        SessionId call = alice.engine.invite(alice.account, InviteRequest.of(Uri.parse("sip:office@10.0.0.3"), Phone.sdp("o")), lan.now);
        lan.runFor(100 * MILLISECOND);
        bounce(peer.requests(SipMethod.INVITE).get(0), "sip:office@example.org");
        lan.runFor(100 * MILLISECOND);
        assertEquals(1, alice.all(SipEvent.IncomingCall.class).size());
        alice.engine.hangup(alice.incoming(), lan.now);
        alice.engine.hangup(call, lan.now);
    }

    @Test
    void aRetransmissionIsNoCopyByAnotherPath() {
        String invite = talk.text("INVITE", 1, "", Talk.SDP_TYPE, Talk.SDP).replace("BRANCH", "z9hG4bKonce");
        peer.sendText(bob.address, invite);
        lan.runFor(SECOND / 10);
        bob.engine.ring(bob.incoming(), 180, Optional.empty(), lan.now);
        lan.runFor(SECOND / 10);
        peer.sendText(bob.address, invite);
        lan.runFor(SECOND / 10);
        assertEquals(List.of(180, 180), peer.statuses().stream().filter(status -> status > 100).toList());
        assertEquals(1, bob.all(SipEvent.IncomingCall.class).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "OPTIONS"})
    void requestsThatMustNotBeForwardedAnyMoreAreTaken(String method) {
        String text = talk.text(method, 1, "", Talk.SDP_TYPE, Talk.SDP).replace("Max-Forwards: 70", "Max-Forwards: 0");
        peer.sendText(bob.address, text);
        lan.runFor(SECOND / 10);
        assertTrue(!peer.statuses().contains(483), peer.statuses().toString());
        assertEquals(method.equals("INVITE") ? 1 : 0, bob.all(SipEvent.IncomingCall.class).size());
        assertTrue(method.equals("INVITE") || peer.statuses().contains(200), peer.statuses().toString());
    }

    // ---- crossings

    /** Bob has answered; the ACK is not there yet. */
    private void answered() {
        talk.invite(1);
        lan.runFor(SECOND / 10);
        bob.engine.answer(bob.incoming(), Phone.sdp("answer"), lan.now);
        lan.runFor(SECOND / 10);
        assertEquals(200, peer.lastResponse().status());
    }

    @Test
    void aCancelAfterTheAnswerIsTooLate() {
        String invite = talk.text("INVITE", 1, "", Talk.SDP_TYPE, Talk.SDP).replace("BRANCH", "z9hG4bKlate");
        peer.sendText(bob.address, invite);
        lan.runFor(SECOND / 10);
        bob.engine.answer(bob.incoming(), Phone.sdp("answer"), lan.now);
        lan.runFor(SECOND / 10);
        String tag = talk.tag();
        peer.sendText(bob.address, talk.text("CANCEL", 1, "", "", "").replace("BRANCH", "z9hG4bKlate"));
        lan.runFor(SECOND / 10);
        assertEquals("200 CANCEL", peer.lastResponse().status() + " " + peer.lastResponse().cseq().method());
        talk.send("ACK", 1, tag, "", "");
        lan.runFor(SECOND);
        assertTrue(bob.all(SipEvent.Ended.class).isEmpty(), "the call goes on");
        assertEquals(1, bob.all(SipEvent.Confirmed.class).size());
    }

    @Test
    void aCancelOfNothingGets481() {
        talk.send("CANCEL", 1, "", "", "");
        lan.runFor(SECOND / 10);
        assertEquals(481, peer.lastResponse().status());
    }

    @Test
    void aByeMayComeBeforeTheAck() {
        answered();
        talk.send("BYE", 2, talk.tag(), "", "");
        lan.runFor(SECOND / 10);
        assertTrue(peer.received.stream().anyMatch(message -> message instanceof io.earshot.sip.message.Response response
            && response.status() == 200 && response.cseq().method().equals(SipMethod.BYE)), lan.lines());
        assertInstanceOf(EndCause.RemoteHangup.class, bob.ended());
    }

    @Test
    void bothMayHangUpAtOnce() {
        bob.answering(0);
        SessionId call = alice.call(bob);
        lan.runFor(SECOND);
        SessionId other = bob.incoming();
        alice.engine.hangup(call, lan.now);
        bob.engine.hangup(other, lan.now);
        lan.runFor(SECOND);
        assertInstanceOf(EndCause.LocalHangup.class, alice.ended());
        assertInstanceOf(EndCause.LocalHangup.class, bob.ended());
        assertEquals(1, lan.lines().split("alice > bob BYE", -1).length - 1, lan.lines());
        assertEquals(1, lan.lines().split("bob > alice BYE", -1).length - 1, lan.lines());
    }

    // ---- refusals of a re-INVITE

    /** Alice talks to the script, which answers re-INVITEs with this status, once. */
    private SessionId talkingTo(int status, String... headers) {
        int[] invites = {0};
        peer.onRequest = request -> {
            if (request.method().equals(SipMethod.INVITE)) {
                boolean refused = ++invites[0] == 2;
                var reply = peer.reply(request, refused ? status : 200, "s");
                for (int i = 0; refused && i < headers.length; i += 2) {
                    reply.set(HeaderName.of(headers[i]), headers[i + 1]);
                }
                peer.send((refused ? reply : Bodies.write(reply, Optional.of(Phone.sdp("peer")))).build());
            } else if (request.method().equals(SipMethod.BYE)) {
                peer.send(peer.reply(request, 200, "s").build());
            }
        };
        SessionId call = alice.call(peer);
        lan.runFor(SECOND / 10);
        assertEquals(1, alice.all(SipEvent.Answered.class).size());
        alice.engine.reoffer(call, Phone.sdp("again"), lan.now);
        lan.runFor(SECOND / 10);
        return call;
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 481})
    void aReInviteThatNobodyKnowsOrAnswersEndsTheCallWithBye(int status) {
        talkingTo(status);
        assertEquals(status, assertInstanceOf(Failure.Rejected.class, alice.ended()).status());
        assertEquals(1, peer.requests(SipMethod.BYE).size());
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 486, 500, 603})
    void otherRefusalsLeaveTheCallAsItWas(int status) {
        talkingTo(status);
        assertEquals(status, assertInstanceOf(Failure.Rejected.class, alice.last(SipEvent.OfferFailed.class).cause()).status());
        assertTrue(alice.all(SipEvent.Ended.class).isEmpty());
    }

    @Test
    void aReInviteThatIsPutOffIsMadeAgain() {
        talkingTo(500, "Retry-After", "2");
        assertEquals(2, peer.requests(SipMethod.INVITE).size());
        lan.runFor(3 * SECOND);
        assertEquals(3, peer.requests(SipMethod.INVITE).size());
        assertEquals(1, alice.all(SipEvent.AnswerReceived.class).size());
    }

    // ---- redirection of other kinds

    @ParameterizedTest
    @ValueSource(ints = {305, 380})
    void proxiesToUseAndOtherServicesAreToldAndNotFollowed(int status) {
        peer.onRequest = request -> {
            if (request.method().equals(SipMethod.INVITE)) {
                peer.send(peer.reply(request, status, "r").set(HeaderName.CONTACT, "<" + bob.uri() + ">").build());
            }
        };
        alice.call(peer);
        lan.runFor(SECOND);
        Failure.Redirected told = assertInstanceOf(Failure.Redirected.class, alice.ended());
        assertEquals(status + " " + List.of(bob.uri()), told.status() + " " + told.contacts().stream().map(NameAddr::uri).toList());
        assertTrue(bob.all(SipEvent.IncomingCall.class).isEmpty());
    }
}
