package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallOptions;
import io.earshot.api.CallRecord;
import io.earshot.api.Failure;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.testkit.server.TestSipServer;
import java.net.DatagramSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How calls end, and what both sides read, through a proxy with digest authentication over loopback. */
@Timeout(30)
class CallOutcomesTest {
    private Rig rig;
    private Account alice;
    private Account bob;

    @BeforeEach
    void open() {
        rig = Rig.start(TestSipServer.builder().redirect("moved", "sip:bob@test"));
        alice = rig.registered("alice");
        bob = rig.registered("bob");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void anOrdinaryCallHasARecordOnBothSides() throws Exception {
        Rig.Talk talk = Rig.talk(alice, bob);
        assertEquals(talk.caller().callId(), talk.callee().callId());
        talk.caller().hangup();
        CallRecord ours = talk.caller().awaitEnd();
        CallRecord theirs = talk.callee().awaitEnd();
        assertTrue(ours.answered() && theirs.answered());
        assertEquals(CallEvent.Side.LOCAL, ours.endedBy());
        assertEquals(CallEvent.Side.REMOTE, theirs.endedBy());
        assertEquals(rig.server.uri("alice"), theirs.remote());
        assertEquals(List.of("Started", "Ringing", "MediaChanged", "Answered", "Ended"), Rig.story(talk.caller()));
        assertEquals(List.of("Started", "MediaChanged", "Answered", "Ended"), Rig.story(talk.callee()));
        assertEquals(Call.State.ENDED, talk.caller().state());
        assertEquals(List.of(), rig.phone().calls());
    }

    @Test
    void theCallIdIsKnownFromTheStart() throws Exception {
        BlockingQueue<IncomingCall> calls = Rig.ringing(bob);
        Call call = alice.dial("bob");
        String id = call.callId();
        assertFalse(id.isEmpty());
        assertEquals(id, Rig.next(calls).call().callId());
        call.hangup();
        assertEquals(id, call.awaitEnd().callId());
    }

    @Test
    void aMissingUserIsNotFound() {
        Failure.NotFound failure = Rig.failure(Failure.NotFound.class, () -> alice.dial("nobody").awaitAnswer());
        assertEquals(404, failure.status());
        assertEquals(rig.server.uri("nobody"), failure.target());
    }

    @Test
    void aUserWhoIsNotRegisteredIsUnavailable() {
        Failure.Unavailable failure = Rig.failure(Failure.Unavailable.class, () -> alice.dial("carol").awaitAnswer());
        assertEquals(480, failure.status());
    }

    static Stream<Arguments> refusals() {
        return Stream.of(Arguments.of(486, Failure.Busy.class), Arguments.of(600, Failure.Busy.class),
                Arguments.of(603, Failure.Declined.class), Arguments.of(403, Failure.Declined.class),
                Arguments.of(480, Failure.Unavailable.class), Arguments.of(488, Failure.MediaRefused.class),
                Arguments.of(500, Failure.Rejected.class));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalIsTypedByItsStatus(int status, Class<? extends Failure> type) throws Exception {
        BlockingQueue<IncomingCall> calls = Rig.ringing(bob);
        Call call = alice.dial("bob");
        IncomingCall incoming = Rig.next(calls);
        incoming.reject(status);
        Failure failure = Rig.failure(type, call::awaitAnswer);
        assertEquals(Optional.of(status), failure.sipStatus());
        CallRecord record = call.awaitEnd();
        assertEquals(status, record.status());
        assertEquals(CallEvent.Side.REMOTE, record.endedBy());
        CallRecord theirs = incoming.call().awaitEnd();
        assertEquals(status, theirs.status());
        assertEquals(CallEvent.Side.LOCAL, theirs.endedBy());
    }

    @Test
    void aRefusalMayCarryHeaders() throws Exception {
        BlockingQueue<IncomingCall> calls = Rig.ringing(bob);
        Call call = alice.dial("bob");
        Rig.next(calls).reject(503, Map.of("Retry-After", "7"));
        Failure.Rejected failure = Rig.failure(Failure.Rejected.class, call::awaitAnswer);
        assertTrue(failure.status() == 503 || failure.status() == 500, failure::sentence);
    }

    @Test
    void aCallWithoutAnybodyToTakeItIsUnavailable() {
        Failure.Unavailable failure = Rig.failure(Failure.Unavailable.class, () -> alice.dial("bob").awaitAnswer());
        assertEquals(480, failure.status());
    }

    @Test
    void headersOfInviteAndAnswerArrive() throws Exception {
        BlockingQueue<IncomingCall> calls = Rig.ringing(bob);
        Call call = alice.dial("bob", CallOptions.DEFAULT.withHeader("X-Ticket", "4711"));
        IncomingCall incoming = Rig.next(calls);
        assertEquals(Optional.of("4711"), incoming.header("X-Ticket"));
        assertEquals(Optional.empty(), incoming.header("X-None"));
        incoming.answer(CallOptions.DEFAULT.withHeader("X-Agent", "7"));
        call.awaitAnswer();
    }

    @Test
    void aRedirectIsFollowed() throws Exception {
        BlockingQueue<IncomingCall> calls = Rig.ringing(bob);
        Call call = alice.dial("moved", CallOptions.DEFAULT);
        // The contact names the server's domain, which only a server that knows it can resolve: it is the outbound proxy's business.
        Failure failure = Rig.failure(call::awaitAnswer);
        assertTrue(failure.sentence().contains("test"), failure::sentence);
        assertTrue(calls.isEmpty());
    }

    @Test
    void aRedirectThroughTheOutboundProxyReachesThePhone() throws Exception {
        String proxy = rig.server.uri("x").substring("sip:x@".length());
        Account carol = rig.phone().addAccount(rig.config("carol").withOutboundProxy(proxy));
        BlockingQueue<IncomingCall> calls = Rig.ringing(bob);
        Call call = carol.dial("moved");
        Rig.next(calls).answer();
        assertEquals(Call.State.ESTABLISHED, call.awaitAnswer().state());
    }

    @Test
    void aRedirectThatIsNotWantedEndsTheCall() throws Exception {
        Phone phone = rig.keep(Rig.builder().followRedirects(false).open());
        Account carol = phone.register(rig.config("carol"));
        Failure.Redirected failure = Rig.failure(Failure.Redirected.class, () -> carol.dial("moved").awaitAnswer());
        assertEquals(302, failure.status());
        assertEquals(List.of("sip:bob@test"), failure.contacts());
    }

    @Test
    void aCalleeCanSendTheCallerElsewhere() throws Exception {
        Account carol = rig.registered("carol");
        BlockingQueue<IncomingCall> calls = Rig.ringing(bob);
        BlockingQueue<IncomingCall> others = Rig.ringing(carol);
        Call call = alice.dial("bob");
        Rig.next(calls).redirect("carol");
        Rig.next(others).answer();
        assertEquals(Call.State.ESTABLISHED, call.awaitAnswer().state());
    }

    @Test
    void aCallerWhoGivesUpCancelsAndTheCalleeLearnsIt() throws Exception {
        BlockingQueue<IncomingCall> calls = Rig.ringing(bob);
        Call call = alice.dial("bob");
        IncomingCall incoming = Rig.next(calls);
        Rig.await(call, CallEvent.Ringing.class);
        call.hangup();
        call.hangup();
        Rig.failure(Failure.Cancelled.class, call::awaitAnswer);
        CallRecord record = incoming.call().awaitEnd();
        assertEquals(CallEvent.Side.REMOTE, record.endedBy());
        assertEquals(487, record.status());
        Rig.failure(Failure.Cancelled.class, incoming::answer);
    }

    @Test
    void aCallThatIsHungUpAtOnceNeverRings() {
        Call call = alice.dial("bob");
        call.hangup();
        assertEquals(CallEvent.Side.LOCAL, call.awaitEnd().endedBy());
    }

    @Test
    void aCalleeMayHangUpInsteadOfRefusing() throws Exception {
        BlockingQueue<IncomingCall> calls = Rig.ringing(bob);
        Call call = alice.dial("bob");
        IncomingCall incoming = Rig.next(calls);
        incoming.call().hangup();
        assertEquals(480, Rig.failure(Failure.Unavailable.class, call::awaitAnswer).status());
        assertEquals(480, incoming.call().awaitEnd().status());
    }

    @Test
    void ringingForTooLongEndsTheCall() throws Exception {
        BlockingQueue<IncomingCall> calls = Rig.ringing(bob);
        Call call = alice.dial("bob", CallOptions.DEFAULT.withRingTimeout(Duration.ofMillis(200)));
        IncomingCall incoming = Rig.next(calls);
        Failure.TimedOut failure = Rig.failure(Failure.TimedOut.class, call::awaitAnswer);
        assertEquals("Nobody answered at " + rig.server.uri("bob") + ".", failure.sentence());
        assertEquals(CallEvent.Side.REMOTE, incoming.call().awaitEnd().endedBy());
    }

    @Test
    void aPeerThatSaysNothingAtAllEndsTheCallInTime() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(Rig.ANY_PORT)) {
            Account carol = rig.keep(Rig.builder().closeTimeout(Duration.ofMillis(100)).open()).addAccount(rig.config("carol"));
            Call call = carol.dial("sip:x@127.0.0.1:" + silent.getLocalPort(),
                    CallOptions.DEFAULT.withRingTimeout(Duration.ofMillis(200)));
            Rig.failure(Failure.TimedOut.class, call::awaitAnswer);
        }
    }

    @Test
    void noCodecInCommonIsATypedFailureOnBothSides() throws Exception {
        Account carol = rig.keep(Rig.builder().codecs("PCMA").open()).register(rig.config("carol"));
        BlockingQueue<IncomingCall> calls = Rig.ringing(carol);
        Call call = alice.dial("carol", CallOptions.DEFAULT.withCodecs("PCMU"));
        IncomingCall incoming = Rig.next(calls);
        Failure.MediaRefused here = Rig.failure(Failure.MediaRefused.class, incoming::answer);
        assertEquals(488, here.status());
        assertEquals(488, Rig.failure(Failure.MediaRefused.class, call::awaitAnswer).status());
        assertEquals(488, incoming.call().awaitEnd().status());
    }

    @Test
    void offerlessInvitesAreAnsweredFromEitherSide() throws Exception {
        Rig.Talk talk = Rig.talk(alice, bob, CallOptions.DEFAULT.withoutOffer());
        assertEquals(List.of("Started", "Ringing", "MediaChanged", "Answered", "Ended"),
                hungUp(talk.caller()));
        assertEquals(List.of("Started", "Answered", "MediaChanged", "Ended"), Rig.story(talk.callee()));
    }

    private static List<String> hungUp(Call call) {
        call.hangup();
        return Rig.story(call);
    }

    @Test
    void anOfferlessInviteWithoutCommonCodecFailsOnBothSides() throws Exception {
        Account carol = rig.keep(Rig.builder().codecs("PCMA").open()).register(rig.config("carol"));
        BlockingQueue<IncomingCall> calls = Rig.ringing(carol);
        Call call = alice.dial("carol", CallOptions.DEFAULT.withCodecs("PCMU").withoutOffer());
        IncomingCall incoming = Rig.next(calls);
        Call theirs = incoming.answerAsync(CallOptions.DEFAULT);
        Rig.failure(Failure.MediaRefused.class, call::awaitAnswer);
        assertInstanceOf(CallRecord.class, theirs.awaitEnd());
    }

    @Test
    void decidingTwiceIsAClearError() throws Exception {
        BlockingQueue<IncomingCall> calls = Rig.ringing(bob);
        Call call = alice.dial("bob");
        IncomingCall incoming = Rig.next(calls);
        Rig.failure(Failure.NoProvider.class, () -> incoming.answer(CallOptions.DEFAULT.withCodecs("OPUS")));
        Rig.failure(Failure.BadArgument.class, () -> incoming.reject(200));
        incoming.answer();
        call.awaitAnswer();
        String twice = "This call was already answered, rejected or redirected.";
        assertEquals(twice, Rig.failure(Failure.BadArgument.class, incoming::answer).sentence());
        assertEquals(twice, Rig.failure(Failure.BadArgument.class, incoming::reject).sentence());
        assertEquals(twice, Rig.failure(Failure.BadArgument.class, () -> incoming.redirect("carol")).sentence());
        assertEquals(Call.State.ESTABLISHED, call.state());
    }

    @Test
    void holdingACallThatIsNotEstablishedFails() throws Exception {
        BlockingQueue<IncomingCall> calls = Rig.ringing(bob);
        Call call = alice.dial("bob");
        Rig.next(calls);
        Rig.failure(Failure.BadArgument.class, call::hold);
        call.hangup();
        call.awaitEnd();
        Failure.BadArgument late = Rig.failure(Failure.BadArgument.class, call::resume);
        assertEquals("Only an established call can be held or resumed; this one is ended.", late.sentence());
    }
}
