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
import io.earshot.api.PhoneEvent;
import io.earshot.api.calls.AutoAnswer;
import io.earshot.api.calls.CallDetails;
import io.earshot.api.calls.CallHeaders;
import io.earshot.api.calls.CallLimits;
import io.earshot.api.calls.CallReason;
import io.earshot.api.calls.CallRules;
import io.earshot.api.calls.Dialling;
import io.earshot.api.calls.Diversion;
import io.earshot.api.calls.Forwarding;
import io.earshot.api.calls.Identity;
import io.earshot.api.calls.Presentation;
import io.earshot.api.calls.Redialling;
import io.earshot.api.calls.Screening;
import io.earshot.api.calls.UserToUser;
import io.earshot.api.raw.SipReply;
import io.earshot.api.raw.SipRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules and headers of calls, from phone to phone over loopback. */
@Timeout(30)
class CallRulesTest {
    private Rig rig;
    private Phone alices;
    private Phone bobs;
    private Account alice;
    private Account bob;
    private BlockingQueue<IncomingCall> atBob;

    @BeforeEach
    void open() {
        rig = Rig.start();
        alices = rig.phone();
        bobs = rig.phone();
        alice = alices.register(rig.config("alice"));
        bob = bobs.register(rig.config("bob"));
        atBob = Rig.ringing(bob);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void bobRules(CallRules rules) {
        bobs.callRules(rules);
    }

    @Test
    void b064DoNotDisturbAnswersWithoutRinging() throws Exception {
        BlockingQueue<PhoneEvent> told = new LinkedBlockingQueue<>();
        bobs.onEvent(event -> {
            if (event instanceof PhoneEvent.CallHandled) {
                told.add(event);
            }
        });
        bobRules(CallRules.NONE.with(Screening.NONE.withDoNotDisturb(Screening.DoNotDisturb.UNAVAILABLE)));
        Failure failure = Rig.failure(Failure.Unavailable.class, () -> alice.dial("bob").awaitAnswer());
        assertEquals(Optional.of(480), failure.sipStatus());
        assertTrue(atBob.isEmpty());
        Rig.take(told);
        assertTrue(told.isEmpty());
    }

    @Test
    void b066ForwardingAlwaysTakesTheCallerThere() throws Exception {
        Account carol = rig.registered("carol");
        BlockingQueue<IncomingCall> atCarol = Rig.ringing(carol);
        bobRules(CallRules.NONE.with(Forwarding.NONE.withAlways("carol")));
        Call call = alice.dial("bob");
        IncomingCall forwarded = Rig.next(atCarol);
        forwarded.answer();
        call.awaitAnswer();
        assertEquals(rig.server.uri("carol"), forwarded.called().replaceFirst("sip:carol@.*", rig.server.uri("carol")));
        call.hangup();
    }

    @Test
    @Tag("rfc5806")
    @Tag("rfc7044")
    void b067ARedirectSaysWhoDidIt() throws Exception {
        Phone plain = rig.keep(Rig.builder().followRedirects(false).open());
        Account caller = plain.addAccount(io.earshot.api.AccountConfig.of("sip:caller@127.0.0.1"));
        String direct = "sip:bob@" + bobs.listeningOn().get(0).split(" ")[1];
        Call call = caller.dial(direct);
        Rig.next(atBob).redirect("carol");
        Failure.Redirected moved = Rig.failure(Failure.Redirected.class, call::awaitAnswer);
        assertEquals(List.of(rig.server.uri("carol")), moved.contacts());
        call.awaitEnd();
        CallDetails said = call.details();
        assertEquals(List.of(new Diversion(rig.server.uri("bob"), "", "deflection", 1)), said.diversions());
        assertEquals(List.of(rig.server.uri("bob"), rig.server.uri("carol")), said.history());
    }

    @Test
    void b065ForwardingWhenNobodyAnswersWaitsFirst() throws Exception {
        Account carol = rig.registered("carol");
        BlockingQueue<IncomingCall> atCarol = Rig.ringing(carol);
        bobRules(CallRules.NONE.with(Forwarding.NONE.withOnNoAnswer("carol", Duration.ofMillis(200))));
        Call call = alice.dial("bob");
        Rig.next(atBob);
        Rig.next(atCarol).answer();
        assertEquals(Call.State.ESTABLISHED, call.awaitAnswer().state());
        call.hangup();
    }

    @Test
    void b063ACallIsAnsweredByItselfAndTheHandlersAnswerChangesNothing() throws Exception {
        bobRules(CallRules.NONE.with(AutoAnswer.after(Duration.ofMillis(100))));
        Call call = alice.dial("bob").awaitAnswer();
        IncomingCall incoming = Rig.next(atBob);
        assertEquals(Call.State.ESTABLISHED, incoming.answer().state());
        call.hangup();
    }

    @Test
    @Tag("rfc5373")
    void b063TheServersHeadersAreObeyed() throws Exception {
        bobRules(CallRules.NONE.with(AutoAnswer.NEVER.onRequestOf(AutoAnswer.OnRequest.TRUSTED)));
        Call call = alice.dial("bob", CallOptions.DEFAULT.with(CallHeaders.autoAnswer(Duration.ZERO))).awaitAnswer();
        assertEquals("Call-Info", Rig.next(atBob).details().answerMode().orElseThrow().header());
        call.hangup();
    }

    @Test
    void b069TheLimitHoldsForCallsInAndOut() throws Exception {
        bobRules(CallRules.NONE.with(CallLimits.NONE.withMostCalls(1)));
        Call call = alice.dial("bob");
        Rig.next(atBob).answer();
        call.awaitAnswer();
        Account carol = rig.registered("carol");
        assertEquals(Optional.of(486), Rig.failure(Failure.Busy.class, () -> carol.dial("bob").awaitAnswer()).sipStatus());
        Failure refused = Rig.failure(Failure.Forbidden.class, () -> bob.dial("carol").awaitAnswer());
        assertEquals("There are 1 calls already, the most is 1.", refused.sentence());
        assertEquals(Call.State.ESTABLISHED, call.state());
        call.hangup();
    }

    @Test
    void b070TheSameNumberIsNotCalledTwiceAtOnce() {
        alices.callRules(CallRules.NONE.with(Dialling.PLAIN.withSameNumber(Dialling.SameNumber.NOT_AT_ONCE)));
        Call first = alice.dial("bob");
        Failure refused = Rig.failure(Failure.Forbidden.class, () -> alice.dial("bob").awaitAnswer());
        assertTrue(refused.sentence().endsWith("was called less than 6 s ago."), refused.sentence());
        first.hangup();
    }

    @Test
    void b045CallsWaitForARegistrationWhenAskedTo() {
        alices.callRules(CallRules.NONE.with(Dialling.PLAIN.withRegisteredOnly()));
        alice.unregister();
        Failure refused = Rig.failure(Failure.Forbidden.class, () -> alice.dial("bob").awaitAnswer());
        assertTrue(refused.sentence().contains("is not registered"), refused.sentence());
    }

    @Test
    void b057RedialCallsTheLastNumber() throws Exception {
        assertEquals("There is no number to redial: nothing has been called yet.", Rig.failure(() -> alice.redial()).sentence());
        alice.dial("bob").hangup();
        Call again = alice.redial();
        assertEquals(rig.server.uri("bob"), again.remote().address());
        again.hangup();
    }

    @Test
    void b059OtherDomainsNeedLeave() {
        alices.callRules(CallRules.NONE.with(Dialling.PLAIN.withDirectCalls(Dialling.DirectCalls.IP_ADDRESSES)));
        Failure refused = Rig.failure(Failure.Forbidden.class, () -> alice.dial("sip:bob@elsewhere.example"));
        assertTrue(refused.sentence().contains("elsewhere.example"), refused.sentence());
    }

    @Test
    void b068CallsAreAnsweredAndTransferredForServersWithoutRedirection() throws Exception {
        BlockingQueue<IncomingCall> atCarol = Rig.ringing(rig.registered("carol"));
        bobRules(CallRules.NONE.with(Forwarding.NONE.withTransferAlways("carol")));
        Call call = alice.dial("bob").awaitAnswer();
        Call carols = Rig.next(atCarol).answer();
        assertEquals(200, call.awaitEnd().status());
        assertEquals(Call.State.ESTABLISHED, call.replacedBy().orElseThrow().awaitAnswer().state());
        assertEquals(Call.State.ESTABLISHED, carols.state());
        assertTrue(atBob.isEmpty(), "the program was asked");
    }

    @Test
    void b068ACallerThatCannotBeTransferredIsHungUpOnAndToldWhy() throws Exception {
        BlockingQueue<Call> handled = new LinkedBlockingQueue<>();
        bobs.onEvent(event -> {
            if (event instanceof PhoneEvent.CallHandled one) {
                handled.add(one.call());
            }
        });
        bobRules(CallRules.NONE.with(Forwarding.NONE.withTransferAlways("nobody")));
        Call call = alice.dial("bob").awaitAnswer();
        assertEquals("The call could not be transferred to " + rig.server.uri("nobody") + ": The server does not know "
                + rig.server.uri("nobody") + " (404 Not Found).", Rig.take(handled).awaitEnd().reason());
        assertTrue(call.awaitEnd().answered());
    }

    @Test
    void b068ATargetThatLeadsBackRings() throws Exception {
        bobRules(CallRules.NONE.with(Forwarding.NONE.withTransferAlways("bob")));
        Call call = alice.dial("bob").awaitAnswer();
        Rig.next(atBob).answer();
        call.awaitEnd();
        assertEquals(Call.State.ESTABLISHED, call.replacedBy().orElseThrow().awaitAnswer().state());
    }

    @Test
    void b058DigitsBehindTheCommaAreSentAfterTheAnswer() throws Exception {
        Call call = alice.dial("bob,45,6#");
        Call bobs = Rig.next(atBob).answer();
        List<CallEvent.Dtmf> keys = new ArrayList<>();
        for (CallEvent event : bobs.events()) {
            if (event instanceof CallEvent.Dtmf key) {
                keys.add(key);
            }
            if (keys.size() == 4) {
                break;
            }
        }
        assertEquals("456#", keys.stream().map(key -> String.valueOf(key.key())).collect(Collectors.joining()));
        Duration pause = Duration.between(keys.get(1).header().time(), keys.get(2).header().time());
        assertTrue(pause.toMillis() >= 2000, () -> "the comma was a pause of " + pause);
        call.hangup();
    }

    @Test
    void b058DigitsBehindTheCommaAreKeptForLater() {
        Call call = alice.dial("123,456#");
        assertEquals("456#", call.postDial());
        assertTrue(call.remote().address().startsWith("sip:123@"));
        call.hangup();
    }

    @Test
    void b074ALongCallIsEnded() throws Exception {
        alices.callRules(CallRules.NONE.with(CallLimits.NONE.withLongestCall(Duration.ofMillis(300))));
        Call call = alice.dial("bob");
        Rig.next(atBob).answer();
        CallRecord record = call.awaitEnd();
        assertTrue(record.answered());
        assertTrue(record.reason().startsWith("The call was ended after its longest time"), record.reason());
    }

    @Test
    void b073AnotherCodecIsTriedWhenNoneIsInCommon() throws Exception {
        alices.callRules(CallRules.NONE.with(Redialling.ALWAYS));
        Call call = alice.dial("bob", CallOptions.DEFAULT.withCodecs("PCMA"));
        Rig.next(atBob).answerAsync(CallOptions.DEFAULT.withCodecs("PCMU"));
        Rig.next(atBob).answerAsync(CallOptions.DEFAULT.withCodecs("PCMU"));
        assertEquals(Call.State.ESTABLISHED, call.awaitAnswer().state());
        call.hangup();
    }

    @Test
    void b072ARefusalThatMayPassIsTriedOnceMore() throws Exception {
        alices.callRules(CallRules.NONE.with(Redialling.ALWAYS));
        Call call = alice.dial("bob");
        Rig.next(atBob).reject(500);
        Rig.next(atBob).reject(500);
        assertEquals(Optional.of(500), Rig.failure(call::awaitAnswer).sipStatus());
        assertTrue(atBob.isEmpty());
        alices.callRules(CallRules.NONE);
        Call once = alice.dial("bob");
        Rig.next(atBob).reject(500);
        assertEquals(Optional.of(500), Rig.failure(once::awaitAnswer).sipStatus());
    }

    @Test
    @Tag("rfc7433")
    @Tag("rfc3326")
    void headersGoBothWays() throws Exception {
        Call call = alice.dial("bob", CallOptions.DEFAULT.with(UserToUser.of("order 7")).with(CallHeaders.subject("Lunch"))
                .with(CallHeaders.priority(CallHeaders.Priority.NON_URGENT)).with(Diversion.of("sip:dave@x", "no-answer"))
                .with(Diversion.of("sip:erin@x", "user-busy")).withHeader("X-Order", "7"));
        IncomingCall incoming = Rig.next(atBob);
        CallDetails said = incoming.details();
        assertEquals("order 7", new String(said.userToUser().get(0).bytes(), java.nio.charset.StandardCharsets.UTF_8));
        assertEquals("Lunch", said.subject());
        assertEquals("non-urgent", said.priority());
        assertEquals(List.of("sip:dave@x", "sip:erin@x"), said.diversions().stream().map(Diversion::address).toList());
        assertEquals(Optional.of("7"), said.header("x-order"));
        incoming.call().headers(Map.of("X-Reply", "yes"));
        incoming.answer();
        call.awaitAnswer();
        assertEquals(Optional.of("yes"), call.details().header("X-Reply"));
        call.hangup(CallReason.q850(16, "done"));
        incoming.call().awaitEnd();
        assertEquals(List.of(CallReason.q850(16, "done")), incoming.call().details().reasons());
    }

    @Test
    @Tag("rfc3326")
    void aCallTakenElsewhereIsNoMissedCall() throws Exception {
        Call call = alice.dial("sip:bob@" + bobs.listeningOn().get(0).split(" ")[1]);
        Call ringing = Rig.next(atBob).call();
        call.hangup(CallReason.answeredElsewhere());
        ringing.awaitEnd();
        assertTrue(ringing.details().isAnsweredElsewhere());
    }

    @Test
    @Tag("rfc3323")
    @Tag("rfc3325")
    void aHiddenNumberIsForTheServerAlone() throws Exception {
        String direct = "sip:bob@" + bobs.listeningOn().get(0).split(" ")[1];
        Call call = alice.dial(direct, CallOptions.DEFAULT.withPresentation(Presentation.ACCOUNT.withHidden()));
        IncomingCall incoming = Rig.next(atBob);
        assertEquals("sip:anonymous@anonymous.invalid", incoming.caller().address());
        assertTrue(incoming.details().anonymous());
        assertEquals(Optional.of("id"), incoming.details().header("Privacy"));
        assertTrue(incoming.details().header("P-Preferred-Identity").orElse("").contains("alice@"));
        call.hangup();
    }

    @Test
    void b064CallsForSomebodyElseAreRefusedWhereTheRulesWantIt() throws Exception {
        bobs.callRules(CallRules.NONE.with(Screening.NONE.withTargetCheck(Screening.TargetCheck.USER)));
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        bobs.onEvent(event -> {
            if (event instanceof PhoneEvent.Notice notice) {
                told.add(notice.text());
            }
        });
        String address = bobs.listeningOn().get(0).split(" ")[1];
        assertEquals(Optional.of(404), Rig.failure(() -> alice.dial("sip:somebody@" + address).awaitAnswer()).sipStatus());
        String notice = Rig.take(told);
        assertTrue(notice.contains("INVITE for sip:somebody@"), notice);
        assertTrue(bobs.calls().isEmpty());
        alice.dial("sip:bob@" + address);
        Rig.next(atBob).reject(486);
    }

    @Test
    @Tag("rfc3325")
    void assertionsOfStrangersAreNotBelieved() throws Exception {
        Phone trunk = rig.phone();
        Account caller = trunk.addAccount(io.earshot.api.AccountConfig.of("sip:trunk@127.0.0.1"));
        CallOptions asserting = CallOptions.DEFAULT.withPresentation(
                Presentation.ACCOUNT.withNumber("555").in(Presentation.Place.ASSERTED));
        Phone strict = rig.phone();
        Account nobody = strict.addAccount(io.earshot.api.AccountConfig.of("sip:desk@127.0.0.1"));
        Phone trusting = rig.phone();
        Account believer = trusting.addAccount(io.earshot.api.AccountConfig.of("sip:desk@127.0.0.1")
                .withIdentity(Identity.PLAIN.withTrusted("127.0.0.1")));
        BlockingQueue<IncomingCall> atStrict = Rig.ringing(nobody);
        BlockingQueue<IncomingCall> atTrusting = Rig.ringing(believer);
        Call one = caller.dial("sip:desk@" + strict.listeningOn().get(0).split(" ")[1], asserting);
        assertEquals(Optional.empty(), Rig.next(atStrict).details().asserted());
        Call two = caller.dial("sip:desk@" + trusting.listeningOn().get(0).split(" ")[1], asserting);
        assertEquals("sip:555@127.0.0.1", Rig.next(atTrusting).details().caller().address());
        one.hangup();
        two.hangup();
    }

    @Test
    void aRequestOfOnesOwnIsAnsweredByTheOtherProgram() throws Exception {
        bobs.raw().accept("FOO", request -> new SipReply(202, Map.of("X-Got", request.body()), "", ""));
        String direct = "sip:bob@" + bobs.listeningOn().get(0).split(" ")[1];
        var answer = alices.raw().send(alice, direct, SipRequest.of("FOO").withBody("text/plain", "hello")).get();
        assertEquals(202, answer.status());
        assertEquals(Optional.of("hello"), answer.header("x-got"));
        bobs.raw().ignore("FOO");
        assertEquals(501, alices.raw().send(alice, direct, SipRequest.of("FOO")).get().status());
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertEquals("The method 'F O' is no SIP method: write one word as OPTIONS.",
                sentence(() -> alices.raw().send(alice, "bob", SipRequest.of("F O"))));
        assertEquals("The request cannot be sent: BYE is part of calls or registrations, which send it themselves.",
                sentence(() -> alices.raw().send(alice, "bob", SipRequest.of("BYE"))));
        assertEquals("Requests of this method cannot be taken: INVITE is handled by the engine itself.",
                sentence(() -> alices.raw().accept("INVITE", request -> SipReply.of(200))));
        assertEquals("The call rules cannot be used: the rewrite rule '07' is not of the form from;to;minlength;maxlength.",
                sentence(() -> alices.callRules(CallRules.NONE.with(Dialling.PLAIN.withRewriteRules("07")))));
        assertEquals("The trusted peer 'pbx' is no IP address: write one as 192.0.2.1.",
                sentence(() -> alices.addAccount(rig.config("alice").withIdentity(Identity.PLAIN.withTrusted("pbx")))));
        assertInstanceOf(Failure.BadArgument.class, Rig.failure(() -> alices.callRules(CallRules.NONE.with(
                Dialling.PLAIN.withAdvancedRules("x")))));
        assertFalse(alices.callRules().dialling().registeredOnly());
    }

    private static String sentence(org.junit.jupiter.api.function.Executable action) {
        String text = Rig.failure(action).sentence();
        return text.endsWith(".") ? text : text + ".";
    }
}
