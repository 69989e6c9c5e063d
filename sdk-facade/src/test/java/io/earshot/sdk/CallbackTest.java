package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.Failure;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.PhoneEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The API called from its own callbacks, and callbacks that fail. */
@Timeout(30)
class CallbackTest {
    private Rig rig;
    private Account alice;
    private Account bob;

    @BeforeEach
    void open() {
        rig = Rig.start();
        alice = rig.registered("alice");
        bob = rig.registered("bob");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aWholeCallIsLedFromCallbacks() throws Exception {
        CompletableFuture<List<String>> done = new CompletableFuture<>();
        List<String> steps = new ArrayList<>();
        bob.onCall(IncomingCall::answer);
        Call call = alice.dial("bob");
        call.onEvent(event -> {
            if (event instanceof CallEvent.Answered) {
                call.hold();
                steps.add("held");
                call.resume();
                steps.add("resumed");
                steps.add(alice.state().getClass().getSimpleName());
                call.hangup();
            } else if (event instanceof CallEvent.Ended) {
                call.awaitEnd();
                steps.add("ended");
                done.complete(steps);
            }
        });
        assertEquals(List.of("held", "resumed", "Registered", "ended"), done.get(20, TimeUnit.SECONDS));
    }

    @Test
    void everyCallbackMayCallEverythingOfThePhone() throws Exception {
        Phone phone = rig.phone();
        Account carol = phone.register(rig.config("carol"));
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        phone.onEvent(event -> seen.add(phone.calls().size() + " " + phone.accounts().size() + " " + phone.listeningOn().size()
                + " " + phone.bridge().ports().isEmpty() + " " + event.getClass().getSimpleName()));
        carol.onCall(incoming -> {
            phone.calls();
            incoming.call().audio().record(java.nio.file.Path.of("no-such-folder", "x.wav"));
        });
        Call call = alice.dial("carol");
        Failure failure = Rig.failure(call::awaitAnswer);
        assertEquals(500, failure.sipStatus().orElse(0));
        for (String line = Rig.take(seen); !line.endsWith("InCall"); ) {
            line = Rig.take(seen);
        }
    }

    @Test
    void theFutureOfAnAnswerMayHangUp() throws Exception {
        bob.onCall(IncomingCall::answer);
        Call call = alice.dial("bob");
        CompletableFuture<CallEvent.Side> side = call.answered().thenApply(answered -> {
            answered.hangup();
            return answered.awaitEnd().endedBy();
        });
        assertEquals(CallEvent.Side.LOCAL, side.get(10, TimeUnit.SECONDS));
    }

    @Test
    void aPhoneMayBeClosedFromItsOwnCallback() throws Exception {
        Phone phone = rig.phone();
        Account carol = phone.register(rig.config("carol"));
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        carol.onCall(incoming -> {
            phone.close();
            closed.complete(true);
        });
        Call call = alice.dial("carol");
        assertTrue(closed.get(10, TimeUnit.SECONDS));
        Rig.failure(call::awaitAnswer);
        assertEquals(List.of(), rig.server.bindings("carol"));
    }

    @Test
    void aHandlerThatFailsRefusesTheCallAndTheNextOneWorks() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        bob.onCall(incoming -> {
            if (calls.getAndIncrement() == 0) {
                throw new AssertionError("the test's own defect");
            }
            incoming.answer();
        });
        Failure.Rejected failure = Rig.failure(Failure.Rejected.class, () -> alice.dial("bob").awaitAnswer());
        assertEquals(500, failure.status());
        assertEquals(Call.State.ESTABLISHED, alice.dial("bob").awaitAnswer().state());
    }

    @Test
    void aListenerThatFailsMissesNothingLaterAndHarmsNoOther() throws Exception {
        ConcurrentLinkedQueue<String> first = new ConcurrentLinkedQueue<>();
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Phone phone = rig.phone();
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        phone.onEvent(event -> {
            throw new IllegalStateException("the test's own defect");
        });
        phone.onEvent(event -> told.complete(event instanceof PhoneEvent.RegistrationChanged));
        Account carol = phone.register(rig.config("carol"));
        assertTrue(told.get(5, TimeUnit.SECONDS));
        bob.onCall(IncomingCall::answer);
        Call call = carol.dial("bob");
        call.onEvent(event -> {
            first.add(event.getClass().getSimpleName());
            if (event instanceof CallEvent.Ended) {
                ended.complete(true);
            }
            throw new AssertionError("the test's own defect");
        });
        call.awaitAnswer().hangup();
        assertTrue(ended.get(5, TimeUnit.SECONDS));
        assertEquals(Rig.story(call), List.copyOf(first));
    }

    @Test
    void eventsAreNumberedFromOneWithoutGaps() throws Exception {
        bob.onCall(IncomingCall::answer);
        Call call = alice.dial("bob");
        call.awaitAnswer().hangup();
        long expected = 1;
        for (CallEvent event : call.events()) {
            assertEquals(expected++, event.header().sequence());
            assertEquals(call.id(), event.header().call());
        }
    }

    @Test
    void thePhoneTellsTheEventsOfACallInItsOrder() throws Exception {
        Phone phone = rig.phone();
        Account carol = phone.register(rig.config("carol"));
        List<String> told = new ArrayList<>();
        CompletableFuture<List<String>> done = new CompletableFuture<>();
        phone.onEvent(event -> {
            if (event instanceof PhoneEvent.InCall in) {
                told.add(in.event().getClass().getSimpleName());
                if (in.event() instanceof CallEvent.Ended) {
                    done.complete(told);
                }
            }
        });
        bob.onCall(IncomingCall::answer);
        Call call = carol.dial("bob");
        call.awaitAnswer().hangup();
        assertEquals(Rig.story(call), done.get(5, TimeUnit.SECONDS));
    }
}
