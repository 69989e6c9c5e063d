package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.MILLISECOND;
import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Offers and answers in every order, while a call is set up and after (RFC 3264, RFC 3261 §13, §14). */
@Tag("rfc3261")
@Tag("rfc3264")
class OffersTest {
    private final Lan lan = new Lan(4);
    private final Phone alice = lan.phone("alice", "10.0.0.1").answering(10);
    private final Phone bob = lan.phone("bob", "10.0.0.2").answering(10);

    @AfterEach
    void nothingIsLeft() {
        alice.engine.shutdown(lan.now);
        bob.engine.shutdown(lan.now);
        lan.runFor(200 * SECOND);
        assertTrue(alice.engine.isIdle(), "alice is not idle");
        assertTrue(bob.engine.isIdle(), "bob is not idle");
    }

    private SessionId established() {
        SessionId call = alice.call(bob);
        lan.runFor(SECOND);
        lan.transcript.clear();
        return call;
    }

    @Test
    void anInviteWithoutOfferGetsOneAndAnswersItInTheAck() {
        alice.engine.invite(alice.account, InviteRequest.withoutOffer(bob.uri()), lan.now);
        lan.runFor(SECOND);
        assertEquals("""
            alice > bob INVITE
            bob ! IncomingCall
            bob > alice 180 INVITE
            alice ! Progress 180
            bob > alice 200 INVITE
            alice ! Answered
            alice ! OfferReceived answer-bob
            alice > bob ACK
            bob ! Confirmed
            bob ! AnswerReceived answer-alice
            """, lan.lines());
    }

    @Test
    void hangingUpInsteadOfAnsweringTheOfferSendsAckAndBye() {
        alice.onEvent = event -> { };
        SessionId call = alice.engine.invite(alice.account, InviteRequest.withoutOffer(bob.uri()), lan.now);
        lan.runFor(2 * SECOND);
        assertFalse(lan.lines().contains("ACK"));
        assertEquals(1, alice.all(SipEvent.OfferReceived.class).size(), "not again with each repetition");
        alice.engine.hangup(call, lan.now);
        lan.runFor(SECOND);
        assertTrue(lan.lines().contains("alice > bob ACK\nalice > bob BYE"), lan.lines());
    }

    @Test
    void aReInviteChangesTheSession() {
        SessionId call = established();
        assertTrue(alice.engine.reoffer(call, Phone.sdp("hold"), lan.now));
        lan.runFor(SECOND);
        assertEquals("""
            alice > bob INVITE
            bob ! OfferReceived hold
            bob > alice 200 INVITE
            alice ! AnswerReceived answer-bob
            alice > bob ACK
            """, lan.lines());
    }

    @Test
    void theCalleeMayReInviteToo() {
        established();
        assertTrue(bob.engine.reoffer(bob.incoming(), Phone.sdp("hold"), lan.now));
        lan.runFor(SECOND);
        assertEquals("hold", Phone.mark(alice.last(SipEvent.OfferReceived.class).offer()));
        assertEquals("answer-alice", Phone.mark(bob.last(SipEvent.AnswerReceived.class).answer()));
    }

    @Test
    void aReInviteWithoutOfferIsAnsweredInTheAck() {
        SessionId call = established();
        assertTrue(alice.engine.requestOffer(call, lan.now));
        lan.runFor(SECOND);
        assertEquals("""
            alice > bob INVITE
            bob ! OfferRequested
            bob > alice 200 INVITE
            alice ! OfferReceived offer-bob
            alice > bob ACK
            bob ! AnswerReceived answer-alice
            """, lan.lines());
    }

    @Test
    void aRefusedOfferLeavesTheCallUp() {
        SessionId call = established();
        bob.onEvent = event -> {
            if (event instanceof SipEvent.OfferReceived offer) {
                bob.engine.rejectOffer(offer.session(), 488, lan.now);
            }
        };
        alice.engine.reoffer(call, Phone.sdp("video"), lan.now);
        lan.runFor(SECOND);
        assertEquals(488, assertInstanceOf(Failure.Rejected.class, alice.last(SipEvent.OfferFailed.class).cause()).status());
        assertTrue(alice.all(SipEvent.Ended.class).isEmpty());
        bob.answering(0);
        alice.engine.reoffer(call, Phone.sdp("audio"), lan.now);
        lan.runFor(SECOND);
        assertEquals(1, alice.all(SipEvent.AnswerReceived.class).size());
    }

    @Test
    void glareIsResolvedByWaitingAndTryingAgain() {
        SessionId call = established();
        long start = lan.now;
        alice.engine.reoffer(call, Phone.sdp("from-alice"), lan.now);
        bob.engine.reoffer(bob.incoming(), Phone.sdp("from-bob"), lan.now);
        lan.runFor(SECOND / 20);
        assertTrue(lan.lines().contains("bob > alice 491 INVITE"), lan.lines());
        assertTrue(lan.lines().contains("alice > bob 491 INVITE"), lan.lines());
        lan.runFor(6 * SECOND);
        assertEquals("from-alice", Phone.mark(bob.last(SipEvent.OfferReceived.class).offer()));
        assertEquals("from-bob", Phone.mark(alice.last(SipEvent.OfferReceived.class).offer()));
        assertTrue(alice.all(SipEvent.OfferFailed.class).isEmpty());
        assertTrue(lan.now - start < 8 * SECOND);
    }

    @Test
    void ofOffersThatWaitTheLastOneGoesOut() {
        SessionId call = established();
        alice.engine.reoffer(call, Phone.sdp("first"), lan.now);
        alice.engine.reoffer(call, Phone.sdp("second"), lan.now);
        alice.engine.reoffer(call, Phone.sdp("third"), lan.now);
        lan.runFor(SECOND);
        assertEquals(java.util.List.of("first", "third"),
            bob.all(SipEvent.OfferReceived.class).stream().map(offer -> Phone.mark(offer.offer())).toList());
    }

    @Test
    void hangingUpDuringAReInviteEndsBothSides() {
        SessionId call = established();
        bob.onEvent = event -> { };
        alice.engine.reoffer(call, Phone.sdp("hold"), lan.now);
        lan.runFor(100 * MILLISECOND);
        alice.engine.hangup(call, lan.now);
        lan.runFor(SECOND);
        assertInstanceOf(EndCause.RemoteHangup.class, bob.ended());
        assertTrue(lan.lines().contains("bob > alice 487 INVITE"), lan.lines());
        assertFalse(bob.engine.acceptOffer(bob.incoming(), Phone.sdp("x"), lan.now));
    }

    @Test
    void theOneWhoIsAskedMayHangUpDuringAReInvite() {
        SessionId call = established();
        bob.onEvent = event -> { };
        alice.engine.reoffer(call, Phone.sdp("hold"), lan.now);
        lan.runFor(100 * MILLISECOND);
        bob.engine.hangup(bob.incoming(), lan.now);
        lan.runFor(SECOND);
        assertInstanceOf(EndCause.RemoteHangup.class, alice.ended());
        assertInstanceOf(EndCause.LocalHangup.class, bob.ended());
    }

    @Test
    void aReInviteIntoSilenceEndsTheCall() {
        SessionId call = established();
        lan.loss = 1;
        alice.engine.reoffer(call, Phone.sdp("hold"), lan.now);
        lan.runFor(33 * SECOND);
        assertInstanceOf(Failure.TimedOut.class, alice.ended());
        lan.loss = 0;
    }

    @Test
    void aReInviteMayMoveTheContact() {
        Script carol = lan.script("carol", "10.0.0.3");
        Talk talk = new Talk(carol, bob);
        talk.invite(1);
        lan.runFor(SECOND);
        String tag = talk.tag();
        talk.send("ACK", 1, tag, "", "");
        carol.sendText(bob.address, talk.text("INVITE", 2, tag, Talk.SDP_TYPE, Talk.SDP)
            .replace("Contact: <sip:carol@10.0.0.3:5060>", "Contact: <sip:moved@10.0.0.3:5060>"));
        lan.runFor(SECOND);
        talk.send("ACK", 2, tag, "", "");
        lan.runFor(SECOND);
        bob.engine.hangup(bob.incoming(), lan.now);
        lan.runFor(SECOND);
        Request bye = carol.requests(SipMethod.BYE).get(0);
        assertEquals("sip:moved@10.0.0.3:5060", bye.requestUri().toString());
    }

    @Test
    void overlappingAndLateRequestsAreRefused() {
        Script carol = lan.script("carol", "10.0.0.3");
        Talk talk = new Talk(carol, bob);
        talk.invite(5);
        lan.runFor(SECOND);
        String tag = talk.tag();
        talk.send("ACK", 5, tag, "", "");
        bob.onEvent = event -> { };
        talk.send("INVITE", 6, tag, Talk.SDP_TYPE, Talk.SDP);
        lan.runFor(SECOND);
        talk.send("INVITE", 7, tag, Talk.SDP_TYPE, Talk.SDP);
        lan.runFor(20 * MILLISECOND);
        assertEquals(500, carol.lastResponse().status());
        assertTrue(carol.lastResponse().seconds(HeaderName.RETRY_AFTER).orElseThrow() <= 10);
        talk.send("OPTIONS", 4, tag, "", "");
        lan.runFor(20 * MILLISECOND);
        assertEquals(500, carol.lastResponse().status());
        talk.send("OPTIONS", 8, tag, "", "");
        lan.runFor(20 * MILLISECOND);
        assertEquals(200, carol.lastResponse().status());
        talk.send("BYE", 9, tag, "Reason: Q.850;cause=16\n", "");
        lan.runFor(SECOND);
        assertEquals(new EndCause.RemoteHangup(java.util.Optional.of("Q.850;cause=16")), bob.ended());
    }

    @Test
    void aReInviteBeforeTheAckCountsAsTheAck() {
        Script carol = lan.script("carol", "10.0.0.3");
        Talk talk = new Talk(carol, bob);
        talk.invite(1);
        lan.runFor(100 * MILLISECOND);
        String tag = talk.tag();
        talk.send("INVITE", 2, tag, Talk.SDP_TYPE, Talk.SDP);
        lan.runFor(100 * MILLISECOND);
        assertEquals(1, bob.all(SipEvent.Confirmed.class).size());
        assertEquals(1, bob.all(SipEvent.OfferReceived.class).size());
        talk.send("ACK", 1, tag, "", "");
        talk.send("ACK", 2, tag, "", "");
        lan.runFor(SECOND);
        assertEquals(2, carol.statuses().stream().filter(status -> status == 200).count());
        talk.send("BYE", 3, tag, "", "");
        lan.runFor(SECOND);
    }
}
