package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMethod;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests that the engine has no meaning for, either way. */
@Tag("rfc3261")
class RawRequestsTest {
    private static final SipMethod FOO = SipMethod.of("FOO");

    private final Lan lan = new Lan(3);
    private final Phone alice = lan.phone("alice", "10.0.0.1");
    private final Phone bob = lan.phone("bob", "10.0.0.2").answering(10);

    @AfterEach
    void nothingIsLeft() {
        alice.engine.shutdown(lan.now);
        bob.engine.shutdown(lan.now);
        lan.runFor(200 * SECOND);
        assertTrue(alice.engine.isIdle(), alice.engine.toString());
        assertTrue(bob.engine.isIdle(), bob.engine.toString());
    }

    private RawRequest foo(String text) {
        return new RawRequest(FOO, List.of(ExtraHeader.of("X-Test", "1")), Optional.of(MediaType.of("text", "plain")),
            text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anUnknownMethodGets501UnlessTheUserTakesIt() {
        RawId first = alice.engine.raw().send(alice.account, bob.uri(), foo("hello"), lan.now);
        lan.runFor(SECOND);
        assertEquals(501, alice.last(RawEvent.Answered.class).response().status());
        assertEquals(first, alice.last(RawEvent.Answered.class).id());
        bob.engine.raw().accept(FOO);
        alice.engine.raw().send(alice.account, bob.uri(), foo("hello"), lan.now);
        lan.runFor(SECOND);
        RawEvent.Received received = bob.last(RawEvent.Received.class);
        assertEquals("hello", received.request().bodyText());
        assertEquals(Optional.of("1"), received.request().value(HeaderName.of("X-Test")));
        assertEquals(Optional.of(bob.account), received.account());
        assertTrue(bob.engine.raw().respond(received.id(), 202, List.of(ExtraHeader.of("X-Reply", "2")), Optional.empty(), new byte[0],
            lan.now));
        lan.runFor(SECOND);
        assertEquals(202, alice.last(RawEvent.Answered.class).response().status());
        assertEquals(Optional.of("2"), alice.last(RawEvent.Answered.class).response().value(HeaderName.of("X-Reply")));
        bob.engine.raw().ignore(FOO);
        alice.engine.raw().send(alice.account, bob.uri(), foo("hello"), lan.now);
        lan.runFor(SECOND);
        assertEquals(501, alice.last(RawEvent.Answered.class).response().status());
    }

    @Test
    void anUnansweredRequestGets500InTime() {
        bob.engine.raw().accept(FOO);
        alice.engine.raw().send(alice.account, bob.uri(), foo("hello"), lan.now);
        lan.runFor(25 * SECOND);
        assertEquals(500, alice.last(RawEvent.Answered.class).response().status());
        RawId late = bob.last(RawEvent.Received.class).id();
        assertTrue(!bob.engine.raw().respond(late, 200, List.of(), Optional.empty(), new byte[0], lan.now));
    }

    @Test
    void withinACallTheyGoByItsDialog() {
        bob.engine.raw().accept(FOO);
        SessionId call = alice.call(bob);
        assertEquals(Optional.empty(), alice.engine.raw().send(call, foo("early"), lan.now));
        lan.runFor(SECOND);
        assertTrue(alice.engine.raw().send(call, foo("in call"), lan.now).isPresent());
        lan.runFor(SECOND);
        RawEvent.Received received = bob.last(RawEvent.Received.class);
        assertEquals(Optional.of(bob.incoming()), received.session());
        assertEquals(bob.last(SipEvent.IncomingCall.class).request().callId(), received.request().callId());
        bob.engine.raw().respond(received.id(), 200, List.of(), Optional.empty(), new byte[0], lan.now);
        lan.runFor(SECOND);
        assertEquals(200, alice.last(RawEvent.Answered.class).response().status());
        alice.engine.hangup(call, lan.now);
        lan.runFor(SECOND);
    }

    @Test
    void whatIsNotForUsersIsRefusedWithASentence() {
        for (SipMethod method : List.of(SipMethod.INVITE, SipMethod.ACK, SipMethod.CANCEL, SipMethod.BYE, SipMethod.REGISTER,
                SipMethod.UPDATE, SipMethod.PRACK)) {
            assertThrows(IllegalArgumentException.class, () -> RawRequest.of(method));
        }
        assertEquals("header Via is written by the engine",
            assertThrows(IllegalArgumentException.class, () -> ExtraHeader.of("Via", "x")).getMessage());
        assertEquals("line break in the value of header X-A",
            assertThrows(IllegalArgumentException.class, () -> ExtraHeader.of("X-A", "1\r\nX-B: 2")).getMessage());
        assertThrows(IllegalArgumentException.class, () -> bob.engine.raw().accept(SipMethod.INVITE));
        AccountId nobody = new AccountId(99);
        alice.engine.raw().send(nobody, bob.uri(), RawRequest.of(FOO), lan.now);
        lan.runFor(SECOND);
        assertEquals(1, alice.all(RawEvent.Failed.class).size());
    }

    @Test
    void requestsOutsideAnyDialogGetTheRightCode() {
        Script stranger = lan.script("stranger", "10.0.0.9");
        Talk talk = new Talk(stranger, bob);
        talk.send("BYE", 1, "", "", "");
        talk.send("BYE", 2, "gone", "", "");
        talk.send("CANCEL", 3, "", "", "");
        talk.send("INFO", 4, "gone", "", "");
        talk.send("FOO", 5, "", "", "");
        lan.runFor(SECOND);
        assertEquals(List.of(481, 481, 481, 481, 501), stranger.statuses());
    }

    @Test
    @Tag("rfc3326")
    void reasonsAndHeadersOfTheUserGoBothWays() {
        ExtraHeader custom = ExtraHeader.of("X-Call", "yes");
        SessionId call = alice.call(bob);
        alice.engine.extras().setHeaders(call, List.of(custom));
        lan.runFor(SECOND);
        alice.engine.extras().hangup(call, List.of(ExtraHeader.of("Reason", "Q.850;cause=16;text=\"done\"")), lan.now);
        lan.runFor(SECOND);
        Request bye = (Request) bob.last(SipEvent.Heard.class).message();
        assertEquals(Optional.of("yes"), bye.value(HeaderName.of("X-Call")));
        assertEquals("Q.850;cause=16;text=\"done\"", ((EndCause.RemoteHangup) bob.ended()).reason().orElseThrow());
    }

    @Test
    @Tag("rfc3326")
    void aCancelSaysWhyAndNothingElse() {
        bob.onEvent = event -> { };
        SessionId call = alice.call(bob);
        lan.runFor(SECOND);
        alice.engine.extras().hangup(call, List.of(ExtraHeader.of("Reason", "SIP;cause=200;text=\"Call completed elsewhere\""),
            ExtraHeader.of("X-Other", "1")), lan.now);
        lan.runFor(SECOND);
        Request cancel = (Request) bob.last(SipEvent.Heard.class).message();
        assertEquals(SipMethod.CANCEL, cancel.method());
        assertEquals(Optional.empty(), cancel.value(HeaderName.of("X-Other")));
        assertTrue(((EndCause.Cancelled) bob.ended()).reason().orElseThrow().contains("elsewhere"));
    }

    @Test
    void anAliasOfAnAccountIsItsAddressToo() {
        AccountId more = bob.engine.addAccount(AccountSettings.builder(io.earshot.sip.message.Uri.parse("sip:line@example.org"))
            .extras(new AccountExtras(List.of((io.earshot.sip.message.SipUri) io.earshot.sip.message.Uri.parse("sip:5551@10.0.0.2")),
                List.of())).build(), lan.now);
        alice.engine.invite(alice.account, InviteRequest.of(io.earshot.sip.message.Uri.parse("sip:5551@10.0.0.2:5060"),
            Phone.sdp("a")), lan.now);
        lan.runFor(SECOND);
        assertEquals(Optional.of(more), bob.last(SipEvent.IncomingCall.class).account());
    }

    @Test
    @Tag("rfc3323")
    void aCallCanGoOutInAnotherName() {
        alice.engine.invite(alice.account, InviteRequest.of(bob.uri(), Phone.sdp("a"))
            .withFrom(io.earshot.sip.message.NameAddr.parse("\"Anonymous\" <sip:anonymous@anonymous.invalid>")), lan.now);
        lan.runFor(SECOND);
        assertEquals("sip:anonymous@anonymous.invalid", bob.last(SipEvent.IncomingCall.class).request().from().uri().toString());
        assertTrue(bob.last(SipEvent.IncomingCall.class).request().from().tag().isPresent());
    }
}
