package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallExtensions;
import io.earshot.api.CallOptions;
import io.earshot.api.Failure;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.Reliability;
import io.earshot.api.SessionTimers;
import io.earshot.api.calls.CallDetails;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reliable ringing and session timers as programs use them. */
@Timeout(30)
class CallExtensionsTest {
    private Rig rig;

    @BeforeEach
    void start() {
        rig = Rig.start();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Account registered(String user, Reliability ringing, SessionTimers timers) {
        return rig.keep(Rig.builder().reliability(ringing).sessionTimers(timers).open()).register(rig.config(user));
    }

    private Account registered(String user, Reliability ringing) {
        return registered(user, ringing, SessionTimers.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({"NEVER, NEVER", "NEVER, SUPPORTED", "SUPPORTED, NEVER", "SUPPORTED, SUPPORTED", "SUPPORTED, REQUIRED",
        "REQUIRED, SUPPORTED", "REQUIRED, REQUIRED"})
    @Tag("rfc3262")
    void phonesThatAgreeTalk(Reliability caller, Reliability callee) throws Exception {
        Account alice = registered("alice", caller);
        Rig.Talk talk = Rig.talk(alice, registered("bob", callee));
        assertTrue(Rig.story(ended(talk.caller())).contains("Ringing"));
    }

    private static Call ended(Call call) {
        call.hangup();
        call.awaitEnd();
        return call;
    }

    @ParameterizedTest
    @CsvSource({"NEVER, REQUIRED, 421", "REQUIRED, NEVER, 420"})
    @Tag("rfc3262")
    void phonesThatDoNotAgreeSayWhy(Reliability caller, Reliability callee, int status) {
        Account bob = registered("bob", callee);
        BlockingQueue<IncomingCall> calls = Rig.ringing(bob);
        Call call = registered("alice", caller).dial(bob.address());
        assertEquals(status, call.awaitEnd().status());
        assertTrue(calls.isEmpty());
    }

    /** Two accounts of one phone, each with its own ideas. */
    @Test
    @Tag("rfc3262")
    @Tag("rfc4028")
    void anAccountMayDifferFromItsPhone() throws Exception {
        Phone phone = rig.keep(Rig.builder().reliability(Reliability.NEVER).sessionTimers(SessionTimers.OFF).open());
        Account strict = phone.register(rig.config("alice").withExtensions(CallExtensions.OF_PHONE.withReliability(Reliability.REQUIRED)
                .withSessionTimers(SessionTimers.DEFAULT)));
        Account plain = phone.register(rig.config("carol"));
        BlockingQueue<IncomingCall> atBob = Rig.ringing(registered("bob", Reliability.SUPPORTED));
        strict.dial("bob");
        CallDetails asked = Rig.next(atBob).details();
        assertEquals(Optional.of("100rel"), asked.header("Require"));
        assertTrue(asked.headers().get("Supported").contains("timer") && asked.header("Session-Expires").isPresent(), asked::toString);
        plain.dial("bob");
        CallDetails simple = Rig.next(atBob).details();
        assertEquals(Optional.empty(), simple.header("Require"));
        assertTrue(Collections.disjoint(simple.headers().get("Supported"), List.of("100rel", "timer")), simple::toString);
        assertEquals(Optional.empty(), simple.header("Session-Expires"));
    }

    @Test
    @Tag("rfc3262")
    void aCallWithoutOfferTalksToo() throws Exception {
        Account alice = registered("alice", Reliability.REQUIRED);
        Rig.Talk talk = Rig.talk(alice, registered("bob", Reliability.REQUIRED), CallOptions.DEFAULT.withoutOffer());
        assertTrue(Rig.await(talk.caller(), CallEvent.MediaChanged.class).sending());
    }

    @Test
    @Tag("rfc4028")
    void aCallIsRefreshedAndLivesLongerThanItsTimer() throws Exception {
        SessionTimers brief = SessionTimers.DEFAULT.withMinimum(Duration.ofSeconds(2)).withExpires(Duration.ofSeconds(2));
        Account alice = registered("alice", Reliability.NEVER, brief);
        Rig.Talk talk = Rig.talk(alice, registered("bob", Reliability.NEVER, brief));
        Rig.await(talk.caller(), CallEvent.Quality.class); // after 5 s
        assertEquals(Call.State.ESTABLISHED, talk.caller().state());
        assertEquals(Optional.empty(), failureOf(talk.callee()));
        assertFalse(Rig.story(ended(talk.caller())).contains("Warning"));
    }

    private static Optional<Failure> failureOf(Call call) {
        return call.ended().isDone() ? Optional.of(new Failure.Cancelled("ended")) : Optional.empty();
    }

    @Test
    void timersOutOfRangeSaySo() {
        assertEquals("session timers must expire after 90 s (the minimum) to 24 h, not after 60 s",
                assertThrows(IllegalArgumentException.class, () -> SessionTimers.DEFAULT.withExpires(Duration.ofSeconds(60))).getMessage());
        assertEquals("the minimum of session timers must be 1 s or more, not 0 s; RFC 4028 wants 90 s",
                assertThrows(IllegalArgumentException.class, () -> SessionTimers.DEFAULT.withMinimum(Duration.ZERO)).getMessage());
    }
}
