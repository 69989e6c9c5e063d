package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallOptions;
import io.earshot.api.CallRecord;
import io.earshot.api.Failure;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.VoipException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Opening, closing and waiting: what is left behind, and who is told. */
@Timeout(30)
class LifecycleTest {
    @Test
    void aPhoneThatCouldNotBeOpenedHoldsNothingOfItsDataFolder(@TempDir Path folder) throws Exception {
        try (DatagramSocket taken = new DatagramSocket(Rig.ANY_PORT)) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", taken.getLocalPort());
            Rig.failure(Failure.LocalResource.class, () -> Rig.builder().listen(address).dataFolder(folder).open());
            Rig.builder().dataFolder(folder).closeTimeout(Duration.ofMillis(100)).open().close();
        }
    }

    @Test
    void closingEndsTheCallUnregistersAndLeavesNoThread() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            Account alice = phone.register(rig.config("alice"));
            Rig.Talk talk = Rig.talk(alice, rig.registered("bob"));
            phone.close();
            phone.close();
            assertEquals(CallEvent.Side.LOCAL, talk.caller().awaitEnd().endedBy());
            assertEquals(CallEvent.Side.REMOTE, talk.callee().awaitEnd().endedBy());
            assertEquals(List.of(), rig.server.bindings("alice"));
        }
        assertEquals(List.of(), gone());
    }

    /** Callback threads end by themselves once they have returned; this waits for them, as {@link Thread#join()} does. */
    private static List<String> gone() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("earshot-")) {
                thread.join(5000);
            }
        }
        return Rig.threads();
    }

    @Test
    void closesAtEveryStepOfACall() throws Exception {
        try (Rig rig = Rig.start()) {
            Account bob = rig.registered("bob");
            BlockingQueue<IncomingCall> calls = Rig.ringing(bob);
            for (Step step : Step.values()) {
                Phone phone = rig.phone();
                Account alice = phone.register(rig.config("alice"));
                Call call = alice.dial("bob");
                step.reach(call, calls);
                phone.close();
                CallRecord record = call.ended().get(5, TimeUnit.SECONDS);
                assertEquals(CallEvent.Side.LOCAL, record.endedBy(), step::name);
                assertEquals(List.of(), rig.server.bindings("alice"), step::name);
                assertEquals("Ended", Rig.story(call).get(Rig.story(call).size() - 1), step::name);
                calls.clear();
            }
        }
    }

    /** Where a call stands when its phone is closed. */
    private enum Step {
        DIALLED {
            @Override
            void reach(Call call, BlockingQueue<IncomingCall> calls) {
                // Nothing to wait for.
            }
        },
        RINGING {
            @Override
            void reach(Call call, BlockingQueue<IncomingCall> calls) {
                Rig.await(call, CallEvent.Ringing.class);
            }
        },
        ANSWERED {
            @Override
            void reach(Call call, BlockingQueue<IncomingCall> calls) throws InterruptedException {
                Rig.next(calls).answerAsync(CallOptions.DEFAULT);
                call.awaitAnswer();
            }
        },
        HOLDING {
            @Override
            void reach(Call call, BlockingQueue<IncomingCall> calls) throws InterruptedException {
                ANSWERED.reach(call, calls);
                call.holdAsync();
            }
        },
        HUNG_UP {
            @Override
            void reach(Call call, BlockingQueue<IncomingCall> calls) throws InterruptedException {
                ANSWERED.reach(call, calls);
                call.hangup();
            }
        };

        abstract void reach(Call call, BlockingQueue<IncomingCall> calls) throws InterruptedException;
    }

    @Test
    void closingWhileItRingsHereRefusesTheCaller() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            BlockingQueue<IncomingCall> calls = Rig.ringing(phone.register(rig.config("bob")));
            Call call = rig.registered("alice").dial("bob");
            IncomingCall incoming = Rig.next(calls);
            phone.close();
            Rig.failure(call::awaitAnswer);
            assertEquals(480, incoming.call().awaitEnd().status());
            Rig.failure(Failure.Cancelled.class, incoming::answer);
        }
    }

    @Test
    void everythingAnswersAfterClosing() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            Account alice = phone.register(rig.config("alice"));
            Rig.Talk talk = Rig.talk(alice, rig.registered("bob"));
            phone.close();
            Call call = talk.caller();
            assertEquals("The phone is closed.", Rig.failure(() -> alice.dial("bob")).sentence());
            assertEquals("The phone is closed.", Rig.failure(alice::register).sentence());
            assertEquals("The phone is closed.", Rig.failure(() -> phone.addAccount(AccountConfig.of("sip:x@y"))).sentence());
            Rig.failure(Failure.BadArgument.class, call::hold);
            assertThrows(ExecutionException.class, () -> call.holdAsync().get(5, TimeUnit.SECONDS));
            assertThrows(ExecutionException.class, () -> alice.registerAsync().get(5, TimeUnit.SECONDS));
            alice.unregister();
            alice.close();
            call.hangup();
            assertEquals(List.of(), phone.calls());
            assertEquals(List.of(), phone.bridge().connections());
            assertEquals(call.ended().get(), call.awaitEnd());
        }
    }

    @Test
    void twoPhonesInOneProgramAreIndependent() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone first = rig.phone();
            Phone second = rig.phone();
            Account alice = first.register(rig.config("alice"));
            Account bob = second.register(rig.config("bob"));
            Account carol = rig.registered("carol");
            Rig.Talk talk = Rig.talk(bob, carol);
            first.close();
            assertEquals(List.of(alice), first.accounts());
            talk.caller().hold();
            assertEquals(Call.State.ESTABLISHED, talk.callee().state());
            assertEquals(1, second.calls().size());
        }
    }

    @Test
    void aWaitCanBeInterrupted() throws Exception {
        try (Rig rig = Rig.start()) {
            BlockingQueue<IncomingCall> calls = Rig.ringing(rig.registered("bob"));
            Call call = rig.registered("alice").dial("bob");
            Rig.next(calls);
            for (Runnable wait : List.<Runnable>of(call::awaitAnswer, call::awaitEnd)) {
                CompletableFuture<Throwable> outcome = new CompletableFuture<>();
                Thread waiter = new Thread(() -> {
                    try {
                        wait.run();
                        outcome.complete(null);
                    } catch (VoipException stopped) {
                        outcome.complete(Thread.currentThread().isInterrupted() ? stopped : new AssertionError("flag is cleared"));
                    }
                });
                waiter.start();
                waiter.interrupt();
                VoipException stopped = assertInstanceOf(VoipException.class, outcome.get(10, TimeUnit.SECONDS));
                assertEquals("Interrupted while waiting.", stopped.getMessage());
            }
            Rig.await(call, CallEvent.Ringing.class);
            Thread.currentThread().interrupt();
            assertEquals(false, hasEventAfterRinging(call));
            assertTrue(Thread.interrupted());
        }
    }

    private static boolean hasEventAfterRinging(Call call) {
        var events = call.events().iterator();
        while (!(events.next() instanceof CallEvent.Ringing)) {
            continue;
        }
        return events.hasNext();
    }

    @Test
    void closingWithTheInterruptFlagSetStillSaysGoodbye() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            Rig.Talk talk = Rig.talk(phone.register(rig.config("alice")), rig.registered("bob"));
            Thread.currentThread().interrupt();
            phone.close();
            assertTrue(Thread.interrupted());
            assertEquals(CallEvent.Side.REMOTE, talk.callee().awaitEnd().endedBy());
        }
    }

    @Test
    void closingDoesNotWaitForASilentPeerForLong() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.keep(Rig.builder().closeTimeout(Duration.ofMillis(200)).open());
            Phone other = rig.keep(Rig.builder().closeTimeout(Duration.ofMillis(200)).open());
            Rig.Talk talk = Rig.talk(phone.register(rig.config("alice")), other.register(rig.config("bob")));
            rig.server.close();
            phone.close();
            assertEquals(CallEvent.Side.LOCAL, talk.caller().awaitEnd().endedBy());
        }
    }

    @Test
    void anExecutorOfTheApplicationIsUsedAndMayRefuse() throws Exception {
        ExecutorService mine = Executors.newSingleThreadExecutor(task -> new Thread(task, "mine"));
        try (Rig rig = Rig.start()) {
            Phone phone = rig.keep(Rig.builder().executor(mine).open());
            Account alice = phone.register(rig.config("alice"));
            Rig.Talk talk = Rig.talk(alice, rig.registered("bob"));
            CompletableFuture<String> thread = new CompletableFuture<>();
            talk.caller().onEvent(event -> thread.complete(Thread.currentThread().getName()));
            assertEquals("mine", thread.get(5, TimeUnit.SECONDS));
            mine.shutdown();
            assertTrue(mine.awaitTermination(5, TimeUnit.SECONDS));
            CountDownLatch told = new CountDownLatch(1);
            talk.caller().ended().thenRun(told::countDown);
            talk.caller().hangup();
            assertTrue(told.await(5, TimeUnit.SECONDS));
        } finally {
            mine.shutdownNow();
        }
    }
}
