package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.sip.auth.Credentials;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Uri;
import io.earshot.sip.sdp.SdpWriter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A domain with two servers, of which the first is silent, late, full or back again (RFC 3263 §4.3). */
@Tag("rfc3263")
class FailOverTest {
    private final Lan lan = new Lan(11);
    private final Phone alice = lan.phone("alice", "10.0.0.1");
    private final Script one = lan.script("one", "10.0.0.20");
    private final Script two = lan.script("two", "10.0.0.21");

    @BeforeEach
    void zone() {
        lan.dns = (name, type) -> switch (name + " " + type) {
            case "_sip._udp.example.net SRV" -> new DnsAnswer.Found(List.of(new DnsAnswer.Srv(1, 0, 5060, "one.example.net"),
                new DnsAnswer.Srv(2, 0, 5060, "two.example.net")), 3600);
            case "one.example.net A" -> found("10.0.0.20");
            case "two.example.net A" -> found("10.0.0.21");
            default -> new DnsAnswer.NoSuchName();
        };
    }

    @AfterEach
    void nothingIsLeft() {
        alice.engine.shutdown(lan.now);
        lan.runFor(200 * SECOND);
        assertTrue(alice.engine.isIdle(), alice.engine.toString());
    }

    private static DnsAnswer found(String ip) {
        return new DnsAnswer.Found(List.of(new DnsAnswer.Address(Lan.address(ip, 0).getAddress())), 3600);
    }

    private static void answering(Script server, int status) {
        server.onRequest = request -> {
            if (!request.method().equals(SipMethod.ACK)) {
                answer(server, request, status);
            }
        };
    }

    private static void answer(Script server, Request request, int status) {
        var reply = server.reply(request, status, server.name);
        if (request.method().equals(SipMethod.INVITE) && status == 200) {
            reply.body(MediaType.APPLICATION_SDP, SdpWriter.write(Phone.sdp(server.name)));
        } else if (request.method().equals(SipMethod.REGISTER)) {
            reply.setAll(HeaderName.CONTACT, request.values(HeaderName.CONTACT)).set(HeaderName.EXPIRES, "600");
        }
        server.send(reply.build());
    }

    private void register() {
        register(FailOver.DEFAULT);
    }

    private void register(FailOver failOver) {
        AccountId account = alice.engine.addAccount(AccountSettings.builder(Uri.parse("sip:alice@example.net")).failOver(failOver).build(),
            lan.now);
        alice.engine.register(account, lan.now);
    }

    private SessionId call() {
        return alice.engine.invite(alice.account, InviteRequest.of(Uri.parse("sip:bob@example.net"), Phone.sdp("o")), lan.now);
    }

    /** Counts requests, retransmissions not. */
    private static long heard(Script server, SipMethod method) {
        return server.requests(method).stream().map(request -> request.via().branch()).distinct().count();
    }

    @Test
    void aSilentServerCosts5SecondsWhenThereIsAnother() {
        answering(two, 200);
        register();
        lan.runFor(5 * SECOND - 1);
        assertEquals(0, heard(two, SipMethod.REGISTER));
        lan.runFor(SECOND);
        assertInstanceOf(RegistrationState.Registered.class, alice.registration());
        assertEquals(4, one.requests(SipMethod.REGISTER).size(), "the transmissions of timer E up to then");
    }

    private static void challenge(Script server, Request request) {
        server.send(server.reply(request, 401, server.name)
            .set(HeaderName.WWW_AUTHENTICATE, "Digest realm=\"example.net\", nonce=\"of-" + server.name + "\", qop=\"auth\"").build());
    }

    private static String nonce(Request request) {
        return request.value(HeaderName.AUTHORIZATION).map(value -> value.replaceAll(".*[ ,]nonce=\"([^\"]*)\".*", "$1")).orElse("none");
    }

    /** Both ask for credentials of the same realm, each with its own nonce; the first has no time left to look at them. */
    @Test
    void aServerThatDiesAfterItsChallengeCosts5SecondsAndTheNextMayChallengeToo() {
        one.onRequest = request -> {
            if (nonce(request).equals("none")) {
                challenge(one, request);
            }
        };
        two.onRequest = request -> {
            if (nonce(request).equals("of-two")) {
                answer(two, request, 200);
            } else {
                challenge(two, request);
            }
        };
        alice.engine.register(alice.engine.addAccount(AccountSettings.builder(Uri.parse("sip:alice@example.net"))
            .credentials(Credentials.password("alice", "secret")).build(), lan.now), lan.now);
        lan.runFor(6 * SECOND);
        assertInstanceOf(RegistrationState.Registered.class, alice.registration(), alice.registration().toString());
        assertEquals(List.of("none", "of-two"), two.requests(SipMethod.REGISTER).stream().map(FailOverTest::nonce).toList());
    }

    @Test
    void theLastServerIsWaitedForUntilTimerF() {
        register();
        lan.runFor(36 * SECOND);
        assertInstanceOf(RegistrationState.Registering.class, alice.registration());
        lan.runFor(2 * SECOND);
        RegistrationState.Waiting waiting = assertInstanceOf(RegistrationState.Waiting.class, alice.registration());
        assertEquals("No answer from example.net (10.0.0.21:5060) within 32 s", waiting.cause().sentence());
    }

    @Test
    void theOnlyServerIsNotGivenUpOnEarly() {
        lan.dns = (name, type) -> name.equals("example.net") ? found("10.0.0.20") : new DnsAnswer.NoSuchName();
        one.onRequest = request -> lan.after(20 * SECOND, () -> answer(one, request, 200));
        register();
        lan.runFor(21 * SECOND);
        assertInstanceOf(RegistrationState.Registered.class, alice.registration());
    }

    @Test
    void aServerThatFailedIsTriedLastUntilItsTimeIsOver() {
        answering(two, 200);
        call();
        lan.runFor(6 * SECOND);
        long before = heard(one, SipMethod.INVITE);
        answering(one, 486);
        call();
        lan.runFor(SECOND);
        assertEquals(before, heard(one, SipMethod.INVITE), "the second call goes to the other at once");
        lan.runFor(30 * SECOND);
        long atRest = heard(one, SipMethod.INVITE);
        call();
        lan.runFor(SECOND);
        assertEquals(atRest + 1, heard(one, SipMethod.INVITE), "half a minute later it is the first again");
    }

    @Test
    void retryAfterOf503TellsForHowLong() {
        FailOver hasty = FailOver.DEFAULT.withReturnAfter(SECOND);
        one.onRequest = request -> {
            if (request.method().equals(SipMethod.REGISTER)) {
                one.send(one.reply(request, 503, "full").set(HeaderName.RETRY_AFTER, "120").build());
            }
        };
        answering(two, 200);
        register(hasty);
        lan.runFor(SECOND);
        assertInstanceOf(RegistrationState.Registered.class, alice.registration());
        lan.runFor(60 * SECOND);
        register(hasty);
        lan.runFor(SECOND);
        assertEquals(1, heard(one, SipMethod.REGISTER));
        lan.runFor(60 * SECOND);
        register(hasty);
        lan.runFor(SECOND);
        assertTrue(heard(one, SipMethod.REGISTER) > 1);
    }

    @Test
    void aLateAnswerCountsAsLongAsThereIsNoOther() {
        one.onRequest = request -> {
            if (one.requests(SipMethod.REGISTER).size() == 1) {
                lan.after(7 * SECOND, () -> one.send(alice.address, one.reply(request, 200, "one")
                    .setAll(HeaderName.CONTACT, request.values(HeaderName.CONTACT)).set(HeaderName.EXPIRES, "600").build()));
            }
        };
        register();
        lan.runFor(8 * SECOND);
        assertInstanceOf(RegistrationState.Registered.class, alice.registration());
        assertTrue(heard(two, SipMethod.REGISTER) > 0);
    }

    @Test
    void aCallThatMovedOnIsCancelledWhereItWasSilent() {
        answering(two, 200);
        one.onRequest = request -> {
            if (request.method().equals(SipMethod.CANCEL)) {
                answer(one, request, 200);
                one.send(one.reply(one.requests(SipMethod.INVITE).get(0), 487, "one").build());
            }
        };
        call();
        lan.runFor(6 * SECOND);
        assertEquals("two", Phone.mark(alice.last(SipEvent.Answered.class).remote().orElseThrow()));
        one.send(alice.address, one.reply(one.requests(SipMethod.INVITE).get(0), 180, "one").build());
        lan.runFor(SECOND);
        assertEquals(1, heard(one, SipMethod.CANCEL));
        assertEquals(1, heard(one, SipMethod.ACK), "of the 487");
        assertEquals(1, alice.all(SipEvent.Answered.class).size());
    }

    @Test
    void aLateAnswerToACallThatMovedOnIsHungUp() {
        answering(two, 200);
        call();
        lan.runFor(6 * SECOND);
        answer(one, one.requests(SipMethod.INVITE).get(0), 200);
        lan.runFor(SECOND);
        assertEquals(1, heard(one, SipMethod.ACK));
        assertEquals(1, heard(one, SipMethod.BYE));
        assertEquals(1, alice.all(SipEvent.Answered.class).size());
        assertEquals(0, heard(two, SipMethod.BYE));
        answering(one, 200);
    }

    @Test
    void aLateAnswerToACallWinsWhileTheOtherServerIsSilentTooWhichIsThenCancelled() {
        call();
        lan.runFor(6 * SECOND);
        answer(one, one.requests(SipMethod.INVITE).get(0), 200);
        lan.runFor(SECOND);
        assertEquals("one", Phone.mark(alice.last(SipEvent.Answered.class).remote().orElseThrow()));
        assertEquals(1, heard(one, SipMethod.ACK));
        answer(two, two.requests(SipMethod.INVITE).get(0), 180);
        lan.runFor(SECOND);
        assertEquals(1, heard(two, SipMethod.CANCEL));
        answering(one, 200);
    }

    @Test
    void hangingUpAfterMovingOnCancelsBoth() {
        SessionId call = call();
        lan.runFor(6 * SECOND);
        alice.engine.hangup(call, lan.now);
        answer(one, one.requests(SipMethod.INVITE).get(0), 180);
        answer(two, two.requests(SipMethod.INVITE).get(0), 180);
        lan.runFor(SECOND);
        assertEquals(1, heard(one, SipMethod.CANCEL));
        assertEquals(1, heard(two, SipMethod.CANCEL));
    }

    @Test
    void aServerThatRingsIsNotLeft() {
        one.onRequest = request -> {
            if (request.method().equals(SipMethod.INVITE)) {
                answer(one, request, 180);
                lan.after(60 * SECOND, () -> answer(one, request, 486));
            }
        };
        call();
        lan.runFor(61 * SECOND);
        assertEquals(0, heard(two, SipMethod.INVITE));
        assertEquals(1, alice.all(SipEvent.Ended.class).size());
    }

    @Test
    void bothFullIsReportedAsSuch() {
        answering(one, 503);
        answering(two, 503);
        call();
        lan.runFor(SECOND);
        assertEquals(1, heard(one, SipMethod.INVITE));
        assertEquals(1, heard(two, SipMethod.INVITE));
        assertEquals(1, alice.all(SipEvent.Ended.class).size());
    }
}
