package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.PhoneEvent;
import io.earshot.api.chat.MessageEvent;
import io.earshot.api.raw.SipReply;
import io.earshot.api.raw.SipRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners that block, throw or call back, beside others that must not notice. */
@Timeout(30)
class ListenerTest {
    private final CountDownLatch released = new CountDownLatch(1);
    private Rig rig;
    private Phone phone;
    private Account alice;
    private Account bob;

    @BeforeEach
    void open() {
        rig = Rig.start();
        phone = rig.phone();
        alice = phone.register(rig.config("alice"));
        bob = rig.registered("bob");
    }

    @AfterEach
    void close() {
        released.countDown();
        rig.close();
    }

    /** Blocks at its first event until it is released, then notes all events in order. */
    private <T> Consumer<T> blocking(List<T> seen, CountDownLatch entered) {
        return event -> {
            entered.countDown();
            try {
                released.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            seen.add(event);
        };
    }

    @Test
    void aListenerThatBlocksHoldsUpNeitherTheCallNorOthersAndMissesNothing() throws Exception {
        List<PhoneEvent> late = Collections.synchronizedList(new ArrayList<>());
        List<CallEvent> lateInCall = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch entered = new CountDownLatch(2);
        BlockingQueue<PhoneEvent> others = new LinkedBlockingQueue<>();
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        phone.onEvent(blocking(late, entered));
        phone.onEvent(others::add);
        bob.onCall(IncomingCall::answer);
        Call call = alice.dial("bob");
        call.onEvent(blocking(lateInCall, entered));
        call.onEvent(event -> ended.complete(event instanceof CallEvent.Ended || ended.isDone()));
        assertTrue(entered.await(10, TimeUnit.SECONDS));
        call.awaitAnswer();
        call.hold();
        call.hangup();
        call.awaitEnd();
        List<PhoneEvent> told = new ArrayList<>();
        do {
            told.add(Rig.take(others));
        } while (!(told.get(told.size() - 1) instanceof PhoneEvent.InCall in && in.event() instanceof CallEvent.Ended));
        assertEquals(List.of(), late);
        assertEquals(List.of(), lateInCall);
        CompletableFuture<Boolean> all = new CompletableFuture<>();
        released.countDown();
        call.onEvent(event -> {
            if (event instanceof CallEvent.Ended) {
                all.complete(true);
            }
        });
        assertTrue(all.get(10, TimeUnit.SECONDS));
        while (late.size() < told.size() || lateInCall.size() < Rig.story(call).size()) {
            Thread.onSpinWait();
        }
        assertEquals(told, List.copyOf(late));
    }

    @Test
    void aHandlerOfCallsThatBlocksDoesNotKeepTheNextCallFromRinging() throws Exception {
        BlockingQueue<IncomingCall> second = new LinkedBlockingQueue<>();
        CountDownLatch entered = new CountDownLatch(1);
        bob.onCall(incoming -> {
            if (entered.getCount() > 0) {
                blocking(new ArrayList<>(), entered).accept(incoming);
            } else {
                second.add(incoming);
            }
        });
        Call first = alice.dial("bob");
        assertTrue(entered.await(10, TimeUnit.SECONDS));
        Call next = alice.dial("bob");
        Rig.take(second).answer();
        assertEquals(Call.State.ESTABLISHED, next.awaitAnswer().state());
        first.hangup();
        assertEquals(487, first.awaitEnd().status());
    }

    @Test
    void aPhoneClosesAlthoughAListenerBlocks() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        phone.onEvent(blocking(new ArrayList<>(), entered));
        bob.onCall(IncomingCall::answer);
        Call call = alice.dial("bob").awaitAnswer();
        assertTrue(entered.await(10, TimeUnit.SECONDS));
        phone.close();
        assertEquals(CallEvent.Side.LOCAL, call.awaitEnd().endedBy());
    }

    @Test
    void aListenerAddedAfterTheEndThatThrowsStillGetsEveryEvent() throws Exception {
        bob.onCall(IncomingCall::answer);
        Call call = alice.dial("bob");
        call.awaitAnswer().hangup();
        call.awaitEnd();
        List<String> story = Rig.story(call);
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        call.onEvent(event -> {
            seen.add(event.getClass().getSimpleName());
            throw new IllegalStateException("the test's own defect");
        });
        for (String kind : story) {
            assertEquals(kind, Rig.take(seen));
        }
    }

    @Test
    void listenersOfMessagesAndWatchesThatThrowHarmNoOther() throws Exception {
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        BlockingQueue<Object> throwing = new LinkedBlockingQueue<>();
        BlockingQueue<Object> others = new LinkedBlockingQueue<>();
        bob.messages().onEvent(event -> {
            throw new AssertionError("the test's own defect");
        });
        bob.messages().onEvent(event -> {
            if (event instanceof MessageEvent.Received received) {
                messages.add(received.message().text());
            }
        });
        alice.messages().send("bob", "one");
        alice.messages().send("bob", "two");
        assertEquals(List.of("one", "two"), List.of(Rig.take(messages), Rig.take(messages)));
        var watch = alice.watches().line("sip:nobody@127.0.0.1:9");
        watch.onState(state -> {
            throwing.add(state);
            throw new AssertionError("the test's own defect");
        });
        watch.onState(others::add);
        Rig.take(throwing);
        Rig.take(others);
    }

    @Test
    void aDefectOfAListenerIsLoggedOnceForEachEvent() throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            phone.onEvent(event -> {
                throw new IllegalStateException("defect of the listener");
            });
            phone.onEvent(event -> told.complete(true));
            alice.unregister();
            assertTrue(told.get(10, TimeUnit.SECONDS));
            while (!log.toString(StandardCharsets.UTF_8).contains("defect of the listener")) {
                Thread.onSpinWait();
            }
            phone.close();
        } finally {
            System.setErr(before);
        }
        String text = log.toString(StandardCharsets.UTF_8);
        assertEquals(1, text.split("A listener of the application failed on RegistrationChanged", -1).length - 1, text);
    }

    @Test
    void aRawHandlerThatThrowsAnswers500AndOneThatCallsBackDoesNotDeadlock() throws Exception {
        Phone other = rig.phone();
        other.addAccount(rig.config("carol"));
        String target = "sip:carol@" + other.listeningOn().get(0).split(" ")[1];
        other.raw().accept("FOO", request -> {
            throw new IllegalStateException("the test's own defect");
        });
        assertEquals(500, phone.raw().send(alice, target, SipRequest.of("FOO")).get(10, TimeUnit.SECONDS).status());
        other.raw().accept("FOO", request -> {
            other.raw().ignore("FOO");
            return SipReply.of(other.calls().isEmpty() ? 202 : 500);
        });
        assertEquals(202, phone.raw().send(alice, target, SipRequest.of("FOO")).get(10, TimeUnit.SECONDS).status());
        assertEquals(501, phone.raw().send(alice, target, SipRequest.of("FOO")).get(10, TimeUnit.SECONDS).status());
    }

    @Test
    void aSubscriberThatAsksForNothingIsToldWhatToAskFor() throws Exception {
        Call call = alice.dial("bob");
        CompletableFuture<String> refused = new CompletableFuture<>();
        call.publisher().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(0);
            }

            @Override
            public void onNext(CallEvent event) {
                refused.complete("an event without demand");
            }

            @Override
            public void onError(Throwable why) {
                refused.complete(why.getMessage());
            }

            @Override
            public void onComplete() {
                refused.complete("complete");
            }
        });
        assertEquals("demand must be positive, not 0", refused.get(10, TimeUnit.SECONDS));
        assertEquals("subscriber must not be null",
                assertThrows(NullPointerException.class, () -> call.publisher().subscribe(null)).getMessage());
        call.hangup();
    }

    @Test
    void aListenerMayAddListenersAndCloseWhatItListensTo() throws Exception {
        CompletableFuture<Boolean> inner = new CompletableFuture<>();
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        phone.onEvent(event -> {
            if (event instanceof PhoneEvent.InCall in && in.event() instanceof CallEvent.Answered && !inner.isDone()) {
                phone.onEvent(later -> inner.complete(true));
                in.call().onEvent(later -> { });
                in.call().account().close();
                gone.complete(in.call().awaitEnd().answered());
            }
        });
        bob.onCall(IncomingCall::answer);
        alice.dial("bob").awaitEnd();
        assertTrue(gone.get(10, TimeUnit.SECONDS));
        assertTrue(inner.get(10, TimeUnit.SECONDS));
    }

    @Test
    void anExecutorOfOneThreadServesListenersThatCallBackAndDoNotBlock() throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor();
        try (Phone single = Rig.builder().executor(one).open()) {
            Account carol = single.register(rig.config("carol"));
            CompletableFuture<Integer> calls = new CompletableFuture<>();
            bob.onCall(IncomingCall::answer);
            Call call = carol.dial("bob");
            call.onEvent(event -> {
                if (event instanceof CallEvent.Answered) {
                    calls.complete(single.calls().size());
                    call.hold();
                    call.hangup();
                }
            });
            assertEquals(1, calls.get(10, TimeUnit.SECONDS));
            assertEquals(CallEvent.Side.LOCAL, call.awaitEnd().endedBy());
        } finally {
            one.shutdownNow();
        }
    }
}
