package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.MILLISECOND;
import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Reliability;
import io.earshot.api.SessionTimers;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.sdp.SdpWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Provisional responses that are acknowledged: 100rel and PRACK, on both sides. */
@Tag("rfc3262")
class ReliableRingingTest {
    static final EngineConfig RELIABLE = config(Reliability.SUPPORTED);
    private static final String ABLE = "Supported: 100rel\nAllow: INVITE, ACK, BYE, PRACK, UPDATE\n";

    private final Lan lan = new Lan(11);
    private final Phone alice = lan.phone("alice", "10.0.0.1", RELIABLE);
    private final Phone bob = lan.phone("bob", "10.0.0.2", RELIABLE);
    private final Script peer = lan.script("peer", "10.0.0.50");
    private final Talk talk = new Talk(peer, bob);

    static EngineConfig config(Reliability reliability) {
        return EngineConfig.builder().calls(new CallPolicy(reliability, SessionTimers.OFF)).build();
    }

    @AfterEach
    void nothingIsLeft() {
        alice.engine.shutdown(lan.now);
        bob.engine.shutdown(lan.now);
        lan.runFor(200 * SECOND);
        assertTrue(alice.engine.isIdle(), "alice is not idle");
        assertTrue(bob.engine.isIdle(), "bob is not idle");
    }

    private void ringing(String headers) {
        talk.send("INVITE", 1, "", headers + Talk.SDP_TYPE, Talk.SDP);
        lan.runFor(SECOND / 10);
    }

    private void prack(int cseq, String rack) {
        talk.send("PRACK", cseq, talk.tag(), "RAck: " + rack + "\n", "");
        lan.runFor(SECOND / 10);
    }

    @Test
    void twoPhonesAcknowledgeTheRinging() {
        bob.answering(1000);
        alice.call(bob);
        lan.runFor(2 * SECOND);
        assertEquals("""
            alice > bob INVITE
            bob ! IncomingCall
            bob > alice 180 INVITE
            alice ! Progress 180
            alice > bob PRACK
            bob > alice 200 PRACK
            bob > alice 200 INVITE
            alice ! Answered answer-bob
            alice > bob ACK
            bob ! Confirmed
            """, lan.lines());
    }

    @Test
    void ringingIsRepeatedWithDoublingPausesUntilItsPrack() {
        ringing(ABLE);
        bob.engine.ring(bob.incoming(), 180, Optional.empty(), lan.now);
        lan.runFor(4 * SECOND);
        assertEquals(List.of(180, 180, 180, 180), peer.statuses(), "at 0, 0.5, 1.5, 3.5 s");
        assertEquals("100rel", talk.header("Require"));
        String sequence = talk.header("RSeq");
        prack(2, sequence + " 1 INVITE");
        assertEquals(200, peer.lastResponse().status());
        int before = peer.received.size();
        lan.runFor(60 * SECOND);
        assertEquals(before, peer.received.size());
        prack(3, sequence + " 1 INVITE");
        assertEquals(481, peer.lastResponse().status(), "nothing is left to acknowledge");
    }

    @Test
    void aPrackForAnotherResponseGets481() {
        ringing(ABLE);
        bob.engine.ring(bob.incoming(), 180, Optional.empty(), lan.now);
        lan.runFor(SECOND / 10);
        long sequence = Long.parseLong(talk.header("RSeq"));
        prack(2, sequence + 1 + " 1 INVITE");
        assertEquals(481, peer.lastResponse().status());
        prack(3, sequence + " 7 INVITE");
        assertEquals(481, peer.lastResponse().status());
    }

    @Test
    void withoutPrackTheCallIsRefusedWith504After64T1() {
        ringing(ABLE);
        bob.engine.ring(bob.incoming(), 180, Optional.empty(), lan.now);
        lan.runFor(31 * SECOND);
        assertTrue(bob.all(SipEvent.Ended.class).isEmpty());
        lan.runFor(2 * SECOND);
        assertEquals(504, peer.lastResponse().status());
        assertInstanceOf(Failure.TimedOut.class, bob.ended());
    }

    @Test
    void aSecondResponseWaitsForThePrackOfTheFirst() {
        ringing(ABLE);
        bob.engine.ring(bob.incoming(), 180, Optional.empty(), lan.now);
        bob.engine.ring(bob.incoming(), 182, Optional.empty(), lan.now);
        lan.runFor(SECOND / 10);
        assertFalse(peer.statuses().contains(182));
        long first = Long.parseLong(talk.header("RSeq"));
        prack(2, first + " 1 INVITE");
        assertEquals(182, lastInvite().status());
        assertEquals(Long.toString(first + 1), lastInvite().value(HeaderName.RSEQ).orElse(""));
    }

    private Response lastInvite() {
        return peer.received.stream().filter(Response.class::isInstance).map(Response.class::cast)
            .filter(response -> response.cseq().method().equals(SipMethod.INVITE)).reduce((one, other) -> other).orElseThrow();
    }

    @Test
    void theAnswerWaitsForThePrackOfADescriptionAndCarriesNone() {
        ringing(ABLE);
        bob.engine.ring(bob.incoming(), 183, Optional.of(Phone.sdp("early")), lan.now);
        assertTrue(bob.engine.answer(bob.incoming(), Phone.sdp("early"), lan.now));
        lan.runFor(SECOND / 10);
        assertFalse(peer.statuses().contains(200));
        prack(2, talk.header("RSeq") + " 1 INVITE");
        assertEquals(200, lastInvite().status());
        assertEquals(0, lastInvite().bodyLength(), "the answer is in the 183");
    }

    @Test
    void theAnswerDoesNotWaitForThePrackOfMereRinging() {
        ringing(ABLE);
        bob.engine.ring(bob.incoming(), 180, Optional.empty(), lan.now);
        lan.runFor(SECOND / 10);
        String late = talk.header("RSeq") + " 1 INVITE";
        bob.engine.answer(bob.incoming(), Phone.sdp("answer"), lan.now);
        lan.runFor(SECOND / 10);
        assertEquals(200, lastInvite().status());
        assertTrue(lastInvite().bodyLength() > 0);
        prack(2, late);
        assertEquals(List.of(200, SipMethod.PRACK), List.of(peer.lastResponse().status(), peer.lastResponse().cseq().method()));
    }

    @Test
    void aNewOfferInThePrackIsAnsweredInItsResponse() {
        ringing(ABLE);
        bob.onEvent = event -> {
            if (event instanceof SipEvent.OfferReceived offer) {
                bob.engine.acceptOffer(offer.session(), Phone.sdp("second"), lan.now);
            }
        };
        bob.engine.ring(bob.incoming(), 183, Optional.of(Phone.sdp("early")), lan.now);
        lan.runFor(SECOND / 10);
        talk.send("PRACK", 2, talk.tag(), "RAck: " + talk.header("RSeq") + " 1 INVITE\n" + Talk.SDP_TYPE, Talk.SDP);
        lan.runFor(SECOND / 10);
        assertEquals(SipMethod.PRACK, peer.lastResponse().cseq().method());
        assertTrue(peer.lastResponse().bodyText().contains("o=second"));
    }

    @Test
    void anInviteWithoutOfferGetsItInTheRingingAndAnswersInThePrack() {
        bob.onEvent = event -> {
            if (event instanceof SipEvent.IncomingCall call) {
                bob.engine.ring(call.session(), 183, Optional.of(Phone.sdp("offer-bob")), lan.now);
                lan.after(SECOND, () -> bob.engine.answer(call.session(), Phone.sdp("offer-bob"), lan.now));
            }
        };
        alice.answering(0);
        alice.engine.invite(alice.account, InviteRequest.withoutOffer(bob.uri()), lan.now);
        lan.runFor(2 * SECOND);
        assertEquals("""
            alice > bob INVITE
            bob ! IncomingCall
            bob > alice 183 INVITE
            alice ! OfferReceived offer-bob
            alice ! Progress 183
            alice > bob PRACK
            bob ! AnswerReceived answer-alice
            bob > alice 200 PRACK
            bob > alice 200 INVITE
            alice ! Answered offer-bob
            alice > bob ACK
            bob ! Confirmed
            """, lan.lines());
    }

    @Test
    void whoCannotIsRungAtAsEver() {
        ringing("");
        bob.engine.ring(bob.incoming(), 180, Optional.empty(), lan.now);
        lan.runFor(10 * SECOND);
        assertEquals(List.of(180), peer.statuses());
        assertEquals("", talk.header("RSeq"));
    }

    @Test
    @Tag("rfc6228")
    void aRefusalBehindAProxyIsPrecededBy199() {
        talk.send("INVITE", 1, "", "Supported: 199\nVia: SIP/2.0/UDP 10.0.0.77;branch=z9hG4bKfar\n" + Talk.SDP_TYPE, Talk.SDP);
        lan.runFor(SECOND / 10);
        bob.engine.ring(bob.incoming(), 180, Optional.empty(), lan.now);
        bob.engine.reject(bob.incoming(), 486, List.of(), lan.now);
        lan.runFor(SECOND / 10);
        assertEquals(List.of(180, 199, 486), peer.statuses());
    }

    @Test
    @Tag("rfc6228")
    void withoutAProxyTheRefusalIsEnough() {
        ringing("Supported: 199\n");
        bob.engine.ring(bob.incoming(), 180, Optional.empty(), lan.now);
        bob.engine.reject(bob.incoming(), 486, List.of(), lan.now);
        lan.runFor(SECOND / 10);
        assertEquals(List.of(180, 486), peer.statuses());
    }

    @Test
    void aPhoneThatRequiresItRefusesOthersWith421() {
        Phone strict = lan.phone("strict", "10.0.0.3", config(Reliability.REQUIRED));
        Talk other = new Talk(peer, strict);
        other.invite(1);
        lan.runFor(SECOND / 10);
        assertEquals(421, peer.lastResponse().status());
        assertEquals("100rel", other.header("Require"));
        strict.call(peer);
        lan.runFor(SECOND / 10);
        assertEquals(List.of("100rel"), peer.requests(SipMethod.INVITE).get(0).tokens(HeaderName.REQUIRE));
    }

    @Test
    void aPhoneWithoutItRefusesCallsThatRequireItWith420() {
        Phone plain = lan.phone("plain", "10.0.0.3");
        Talk other = new Talk(peer, plain);
        other.send("INVITE", 1, "", "Require: 100rel\n" + Talk.SDP_TYPE, Talk.SDP);
        lan.runFor(SECOND / 10);
        assertEquals(420, peer.lastResponse().status());
        assertEquals("100rel", other.header("Unsupported"));
    }

    // ---- as the caller

    private Response reliable(int status, String tag, long sequence) {
        Request invite = peer.requests(SipMethod.INVITE).get(0);
        return peer.reply(invite, status, tag).set(HeaderName.REQUIRE, "100rel").set(HeaderName.RSEQ, Long.toString(sequence))
            .body(MediaType.APPLICATION_SDP, SdpWriter.write(Phone.sdp("sdp-" + tag))).build();
    }

    private void calling() {
        peer.onRequest = request -> {
            if (request.method().equals(SipMethod.PRACK) || request.method().equals(SipMethod.BYE)) {
                peer.send(peer.reply(request, 200, "").build());
            }
        };
        alice.call(peer);
        lan.runFor(SECOND / 10);
    }

    @Test
    void eachForkIsAcknowledgedInItsOrderAndOnce() {
        calling();
        peer.send(reliable(183, "one", 7));
        peer.send(reliable(183, "two", 900));
        lan.runFor(SECOND / 10);
        peer.send(reliable(183, "one", 7));
        peer.send(reliable(180, "one", 9));
        lan.runFor(SECOND / 10);
        peer.send(reliable(180, "one", 8));
        lan.runFor(SECOND / 10);
        assertEquals(List.of("7 1 INVITE one", "900 1 INVITE two", "8 1 INVITE one"), peer.requests(SipMethod.PRACK).stream()
            .map(prack -> prack.value(HeaderName.RACK).orElse("") + " " + prack.to().tag().orElse("")).toList());
        assertEquals(3, alice.all(SipEvent.Progress.class).size());
    }

    @Test
    void anAnswerThatCameReliablyCountsWhateverThe200Says() {
        calling();
        peer.send(reliable(183, "one", 1));
        lan.runFor(SECOND / 10);
        Request invite = peer.requests(SipMethod.INVITE).get(0);
        peer.send(peer.reply(invite, 200, "one").body(MediaType.APPLICATION_SDP, SdpWriter.write(Phone.sdp("other"))).build());
        lan.runFor(SECOND / 10);
        assertEquals("sdp-one", Phone.mark(alice.last(SipEvent.Answered.class).remote().orElseThrow()));
        assertEquals(1, peer.requests(SipMethod.ACK).size());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void callsComeUpOverANetworkThatLosesAFifth(long seed) {
        Lan lossy = new Lan(seed);
        lossy.loss = 0.2;
        lossy.jitter = 30 * MILLISECOND;
        Phone caller = lossy.phone("caller", "10.0.1.1", RELIABLE);
        Phone called = lossy.phone("called", "10.0.1.2", RELIABLE);
        called.onEvent = event -> {
            if (event instanceof SipEvent.IncomingCall call) {
                called.engine.ring(call.session(), 183, Optional.of(Phone.sdp("answer")), lossy.now);
                lossy.after(SECOND, () -> called.engine.answer(call.session(), Phone.sdp("answer"), lossy.now));
            }
        };
        SessionId call = caller.call(called);
        lossy.runFor(40 * SECOND);
        assertEquals("answer", Phone.mark(caller.last(SipEvent.Answered.class).remote().orElseThrow()));
        assertEquals(1, called.all(SipEvent.Confirmed.class).size());
        caller.engine.hangup(call, lossy.now);
        lossy.runFor(200 * SECOND);
        assertTrue(caller.engine.isIdle() && called.engine.isIdle());
    }
}
