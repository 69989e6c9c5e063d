package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.MILLISECOND;
import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Uri;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3261")
class BasicCallTest {
    private final Lan lan = new Lan(1);
    private final Phone alice = lan.phone("alice", "10.0.0.1");
    private final Phone bob = lan.phone("bob", "10.0.0.2");

    /** Whatever a call went through, nothing of it is left a while later. */
    @AfterEach
    void nothingIsLeft() {
        lan.runFor(200 * SECOND);
        assertTrue(alice.engine.isIdle(), "alice is not idle");
        assertTrue(bob.engine.isIdle(), "bob is not idle");
    }

    @Test
    void ringsAnswersAndHangsUp() {
        bob.answering(1000);
        SessionId call = alice.call(bob);
        lan.runFor(3 * SECOND);
        alice.engine.hangup(call, lan.now);
        lan.runFor(SECOND);
        assertEquals("""
            alice > bob INVITE
            bob ! IncomingCall
            bob > alice 180 INVITE
            alice ! Progress 180
            bob > alice 200 INVITE
            alice ! Answered answer-bob
            alice > bob ACK
            bob ! Confirmed
            alice ! Ended LocalHangup
            alice > bob BYE
            bob ! Ended RemoteHangup
            bob > alice 200 BYE
            """, lan.lines());
    }

    @Test
    void theCalleeMayHangUpToo() {
        bob.answering(10);
        alice.call(bob);
        lan.runFor(SECOND);
        bob.engine.hangup(bob.incoming(), lan.now);
        lan.runFor(SECOND);
        assertInstanceOf(EndCause.RemoteHangup.class, alice.ended());
        assertInstanceOf(EndCause.LocalHangup.class, bob.ended());
    }

    @Test
    void earlyMediaIsAPreviewOfTheAnswer() {
        bob.onEvent = event -> {
            if (event instanceof SipEvent.IncomingCall call) {
                bob.engine.ring(call.session(), 183, Optional.of(Phone.sdp("early")), lan.now);
            }
        };
        SessionId call = alice.call(bob);
        lan.runFor(SECOND);
        assertEquals("early", Phone.mark(alice.last(SipEvent.Progress.class).earlySdp().orElseThrow()));
        alice.engine.hangup(call, lan.now);
    }

    @Test
    void cancelEndsARingingCall() {
        SessionId call = alice.call(bob);
        bob.onEvent = event -> {
            if (event instanceof SipEvent.IncomingCall in) {
                bob.engine.ring(in.session(), 180, Optional.empty(), lan.now);
            }
        };
        lan.runFor(SECOND);
        lan.transcript.clear();
        assertTrue(alice.engine.hangup(call, lan.now));
        assertFalse(alice.engine.hangup(call, lan.now), "only once");
        lan.runFor(SECOND);
        assertEquals("""
            alice ! Ended Cancelled
            alice > bob CANCEL
            bob > alice 200 CANCEL
            bob ! Ended Cancelled
            bob > alice 487 INVITE
            alice > bob ACK
            """, lan.lines());
    }

    @Test
    void cancelBeforeAnyResponseWaitsForTheFirstOne() {
        SessionId call = alice.call(bob);
        alice.engine.hangup(call, lan.now);
        lan.runFor(50 * MILLISECOND);
        assertFalse(lan.lines().contains("CANCEL"));
        lan.runFor(SECOND);
        assertTrue(lan.lines().contains("alice > bob CANCEL"), lan.lines());
        assertEquals(new EndCause.Cancelled(EndCause.Side.LOCAL, Optional.empty()), alice.ended());
        assertEquals(new EndCause.Cancelled(EndCause.Side.REMOTE, Optional.empty()), bob.ended());
    }

    @Test
    void aCancelThatCrossesTheAnswerEndsInAckAndBye() {
        SessionId call = alice.call(bob);
        bob.onEvent = event -> {
            if (event instanceof SipEvent.IncomingCall in) {
                bob.engine.ring(in.session(), 180, Optional.empty(), lan.now);
            }
        };
        lan.runFor(SECOND);
        bob.engine.answer(bob.incoming(), Phone.sdp("answer"), lan.now);
        alice.engine.hangup(call, lan.now);
        lan.runFor(SECOND);
        assertTrue(lan.lines().contains("alice > bob ACK\n"), lan.lines());
        assertTrue(lan.lines().contains("alice > bob BYE\n"), lan.lines());
        assertInstanceOf(EndCause.Cancelled.class, alice.ended());
        assertInstanceOf(EndCause.RemoteHangup.class, bob.ended());
    }

    @Test
    void aRefusedCallEndsWithStatusAndReason() {
        bob.onEvent = event -> {
            if (event instanceof SipEvent.IncomingCall in) {
                bob.engine.reject(in.session(), 486, List.of(ExtraHeader.of("Retry-After", "30")), lan.now);
            }
        };
        alice.call(bob);
        lan.runFor(SECOND);
        Failure.Rejected cause = assertInstanceOf(Failure.Rejected.class, alice.ended());
        assertEquals(486, cause.status());
        assertEquals("Busy Here", cause.reasonPhrase());
        assertEquals(30, cause.retryAfter().orElseThrow());
        assertEquals(new EndCause.Declined(486), bob.ended());
    }

    @Test
    void hangingUpAnUnansweredIncomingCallAnswers480() {
        alice.call(bob);
        lan.runFor(SECOND);
        bob.engine.hangup(bob.incoming(), lan.now);
        lan.runFor(SECOND);
        assertEquals(480, assertInstanceOf(Failure.Rejected.class, alice.ended()).status());
    }

    @Test
    void silenceEndsTheCallAfter32Seconds() {
        Script dead = lan.script("dead", "10.0.0.3");
        alice.call(dead);
        lan.runFor(31_900 * MILLISECOND);
        assertTrue(alice.all(SipEvent.Ended.class).isEmpty());
        lan.runFor(200 * MILLISECOND);
        Failure.TimedOut cause = assertInstanceOf(Failure.TimedOut.class, alice.ended());
        assertEquals("No answer from 10.0.0.3:5060 within 32 s", cause.sentence());
        assertEquals(7, dead.received.size());
    }

    @Test
    void aClosedPortEndsTheCallAtOnce() {
        SessionId call = alice.engine.invite(alice.account, InviteRequest.of(Uri.parse("sip:x@10.0.0.77"),
            Phone.sdp("o")), lan.now);
        lan.runFor(SECOND);
        assertEquals("Cannot send to 10.0.0.77:5060: connection refused",
            assertInstanceOf(Failure.TransportFailed.class, alice.ended()).sentence());
        assertFalse(alice.engine.hangup(call, lan.now));
    }

    @Test
    void theAnswerIsRepeatedUntilItsAckComesAndAcknowledgedEachTime() {
        bob.answering(10);
        SessionId call = alice.call(bob);
        lan.runFor(12 * MILLISECOND);
        lan.loss = 1;
        lan.runFor(3 * SECOND);
        lan.loss = 0;
        lan.runFor(5 * SECOND);
        assertEquals(1, bob.all(SipEvent.Confirmed.class).size());
        assertEquals(1, alice.all(SipEvent.Answered.class).size());
        alice.engine.hangup(call, lan.now);
    }

    @Test
    void anAnswerThatIsNeverAcknowledgedEndsTheCallWithBye() {
        Script mute = lan.script("mute", "10.0.0.3");
        bob.answering(10);
        new Talk(mute, bob).invite(1);
        lan.runFor(40 * SECOND);
        assertEquals(11, mute.statuses().stream().filter(status -> status == 200).count());
        assertEquals(1, mute.requests(SipMethod.BYE).stream().map(bye -> bye.via().branch()).distinct().count());
        assertInstanceOf(Failure.TimedOut.class, bob.ended());
    }

    @Test
    void hangingUpBeforeTheAckWaitsForItWithTheBye() {
        Script slow = lan.script("slow", "10.0.0.3");
        slow.onRequest = request -> slow.send(slow.reply(request, 200, "").build());
        Talk talk = new Talk(slow, bob);
        bob.answering(10);
        talk.invite(1);
        lan.runFor(100 * MILLISECOND);
        assertTrue(bob.engine.hangup(bob.incoming(), lan.now));
        lan.runFor(2 * SECOND);
        assertInstanceOf(EndCause.LocalHangup.class, bob.ended());
        assertEquals(List.of(), slow.requests(SipMethod.BYE));
        assertEquals(3, slow.statuses().stream().filter(status -> status == 200).count(), "the answer is still repeated");
        talk.send("ACK", 1, talk.tag(), "", "");
        lan.runFor(SECOND);
        assertEquals(1, slow.requests(SipMethod.BYE).size());
    }

    @Test
    void hangingUpWithoutEverAnAckSendsByeAfter32Seconds() {
        Script mute = lan.script("mute", "10.0.0.3");
        bob.answering(10);
        new Talk(mute, bob).invite(1);
        lan.runFor(100 * MILLISECOND);
        bob.engine.hangup(bob.incoming(), lan.now);
        lan.runFor(31 * SECOND);
        assertEquals(List.of(), mute.requests(SipMethod.BYE));
        lan.runFor(2 * SECOND);
        assertFalse(mute.requests(SipMethod.BYE).isEmpty());
    }
}
