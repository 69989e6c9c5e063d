package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.sdp.SdpWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One INVITE that rings at several phones behind a proxy, played by a script. */
@Tag("rfc3261")
class ForkingTest {
    private final Lan lan = new Lan(3);
    private final Phone alice = lan.phone("alice", "10.0.0.1");
    private final Script proxy = lan.script("proxy", "10.0.0.50");
    private SessionId call;

    @BeforeEach
    void call() {
        proxy.onRequest = request -> {
            if (request.method().equals(SipMethod.BYE)) {
                proxy.send(proxy.reply(request, 200, "").build());
            }
        };
        call = alice.call(proxy);
        lan.runFor(SECOND / 10);
    }

    @AfterEach
    void nothingIsLeft() {
        alice.engine.hangup(call, lan.now);
        lan.runFor(200 * SECOND);
        assertTrue(alice.engine.isIdle());
    }

    private Request invite() {
        return proxy.requests(SipMethod.INVITE).get(0);
    }

    private Response answer(int status, String tag) {
        return proxy.reply(invite(), status, tag).body(MediaType.APPLICATION_SDP, SdpWriter.write(Phone.sdp("sdp-" + tag))).build();
    }

    @Test
    void eachForkHasItsOwnEarlyMediaAndTheFirstAnswerWins() {
        proxy.send(answer(183, "one"));
        proxy.send(answer(183, "two"));
        lan.runFor(SECOND);
        assertEquals(List.of("one sdp-one", "two sdp-two"), alice.all(SipEvent.Progress.class).stream()
            .map(progress -> progress.forkTag() + " " + Phone.mark(progress.earlySdp().orElseThrow())).toList());
        proxy.send(answer(200, "two"));
        proxy.send(answer(200, "one"));
        lan.runFor(SECOND);
        assertEquals("two", alice.last(SipEvent.Answered.class).forkTag());
        assertEquals(List.of("two", "one"), proxy.requests(SipMethod.ACK).stream().map(ack -> ack.to().tag().orElseThrow()).toList());
        assertEquals(List.of("one"), proxy.requests(SipMethod.BYE).stream().map(bye -> bye.to().tag().orElseThrow()).toList());
        assertTrue(alice.all(SipEvent.Ended.class).isEmpty());
    }

    @Test
    @Tag("rfc6228")
    void aForkThatIsOverIsToldAndItsAnswerIsHungUpOnOnlyIfAnotherWins() {
        proxy.send(answer(183, "one"));
        proxy.send(answer(183, "two"));
        proxy.send(proxy.reply(invite(), 199, "one").build());
        lan.runFor(SECOND);
        assertEquals(new SipEvent.ForkEnded(call, "one"), alice.last(SipEvent.ForkEnded.class));
        assertEquals(2, alice.all(SipEvent.Progress.class).size(), "199 is no ringing");
        proxy.send(answer(200, "two"));
        lan.runFor(SECOND);
        assertEquals("two", alice.last(SipEvent.Answered.class).forkTag());
        assertTrue(proxy.requests(SipMethod.BYE).isEmpty());
    }

    @Test
    void everyRepeated2xxOfEveryForkGetsTheSameAckAgain() {
        proxy.send(answer(200, "one"));
        proxy.send(answer(200, "two"));
        lan.runFor(SECOND);
        for (int i = 0; i < 3; i++) {
            proxy.send(answer(200, "one"));
            proxy.send(answer(200, "two"));
            lan.runFor(SECOND);
        }
        List<Request> acks = proxy.requests(SipMethod.ACK);
        assertEquals(8, acks.size());
        assertEquals(2, acks.stream().map(ack -> ack.via().branch().orElseThrow()).distinct().count());
        assertEquals(1, proxy.requests(SipMethod.BYE).size());
    }

    @Test
    void anAnswerWithoutDescriptionTakesTheEarlyOneOfItsFork() {
        proxy.send(answer(183, "one"));
        proxy.send(proxy.reply(invite(), 200, "one").build());
        lan.runFor(SECOND);
        assertEquals("sdp-one", Phone.mark(alice.last(SipEvent.Answered.class).remote().orElseThrow()));
    }

    @Test
    void anAnswerWithoutAnyDescriptionIsAcknowledgedAndHungUp() {
        proxy.send(proxy.reply(invite(), 200, "one").build());
        lan.runFor(SECOND);
        assertInstanceOf(Failure.ProtocolError.class, alice.ended());
        assertEquals(1, proxy.requests(SipMethod.ACK).size());
        assertEquals(1, proxy.requests(SipMethod.BYE).size());
    }

    @Test
    void moreForksThanTwentyAreNotKept() {
        for (int i = 0; i < 50; i++) {
            proxy.send(answer(180, "fork" + i));
        }
        lan.runFor(SECOND);
        assertEquals(20, alice.all(SipEvent.Progress.class).size());
        proxy.send(answer(200, "fork49"));
        lan.runFor(SECOND);
        assertEquals("fork49", alice.last(SipEvent.Answered.class).forkTag());
    }

    @Test
    void anAnswerAfterHangingUpIsAcknowledgedAndHungUp() {
        proxy.send(answer(180, "one"));
        lan.runFor(SECOND);
        alice.engine.hangup(call, lan.now);
        lan.runFor(SECOND / 10);
        assertEquals(1, proxy.requests(SipMethod.CANCEL).size());
        proxy.send(proxy.reply(proxy.requests(SipMethod.CANCEL).get(0), 200, "one").build());
        proxy.send(answer(200, "one"));
        lan.runFor(SECOND);
        assertEquals(1, proxy.requests(SipMethod.ACK).size());
        assertEquals(1, proxy.requests(SipMethod.BYE).size());
        assertEquals(new EndCause.Cancelled(EndCause.Side.LOCAL, Optional.empty()), alice.ended());
    }

    @Test
    void anAnswerLongAfterTheTransactionIsStillHungUpOrIgnoredWithoutHarm() {
        proxy.send(answer(200, "one"));
        lan.runFor(100 * SECOND);
        proxy.send(answer(200, "late"));
        lan.runFor(SECOND);
        assertEquals(1, alice.all(SipEvent.Dropped.class).size());
    }

    @Test
    void aByeFromAForkWhoseAnswerWasLostEndsTheCall() {
        proxy.send(answer(180, "one"));
        lan.runFor(SECOND);
        Request invite = invite();
        proxy.sendText(alice.address, "BYE sip:alice@10.0.0.1:5060 SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.50:5060;branch=BRANCH\n"
            + "Max-Forwards: 70\nFrom: <sip:x@y>;tag=one\nTo: <sip:alice@y>;tag=" + invite.from().tag().orElseThrow()
            + "\nCall-ID: " + invite.callId() + "\nCSeq: 1 BYE\nContent-Length: 0\n\n");
        lan.runFor(SECOND);
        assertInstanceOf(EndCause.RemoteHangup.class, alice.ended());
        assertTrue(proxy.requests(SipMethod.CANCEL).size() > 0);
    }

    @Test
    void routesAreReversedAndRequestsGoThroughTheFirst() {
        lan.script("hop", "10.0.0.51");
        proxy.send(proxy.reply(invite(), 200, "one").add(io.earshot.sip.message.HeaderName.RECORD_ROUTE, "<sip:10.0.0.99;lr>")
            .add(io.earshot.sip.message.HeaderName.RECORD_ROUTE, "<sip:10.0.0.50;lr>")
            .body(MediaType.APPLICATION_SDP, SdpWriter.write(Phone.sdp("x"))).build());
        lan.runFor(SECOND);
        Request ack = proxy.requests(SipMethod.ACK).get(0);
        assertEquals(List.of("<sip:10.0.0.50;lr>", "<sip:10.0.0.99;lr>"), ack.routes().stream().map(Object::toString).toList());
        assertEquals(proxy.uri(), ack.requestUri());
    }
}
