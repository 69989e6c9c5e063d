package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Reliability;
import io.earshot.api.SessionTimers;
import io.earshot.api.SessionTimers.Refresher;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Uri;
import io.earshot.sip.sdp.SdpWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Session timers: who refreshes, when, and what happens when nobody does. */
@Tag("rfc4028")
class SessionTimerTest {
    private final Lan lan = new Lan(13);
    private final Phone alice = lan.phone("alice", "10.0.0.1", config(Refresher.ANY, 200)).answering(10);
    private final Phone bob = lan.phone("bob", "10.0.0.2", config(Refresher.ANY, 200)).answering(10);
    private final Script peer = lan.script("peer", "10.0.0.50");
    private final Talk talk = new Talk(peer, bob);

    private static EngineConfig config(Refresher refresher, long seconds) {
        SessionTimers timers = SessionTimers.DEFAULT.withExpires(Duration.ofSeconds(seconds)).withRefresher(refresher);
        return EngineConfig.builder().calls(new CallPolicy(Reliability.NEVER, timers)).build();
    }

    @AfterEach
    void nothingIsLeft() {
        alice.engine.shutdown(lan.now);
        bob.engine.shutdown(lan.now);
        lan.runFor(200 * SECOND);
        assertTrue(alice.engine.isIdle(), "alice is not idle");
        assertTrue(bob.engine.isIdle(), "bob is not idle");
    }

    private int sent(String what) {
        return lan.lines().split(what, -1).length - 1;
    }

    @Test
    void theCallerRefreshesByUpdateAtHalfTheTime() {
        alice.call(bob);
        lan.runFor(99 * SECOND);
        assertEquals(0, sent("UPDATE"));
        lan.runFor(3 * SECOND);
        assertEquals(1, sent("alice > bob UPDATE"));
        lan.runFor(3600 * SECOND);
        assertEquals(36, sent("alice > bob UPDATE"), 1);
        assertEquals(0, sent("bob > alice UPDATE"));
        assertTrue(alice.all(SipEvent.Ended.class).isEmpty() && bob.all(SipEvent.Ended.class).isEmpty());
        assertEquals(0, alice.all(SipEvent.AnswerReceived.class).size());
    }

    @Test
    void theCalleeRefreshesWhereTheCallerAsksForIt() {
        Phone lazy = lan.phone("lazy", "10.0.0.3", config(Refresher.REMOTE, 200)).answering(10);
        lazy.call(bob);
        lan.runFor(1000 * SECOND);
        assertTrue(sent("bob > lazy UPDATE") >= 9, lan.lines());
        assertEquals(0, sent("lazy > bob UPDATE"));
        assertTrue(bob.all(SipEvent.Ended.class).isEmpty());
    }

    @Test
    void anAccountOfItsOwnMindHasNoTimersAndRefusesWhatRequiresThem() {
        AccountSettings settings = AccountSettings.builder(Uri.parse("sip:desk@example.org"))
            .extras(new AccountExtras(List.of(), List.of(), Optional.of(CallPolicy.PLAIN))).build();
        AccountId desk = bob.engine.addAccount(settings, lan.now);
        bob.engine.invite(desk, InviteRequest.of(peer.uri(), Phone.sdp("offer")), lan.now);
        lan.runFor(SECOND / 2);
        Request invite = peer.requests(SipMethod.INVITE).get(0);
        assertTrue(invite.value(HeaderName.SESSION_EXPIRES).isEmpty() && !Tags.supports(invite, Tags.TIMER), invite.toString());
        bob.call(peer);
        lan.runFor(SECOND / 2);
        Request usual = peer.requests(SipMethod.INVITE).stream().filter(one -> !one.callId().equals(invite.callId())).findFirst()
            .orElseThrow();
        assertTrue(usual.has(HeaderName.SESSION_EXPIRES) && Tags.supports(usual, Tags.TIMER), usual.toString());
        String strict = talk.text("INVITE", 1, "", "Require: timer\n" + Talk.SDP_TYPE, Talk.SDP);
        peer.sendText(bob.address, strict.replace("sip:bob@", "sip:desk@"));
        lan.runFor(SECOND / 2);
        assertEquals(420, peer.lastResponse().status());
        assertEquals("timer", talk.header("Unsupported"));
    }

    @Test
    void aCallWhosePeerDiesEndsOnBothSidesOfTheNetwork() {
        alice.call(bob);
        lan.runFor(SECOND);
        lan.loss = 1;
        lan.runFor(190 * SECOND);
        assertInstanceOf(Failure.TimedOut.class, alice.ended());
        assertInstanceOf(Failure.TimedOut.class, bob.ended());
        assertTrue(bob.ended().sentence().contains("did not refresh"), bob.ended().sentence());
    }

    private void answered(String headers) {
        talk.send("INVITE", 1, "", headers + Talk.SDP_TYPE, Talk.SDP);
        lan.runFor(SECOND / 2);
        if (peer.lastResponse().status() == 200) {
            talk.send("ACK", 1, talk.tag(), "", "");
            lan.runFor(SECOND / 10);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Supported: timer| Session-Expires: 180|               180;refresher=uac | timer
        Supported: timer| Session-Expires: 180;refresher=uas| 180;refresher=uas | ''
        Supported: timer| x: 900;refresher=uac|               200;refresher=uac | timer
        Supported: timer| Subject: no|                        200;refresher=uas | ''
        Supported: none|  Session-Expires: 180|               180;refresher=uas | ''
        Supported: none|  Session-Expires: 60|                60;refresher=uas  | ''
        Supported: none|  Subject: no|                        ''                | ''
        """)
    void theCalleeDecides(String supported, String expires, String outcome, String required) {
        answered(supported + "\n" + expires + "\n");
        assertEquals(outcome, talk.header("Session-Expires"));
        assertEquals(required, talk.header("Require"));
    }

    @Test
    void tooShortATimeIsRefusedWith422() {
        answered("Supported: timer\nSession-Expires: 60\n");
        assertEquals(422, peer.lastResponse().status());
        assertEquals("90", talk.header("Min-SE"));
        assertTrue(bob.events.isEmpty());
    }

    @Test
    void anInviteRefusedWith422IsMadeAgainWithTheLongerTime() {
        peer.onRequest = request -> {
            if (request.method().equals(SipMethod.INVITE)) {
                boolean fine = request.value(HeaderName.SESSION_EXPIRES).orElse("").startsWith("500");
                peer.send(fine ? peer.reply(request, 200, "t").set(HeaderName.SESSION_EXPIRES, "500;refresher=uac")
                    .body(MediaType.APPLICATION_SDP, SdpWriter.write(Phone.sdp("fine"))).build()
                    : peer.reply(request, 422, "r").set(HeaderName.MIN_SE, "500").build());
            }
        };
        alice.call(peer);
        lan.runFor(SECOND);
        List<Request> invites = peer.requests(SipMethod.INVITE);
        assertEquals(List.of("200", "500"), invites.stream().map(one -> one.value(HeaderName.SESSION_EXPIRES).orElse("")).toList());
        assertEquals("500", invites.get(1).value(HeaderName.MIN_SE).orElse(""));
        assertEquals(invites.get(0).callId(), invites.get(1).callId());
        assertEquals(1, alice.all(SipEvent.Answered.class).size());
        peer.onRequest = request -> peer.send(peer.reply(request, 200, "").build());
    }

    @Test
    void aServerThatIsNeverContentEndsTheCall() {
        int[] minimum = {300};
        peer.onRequest = request -> {
            if (request.method().equals(SipMethod.INVITE)) {
                minimum[0] += 100;
                peer.send(peer.reply(request, 422, "r").set(HeaderName.MIN_SE, Integer.toString(minimum[0])).build());
            }
        };
        alice.call(peer);
        lan.runFor(SECOND);
        assertEquals(4, peer.requests(SipMethod.INVITE).size());
        assertEquals(422, ((Failure.Rejected) alice.ended()).status());
    }

    @Test
    void aRefreshWithoutUpdateIsAReInviteAndAnotherRequestCountsToo() {
        peer.onRequest = request -> {
            if (request.method().equals(SipMethod.INVITE)) {
                peer.send(peer.reply(request, 200, "").set(HeaderName.SESSION_EXPIRES, request.value(HeaderName.SESSION_EXPIRES).orElse(""))
                    .body(MediaType.APPLICATION_SDP, SdpWriter.write(Phone.sdp("again"))).build());
            }
        };
        answered("Supported: timer\nAllow: INVITE, ACK, BYE\nSession-Expires: 100;refresher=uas\n");
        lan.runFor(40 * SECOND);
        talk.send("INVITE", 2, talk.tag(), "Supported: timer\nSession-Expires: 100;refresher=uas\n" + Talk.SDP_TYPE, Talk.SDP);
        lan.runFor(SECOND / 10);
        talk.send("ACK", 2, talk.tag(), "", "");
        lan.runFor(45 * SECOND);
        assertEquals(0, peer.requests(SipMethod.INVITE).size(), "refreshed by the peer meanwhile");
        lan.runFor(6 * SECOND);
        assertEquals(List.of("100;refresher=uac"), peer.requests(SipMethod.INVITE).stream()
            .map(one -> one.value(HeaderName.SESSION_EXPIRES).orElse("")).toList());
        lan.runFor(300 * SECOND);
        assertTrue(bob.all(SipEvent.Ended.class).isEmpty());
    }

    @Test
    void aPeerThatForgetsToRefreshIsHungUpOn() {
        answered("Supported: timer\nSession-Expires: 90;refresher=uac\n");
        lan.runFor(58 * SECOND);
        assertTrue(peer.requests(SipMethod.BYE).isEmpty());
        lan.runFor(5 * SECOND);
        assertEquals(1, peer.requests(SipMethod.BYE).stream().map(bye -> bye.cseq().number()).distinct().count());
    }
}
