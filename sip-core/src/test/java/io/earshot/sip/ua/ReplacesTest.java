package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.MILLISECOND;
import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.dialog.DialogReference;
import io.earshot.sip.message.Request;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3891")
class ReplacesTest {
    private final Lan lan = new Lan(9);
    private final Phone alice = lan.phone("alice", "10.0.0.1");
    private final Phone bob = lan.phone("bob", "10.0.0.2").answering(10);
    private final Phone carol = lan.phone("carol", "10.0.0.3");

    private SessionId call(Phone to, String header, String value) {
        return carol.engine.invite(carol.account, new InviteRequest(to.uri(), Optional.of(Phone.sdp("carol")),
            List.of(ExtraHeader.of(header, value)), true), lan.now);
    }

    private int refusal() {
        return ((Failure.Rejected) carol.ended()).status();
    }

    private DialogReference established() {
        SessionId call = alice.call(bob);
        lan.runFor(SECOND);
        return alice.engine.transfers().reference(call).orElseThrow();
    }

    @Test
    void takesThePlaceOfAnAnsweredCall() {
        DialogReference reference = established();
        SessionId old = bob.incoming();
        call(bob, "Replaces", reference.toString());
        lan.runFor(SECOND);
        SessionId fresh = bob.incoming();
        assertEquals(new EndCause.Replaced(fresh), bob.ended());
        assertTrue(!old.equals(fresh));
        assertInstanceOf(EndCause.RemoteHangup.class, alice.ended());
        assertEquals(1, carol.all(SipEvent.Answered.class).size());
    }

    @Test
    void isAskedForBeforeItIsAnswered() {
        DialogReference reference = established();
        SessionId old = bob.incoming();
        bob.onEvent = event -> { };
        call(bob, "Replaces", reference.toString());
        lan.runFor(SECOND);
        assertEquals(Optional.of(old), bob.engine.transfers().replaced(bob.incoming()));
        assertEquals(Optional.empty(), bob.engine.transfers().joined(bob.incoming()));
        bob.engine.reject(bob.incoming(), 603, List.of(), lan.now);
        lan.runFor(SECOND);
        assertTrue(alice.all(SipEvent.Ended.class).isEmpty(), "a refused replacement changes nothing");
    }

    @Test
    void anUnknownDialogIsRefusedWith481AndAnEndedOneWith603() {
        DialogReference reference = established();
        call(bob, "Replaces", "nobody;to-tag=a;from-tag=b");
        lan.runFor(SECOND);
        assertEquals(481, refusal());
        carol.events.clear();
        bob.engine.hangup(bob.incoming(), lan.now);
        lan.runFor(SECOND);
        call(bob, "Replaces", reference.toString());
        lan.runFor(SECOND);
        assertEquals(603, refusal());
    }

    @Test
    void earlyOnlyDoesNotTakeAnAnsweredCall() {
        DialogReference reference = established();
        call(bob, "Replaces", reference.whileEarly().toString());
        lan.runFor(SECOND);
        assertEquals(486, refusal());
    }

    @Test
    void aCallThatRingsHereIsNotOursToHandOver() {
        bob.onEvent = event -> {
            if (event instanceof SipEvent.IncomingCall call) {
                bob.engine.ring(call.session(), 180, Optional.empty(), lan.now);
            }
        };
        alice.call(bob);
        lan.runFor(SECOND);
        Request invite = bob.last(SipEvent.IncomingCall.class).request();
        String toTag = alice.last(SipEvent.Progress.class).forkTag();
        call(bob, "Replaces", invite.callId() + ";to-tag=" + toTag + ";from-tag=" + invite.from().tag().orElseThrow());
        lan.runFor(SECOND);
        assertEquals(481, refusal());
    }

    @Test
    void picksUpACallThatRingsElsewhere() {
        bob.onEvent = event -> {
            if (event instanceof SipEvent.IncomingCall call) {
                bob.engine.ring(call.session(), 180, Optional.empty(), lan.now);
            }
        };
        alice.answering(10);
        alice.call(bob);
        lan.runFor(SECOND);
        Request invite = bob.last(SipEvent.IncomingCall.class).request();
        String tag = alice.last(SipEvent.Progress.class).forkTag();
        call(alice, "Replaces", new DialogReference(invite.callId(), invite.from().tag().orElseThrow(), tag, true).toString());
        lan.runFor(SECOND);
        assertInstanceOf(EndCause.Replaced.class, alice.ended());
        assertInstanceOf(EndCause.Cancelled.class, bob.ended());
        assertEquals(1, carol.all(SipEvent.Answered.class).size());
    }

    @Test
    void twoAtOnceAndNonsenseAreRefused() {
        DialogReference reference = established();
        carol.engine.invite(carol.account, new InviteRequest(bob.uri(), Optional.of(Phone.sdp("carol")),
            List.of(ExtraHeader.of("Replaces", reference.toString()), ExtraHeader.of("Join", reference.toString())), true), lan.now);
        lan.runFor(SECOND);
        assertEquals(400, refusal());
        carol.events.clear();
        call(bob, "Replaces", "no-tags");
        lan.runFor(SECOND);
        assertEquals(400, refusal());
    }

    @Test
    @Tag("rfc3911")
    void joiningLeavesTheOtherCallAlone() {
        DialogReference reference = established();
        SessionId old = bob.incoming();
        bob.onEvent = event -> { };
        call(bob, "Join", reference.toString());
        lan.runFor(SECOND);
        assertEquals(Optional.of(old), bob.engine.transfers().joined(bob.incoming()));
        bob.engine.answer(bob.incoming(), Phone.sdp("answer-bob"), lan.now);
        lan.runFor(500 * MILLISECOND);
        assertTrue(alice.all(SipEvent.Ended.class).isEmpty());
        assertEquals(1, carol.all(SipEvent.Answered.class).size());
    }

    @Test
    void theHeaderIsReadAsItIsWritten() {
        DialogReference reference = new DialogReference("a.b(c)@10.0.0.1", "t1", "t2", true);
        assertEquals(Optional.of(reference), DialogReference.parse(reference.toString()));
        assertEquals(Optional.of(new DialogReference("x", "1", "2", false)), DialogReference.parseTarget("x;local-tag=2;remote-tag=1"));
        assertEquals(Optional.empty(), DialogReference.parse("x;to-tag=1"));
        assertEquals(Optional.empty(), DialogReference.parse(";to-tag=1;from-tag=2"));
    }
}
