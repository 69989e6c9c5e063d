package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.info.DtmfBody;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Uri;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc6086")
class InfosTest {
    private final Lan lan = new Lan(6086);
    private final Phone alice = lan.phone("alice", "10.0.0.1");
    private final Phone bob = lan.phone("bob", "10.0.0.2").answering(10);

    @AfterEach
    void nothingIsLeft() {
        alice.engine.shutdown(lan.now);
        bob.engine.shutdown(lan.now);
        lan.runFor(200 * SECOND);
        assertTrue(alice.engine.isIdle(), alice.engine.toString());
    }

    private SessionId talk() {
        SessionId call = alice.call(bob);
        lan.runFor(SECOND);
        return call;
    }

    private void send(SessionId call, InfoRequest info) {
        alice.engine.infos().send(call, info, lan.now);
        lan.runFor(SECOND);
    }

    private static InfoRequest info(String type, String body) {
        return new InfoRequest(MediaType.parse(type), body.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    private int refusal() {
        return assertInstanceOf(Failure.Rejected.class, alice.last(InfoEvent.Failed.class).cause()).status();
    }

    @Test
    void keysArriveInBothForms() {
        SessionId call = talk();
        send(call, InfoRequest.relay(new DtmfBody('5', 200)));
        send(call, InfoRequest.plain(new DtmfBody('#', 200)));
        assertEquals(List.of(new DtmfBody('5', 200), new DtmfBody('#', DtmfBody.USUAL_MILLISECONDS)),
            bob.all(InfoEvent.Key.class).stream().map(InfoEvent.Key::key).toList());
        assertEquals(2, alice.all(InfoEvent.Accepted.class).size());
    }

    @Test
    void whatCannotBeReadIsRefusedAndTheCallGoesOn() {
        SessionId call = talk();
        send(call, info("image/png", "x"));
        assertEquals(415, refusal());
        send(call, info("application/dtmf-relay", "Signal=Z"));
        assertEquals(400, refusal());
        assertTrue(bob.all(InfoEvent.Received.class).isEmpty());
        assertTrue(alice.all(SipEvent.Ended.class).isEmpty() && bob.all(SipEvent.Ended.class).isEmpty());
    }

    @Test
    void aRequestForAPictureIsAnsweredPolitely() {
        SessionId call = talk();
        send(call, info("application/media_control+xml", "<media_control/>"));
        assertEquals(1, alice.all(InfoEvent.Accepted.class).size());
        assertEquals(1, bob.all(InfoEvent.Received.class).size());
        send(call, info("application/json", "{}"));
        assertEquals("{}", bob.last(InfoEvent.Received.class).request().bodyText());
    }

    @Test
    void packagesNeedBothSides() {
        bob.engine.infos().receive("nice");
        SessionId call = talk();
        assertEquals(Optional.of(""), bob.last(SipEvent.IncomingCall.class).request().value(HeaderName.RECV_INFO));
        send(call, new InfoRequest(MediaType.TEXT_PLAIN, new byte[] {'x'}, Optional.of("nice")));
        assertEquals(Optional.of("nice"), bob.last(InfoEvent.Received.class).infoPackage());
        send(call, new InfoRequest(MediaType.TEXT_PLAIN, new byte[] {'x'}, Optional.of("other")));
        assertEquals("The other side does not take the Info Package 'other'", alice.last(InfoEvent.Failed.class).cause().sentence());
        bob.engine.infos().send(bob.incoming(), new InfoRequest(MediaType.TEXT_PLAIN, new byte[] {'x'}, Optional.of("nice")), lan.now);
        lan.runFor(SECOND);
        assertInstanceOf(Failure.ProtocolError.class, bob.last(InfoEvent.Failed.class).cause());
    }

    @Test
    void aPackageNobodyNamedGets469() {
        Script caller = lan.script("caller", "10.0.0.30");
        Talk talk = new Talk(caller, bob);
        talk.invite(1);
        lan.runFor(SECOND);
        String tag = talk.tag();
        talk.send("ACK", 1, tag, "", "");
        lan.runFor(SECOND);
        talk.send("INFO", 2, tag, "Info-Package: strange\n", "");
        lan.runFor(SECOND);
        assertEquals(469, caller.lastResponse().status());
        talk.send("OPTIONS", 3, tag, "", "");
        lan.runFor(SECOND);
        assertEquals(200, caller.lastResponse().status());
        talk.send("INFO", 4, "unknown", "", "");
        lan.runFor(SECOND);
        assertEquals(481, caller.lastResponse().status());
    }

    @Test
    @Tag("rfc3261")
    void optionsIsAnsweredAsAnInviteWouldBe() {
        Phone small = lan.phone("small", "10.0.0.9", EngineConfig.builder().maxSessions(1).build()).answering(10);
        alice.engine.options(alice.account, small.uri(), lan.now);
        lan.runFor(SECOND);
        assertEquals(200, alice.last(SipEvent.OptionsAnswered.class).response().status());
        SessionId call = alice.call(small);
        lan.runFor(SECOND);
        alice.engine.options(alice.account, small.uri(), lan.now);
        lan.runFor(SECOND);
        assertEquals(486, alice.last(SipEvent.OptionsAnswered.class).response().status());
        assertTrue(alice.last(SipEvent.OptionsAnswered.class).response().has(HeaderName.ALLOW));
        alice.engine.hangup(call, lan.now);
        lan.runFor(SECOND);
        assertEquals(Uri.parse("sip:alice@example.org"), small.last(SipEvent.IncomingCall.class).request().from().uri());
    }
}
