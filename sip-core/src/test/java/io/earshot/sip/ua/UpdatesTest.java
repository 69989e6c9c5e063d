package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Uri;
import io.earshot.sip.sdp.SdpWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** UPDATE in early and in answered calls, either way, and what it tells of the peer's identity. */
@Tag("rfc3311")
@Tag("rfc6337")
class UpdatesTest {
    private final Lan lan = new Lan(12);
    private final Phone alice = lan.phone("alice", "10.0.0.1", ReliableRingingTest.RELIABLE).answering(10);
    private final Phone bob = lan.phone("bob", "10.0.0.2", ReliableRingingTest.RELIABLE).answering(10);
    private final Script peer = lan.script("peer", "10.0.0.50");
    private final Talk talk = new Talk(peer, bob);

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
    void anAnsweredCallChangesByUpdate() {
        SessionId call = established();
        assertTrue(alice.engine.updates().offer(call, Phone.sdp("hold"), lan.now));
        lan.runFor(SECOND);
        assertEquals("""
            alice > bob UPDATE
            bob ! OfferReceived hold
            bob > alice 200 UPDATE
            alice ! AnswerReceived answer-bob
            """, lan.lines());
    }

    @Test
    void aRefreshTellsNobodyAnything() {
        SessionId call = established();
        assertTrue(alice.engine.updates().refresh(call, lan.now));
        lan.runFor(SECOND);
        assertEquals("alice > bob UPDATE\nbob > alice 200 UPDATE\n", lan.lines());
    }

    @Test
    void updatesThatCrossAreBothMadeInTheEnd() {
        SessionId call = established();
        alice.engine.updates().offer(call, Phone.sdp("from-alice"), lan.now);
        bob.engine.updates().offer(bob.incoming(), Phone.sdp("from-bob"), lan.now);
        lan.runFor(10 * SECOND);
        assertEquals(2, lan.lines().split("491 UPDATE", -1).length - 1, "both are refused first");
        assertEquals("from-bob", Phone.mark(alice.last(SipEvent.OfferReceived.class).offer()));
        assertEquals("from-alice", Phone.mark(bob.last(SipEvent.OfferReceived.class).offer()));
        assertTrue(alice.all(SipEvent.OfferFailed.class).isEmpty() && bob.all(SipEvent.OfferFailed.class).isEmpty());
    }

    @Test
    void bothPeersChangeTheSessionWhileItRings() {
        bob.onEvent = event -> {
            if (event instanceof SipEvent.IncomingCall call) {
                bob.engine.ring(call.session(), 183, Optional.of(Phone.sdp("early")), lan.now);
            } else if (event instanceof SipEvent.OfferReceived offer) {
                bob.engine.acceptOffer(offer.session(), Phone.sdp("answer-bob"), lan.now);
            }
        };
        SessionId call = alice.call(bob);
        lan.runFor(SECOND);
        lan.transcript.clear();
        assertTrue(alice.engine.updates().offer(call, Phone.sdp("changed"), lan.now));
        lan.runFor(SECOND);
        assertTrue(bob.engine.updates().offer(bob.incoming(), Phone.sdp("moved"), lan.now));
        lan.runFor(SECOND);
        bob.engine.answer(bob.incoming(), Phone.sdp("early"), lan.now);
        lan.runFor(SECOND);
        assertEquals("""
            alice > bob UPDATE
            bob ! OfferReceived changed
            bob > alice 200 UPDATE
            alice ! AnswerReceived answer-bob
            bob > alice UPDATE
            alice ! OfferReceived moved
            alice > bob 200 UPDATE
            bob ! AnswerReceived answer-alice
            bob > alice 200 INVITE
            alice ! Answered moved
            alice > bob ACK
            bob ! Confirmed
            """, lan.lines());
    }

    @Test
    void anEarlyOfferHasToWaitForAnAnswerThatCannotGetLost() {
        bob.onEvent = event -> { };
        SessionId call = alice.call(bob);
        lan.runFor(SECOND / 10);
        bob.engine.ring(bob.incoming(), 180, Optional.empty(), lan.now);
        lan.runFor(SECOND);
        assertFalse(alice.engine.updates().offer(call, Phone.sdp("changed"), lan.now));
    }

    @Test
    void anOfferBeforeTheFirstIsAnsweredGets500WithRetryAfter() {
        bob.onEvent = event -> { };
        talk.send("INVITE", 1, "", "Supported: 100rel\n" + Talk.SDP_TYPE, Talk.SDP);
        lan.runFor(SECOND / 10);
        bob.engine.ring(bob.incoming(), 180, Optional.empty(), lan.now);
        lan.runFor(SECOND / 10);
        talk.send("UPDATE", 2, talk.tag(), Talk.SDP_TYPE, Talk.SDP);
        lan.runFor(SECOND / 10);
        assertEquals(500, peer.lastResponse().status());
        assertFalse(talk.header("Retry-After").isEmpty());
        talk.send("UPDATE", 3, talk.tag(), "", "");
        lan.runFor(SECOND / 10);
        assertEquals(200, peer.lastResponse().status(), "one without offer only refreshes the target");
    }

    private void answered(String headers) {
        talk.send("INVITE", 1, "", headers + Talk.SDP_TYPE, Talk.SDP);
        lan.runFor(SECOND / 2);
        talk.send("ACK", 1, talk.tag(), "", "");
        lan.runFor(SECOND / 10);
    }

    @Test
    void aSecondOfferBeforeOurAnswerGets500WithRetryAfter() {
        answered("");
        bob.onEvent = event -> { };
        talk.send("UPDATE", 2, talk.tag(), Talk.SDP_TYPE, Talk.SDP);
        talk.send("UPDATE", 3, talk.tag(), Talk.SDP_TYPE, Talk.SDP);
        talk.send("INVITE", 4, talk.tag(), Talk.SDP_TYPE, Talk.SDP);
        lan.runFor(SECOND / 10);
        assertEquals(List.of(500, 500), peer.statuses().subList(peer.statuses().size() - 2, peer.statuses().size()));
        bob.engine.rejectOffer(bob.incoming(), 488, lan.now);
        lan.runFor(SECOND / 10);
        assertEquals(488, peer.lastResponse().status());
    }

    @Test
    void aPeerThatKnowsNoUpdateIsRefreshedByReInviteWithTheSameDescription() {
        peer.onRequest = request -> {
            if (request.method().equals(SipMethod.INVITE)) {
                peer.send(peer.reply(request, 200, "").body(MediaType.APPLICATION_SDP, SdpWriter.write(Phone.sdp("again"))).build());
            }
        };
        answered("Allow: INVITE, ACK, BYE\n");
        SessionId call = bob.incoming();
        bob.events.clear();
        assertTrue(bob.engine.updates().refresh(call, lan.now));
        lan.runFor(SECOND / 10);
        Request refresh = peer.requests(SipMethod.INVITE).get(0);
        assertTrue(refresh.bodyText().contains("o=answer-bob"));
        assertEquals(1, peer.requests(SipMethod.ACK).size());
        assertTrue(bob.events.isEmpty(), "nothing has changed: " + bob.events);
    }

    @Test
    void a500WithRetryAfterIsTriedAgainThen() {
        int[] asked = {0};
        peer.onRequest = request -> {
            if (request.method().equals(SipMethod.INVITE)) {
                asked[0]++;
                peer.send(asked[0] == 1 ? peer.reply(request, 500, "").set(HeaderName.RETRY_AFTER, "3").build()
                    : peer.reply(request, 200, "").body(MediaType.APPLICATION_SDP, SdpWriter.write(Phone.sdp("fine"))).build());
            }
        };
        answered("");
        SessionId call = bob.incoming();
        bob.engine.reoffer(call, Phone.sdp("hold"), lan.now);
        lan.runFor(2 * SECOND);
        assertEquals(1, asked[0]);
        lan.runFor(2 * SECOND);
        assertEquals(2, asked[0]);
        assertEquals("fine", Phone.mark(bob.last(SipEvent.AnswerReceived.class).answer()));
    }

    @Test
    @Tag("rfc4916")
    void thePeerBecomesSomebodyElse() {
        SessionId call = established();
        NameAddr carol = NameAddr.of("Carol", Uri.parse("sip:carol@example.org"));
        assertTrue(bob.engine.updates().identify(bob.incoming(), carol, lan.now));
        lan.runFor(SECOND);
        assertEquals(carol, alice.last(SipEvent.RemoteChanged.class).identity());
        alice.engine.updates().refresh(call, lan.now);
        lan.runFor(SECOND);
        assertEquals(1, alice.all(SipEvent.RemoteChanged.class).size());
        alice.engine.hangup(call, lan.now);
        lan.runFor(SECOND);
        assertInstanceOfRemoteHangup();
    }

    private void assertInstanceOfRemoteHangup() {
        assertEquals(EndCause.RemoteHangup.class, bob.ended().getClass(), "the BYE to the new identity is within the dialog");
    }

    @Test
    @Tag("rfc4916")
    @Tag("rfc3325")
    void anAssertedIdentityInAnUpdateIsTold() {
        answered("");
        talk.send("UPDATE", 2, talk.tag(), "P-Asserted-Identity: \"Dan\" <sip:dan@example.org>\n", "");
        lan.runFor(SECOND / 10);
        assertEquals("\"Dan\" <sip:dan@example.org>", bob.last(SipEvent.RemoteChanged.class).identity().toString());
    }

    @Test
    @Tag("rfc3325")
    void anIdentityThatIsAssertedFromTheStartIsNoChange() {
        String dan = "P-Asserted-Identity: \"Dan\" <sip:dan@example.org>\n";
        answered(dan);
        talk.send("UPDATE", 2, talk.tag(), dan, "");
        lan.runFor(SECOND / 10);
        assertEquals(200, peer.lastResponse().status());
        assertTrue(bob.all(SipEvent.RemoteChanged.class).isEmpty());
    }

    @Test
    void anUpdateAfterTheEndGets481() {
        answered("");
        bob.engine.hangup(bob.incoming(), lan.now);
        lan.runFor(SECOND / 10);
        talk.send("UPDATE", 2, toTag(), Talk.SDP_TYPE, Talk.SDP);
        lan.runFor(SECOND / 10);
        assertEquals(481, peer.lastResponse().status());
    }

    private String toTag() {
        return peer.requests(SipMethod.BYE).get(0).from().tag().orElseThrow();
    }

    @Test
    @Tag("rfc4916")
    void whoDoesNotUnderstandAnotherIdentityIsNotTold() {
        answered("Supported: replaces\n");
        assertFalse(bob.engine.updates().identify(bob.incoming(), NameAddr.parse("<sip:carol@example.org>"), lan.now));
    }
}
