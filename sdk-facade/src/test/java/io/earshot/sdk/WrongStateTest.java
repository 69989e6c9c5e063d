package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallOptions;
import io.earshot.api.IncomingCall;
import io.earshot.api.IncomingTransfer;
import io.earshot.api.Phone;
import io.earshot.api.Transfer;
import io.earshot.api.audio.AudioPort;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.PcmSource;
import io.earshot.api.audio.Tone;
import io.earshot.api.calls.CallReason;
import io.earshot.api.calls.CallRules;
import io.earshot.api.chat.OutgoingMessage;
import io.earshot.api.presence.PresenceStatus;
import io.earshot.api.presence.Watch;
import io.earshot.api.raw.SipReply;
import io.earshot.api.raw.SipRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Commands at the wrong time: each one either says why it cannot be, or does nothing, and none waits for ever. A command's outcome is its
 * sentence, or the value that it returns; {@code docs/errors.md} tells the sentences.
 */
@Timeout(60)
class WrongStateTest {
    private static final String NOTHING = "nothing";
    private static final String PHONE_CLOSED = "The phone is closed.";
    private static final String ACCOUNT_CLOSED = "The account is closed.";

    private interface Step {
        void run() throws Exception;
    }

    private static String does(Step step) throws Exception {
        return says(() -> {
            step.run();
            return NOTHING;
        });
    }

    /** Runs a command, and returns what it, or the future that it returns, says. */
    private static String says(Callable<?> command) throws Exception {
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                Object got = command.call();
                Object result = got instanceof Transfer transfer ? transfer.done() : got;
                outcome.complete(result instanceof CompletableFuture<?> later ? later.get(5, TimeUnit.SECONDS) : result);
            } catch (java.util.concurrent.ExecutionException failed) {
                outcome.complete(failed.getCause().getMessage());
            } catch (java.util.concurrent.TimeoutException late) {
                outcome.complete("it waits for ever");
            } catch (Exception | Error refused) {
                outcome.complete(refused.getMessage());
            }
        });
        thread.setDaemon(true);
        thread.start();
        Object result = outcome.completeOnTimeout("it waits for ever", 8, TimeUnit.SECONDS).get();
        return result == null ? NOTHING : String.valueOf(result);
    }

    @Test
    void aClosedPhone() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            Account alice = phone.register(rig.config("alice"));
            Call call = Rig.talk(alice, rig.registered("bob")).caller();
            PcmSource source = phone.bridge().pcmSource(8000, 100);
            PcmSink sink = phone.bridge().pcmSink(8000, 100);
            Watch<?> watch = alice.watches().line("bob");
            phone.close();
            assertEquals(NOTHING, does(phone::close));
            AccountConfig config = rig.config("bob");
            for (Callable<?> command : List.<Callable<?>>of(() -> phone.register(config), () -> phone.registerAsync(config),
                    () -> phone.addAccount(config), () -> alice.dial("bob"), alice::redial, alice::registerAsync,
                    () -> alice.messages().sendAsync("bob", "hi"), () -> alice.messages().send("bob", "hi"),
                    () -> alice.options().ask("bob"), () -> phone.raw().send(alice, "bob", SipRequest.of("FOO")))) {
                assertEquals(PHONE_CLOSED, says(command));
            }
            assertEquals(PHONE_CLOSED, does(alice::register));
            for (Callable<?> command : List.<Callable<?>>of(() -> alice.watches().line("bob"), () -> alice.watches().mailbox())) {
                assertEquals(PHONE_CLOSED, says(command));
            }
            assertEquals(PHONE_CLOSED, does(() -> alice.options().keepAlive(Duration.ofSeconds(5))));
            assertEquals(PHONE_CLOSED, does(() -> alice.options().watch("bob", Duration.ofSeconds(5))));
            assertEquals(PHONE_CLOSED, does(() -> alice.presence().show(PresenceStatus.ONLINE)));
            assertEquals(PHONE_CLOSED, does(() -> phone.raw().accept("FOO", request -> SipReply.of(200))));
            for (Step step : List.<Step>of(alice::unregister, alice::close, call::hangup, call::close, watch::refresh, watch::close,
                    () -> phone.network().check(), () -> phone.onEvent(event -> { }), () -> phone.callRules(CallRules.NONE),
                    () -> alice.onCall(incoming -> { }), () -> alice.messages().typing("bob"),
                    source::close, () -> phone.raw().ignore("FOO"))) {
                assertEquals(NOTHING, does(step));
            }
            assertEquals("[]", says(phone::calls));
            assertEquals("[]", says(() -> phone.bridge().connections()));
            assertEquals("[]", says(() -> alice.messages().queued()));
            assertEquals("-1", says(() -> readAll(sink)));
            assertEquals("ENDED", says(call::state));
        }
    }

    /** Reads what is left, and returns what comes after it. */
    private static int readAll(PcmSink sink) throws InterruptedException {
        int got = 1;
        while (got > 0) {
            got = sink.read(new short[800], 0, 800);
        }
        return got;
    }

    @Test
    void aClosedAccount() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            Account alice = phone.register(rig.config("alice"));
            alice.close();
            for (Callable<?> command : List.<Callable<?>>of(() -> alice.dial("bob"), alice::registerAsync, () -> alice.options().ask("bob"),
                    () -> alice.messages().sendAsync("bob", "hi"), () -> phone.raw().send(alice, "bob", SipRequest.of("FOO")),
                    () -> alice.watches().line("bob"))) {
                assertEquals(ACCOUNT_CLOSED, says(command));
            }
            assertEquals(ACCOUNT_CLOSED, does(alice::register));
            assertEquals(ACCOUNT_CLOSED, does(() -> alice.options().keepAlive(Duration.ofSeconds(5))));
            assertEquals(ACCOUNT_CLOSED, does(() -> alice.presence().show(PresenceStatus.ONLINE)));
            assertEquals(NOTHING, does(alice::close));
            assertEquals(NOTHING, does(alice::unregister));
        }
    }

    @Test
    void aCallThatIsNotAnsweredYet() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            Account alice = phone.register(rig.config("alice"));
            BlockingQueue<IncomingCall> ringing = Rig.ringing(rig.registered("bob"));
            Call call = alice.dial("bob");
            Rig.next(ringing);
            Rig.await(call, io.earshot.api.CallEvent.Ringing.class);
            String state = "ringing";
            assertEquals("Only an established call can be held or resumed; this one is " + state + ".", says(call::holdAsync));
            assertEquals("Only an established call can be held or resumed; this one is " + state + ".", does(call::hold));
            assertEquals("Only an established call can be held or resumed; this one is " + state + ".", says(call::resumeAsync));
            assertEquals("Only an established call can be transferred; this one is " + state + ".", says(() -> call.transfer("carol")));
            Call other = alice.dial("carol");
            assertEquals("Only an established call can be transferred; this one is " + state + ".", says(() -> call.transferTo(other)));
            assertEquals("Keys and INFO go to the peer of a call only while the call is established; this one is " + state + ".",
                    says(() -> call.signals().sendDtmf("1")));
            assertEquals("Keys and INFO go to the peer of a call only while the call is established; this one is " + state + ".",
                    says(() -> call.signals().sendInfo("text/plain", "x")));
            assertEquals("Messages go to the peer of a call only while the call is established.", says(() -> call.messages().send("x")));
            assertEquals("A FOO can be sent within an established call only; this one is " + state + ".",
                    says(() -> phone.raw().send(call, SipRequest.of("FOO"))));
            assertEquals("No answer from " + call.remote().address() + " within 1 ms.", says(() -> call.awaitAnswer(Duration.ofMillis(1))));
            call.hangup();
        }
    }

    @Test
    void aCallThatIsOver() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            Call call = Rig.talk(phone.register(rig.config("alice")), rig.registered("bob")).caller();
            call.hangup();
            call.awaitEnd();
            assertEquals("Only an established call can be held or resumed; this one is ended.", does(call::hold));
            assertEquals("Only an established call can be transferred; this one is ended.", says(() -> call.transfer("carol")));
            assertEquals("Keys and INFO go to the peer of a call only while the call is established; this one is ended.",
                    says(() -> call.signals().sendDtmf("1")));
            assertEquals("Messages go to the peer of a call only while the call is established.",
                    says(() -> call.messages().send(OutgoingMessage.of("x"))));
            assertEquals("A FOO can be sent within an established call only; this one is ended.",
                    says(() -> phone.raw().send(call, SipRequest.of("FOO"))));
            String closed = call.audio().port() + " is closed: make another";
            for (Callable<?> command : List.<Callable<?>>of(() -> call.audio().play(Tone.of(440)), () -> call.audio().input(8000),
                    () -> call.audio().output(8000))) {
                assertEquals(closed, says(command));
            }
            assertEquals(closed, does(() -> call.conferenceWith(call)));
            assertEquals(closed, says(() -> call.audio().record(Path.of("target", "never.wav"))));
            for (Step step : List.<Step>of(call::hangup, call::close, () -> call.hangup(CallReason.answeredElsewhere()),
                    () -> call.headers(Map.of("X-A", "1")), () -> call.endAfter(Duration.ofSeconds(1)),
                    () -> call.audio().muteOutgoing(true), () -> call.audio().port().close(), () -> call.onEvent(event -> { }))) {
                assertEquals(NOTHING, does(step));
            }
            assertEquals(call.ended().get(), call.awaitEnd());
            assertEquals(String.valueOf(call), says(call::answered));
        }
    }

    @Test
    void anIncomingCallIsDecidedOnce() throws Exception {
        String twice = "This call was already answered, rejected or redirected.";
        try (Rig rig = Rig.start()) {
            BlockingQueue<IncomingCall> ringing = Rig.ringing(rig.registered("bob"));
            Call call = rig.registered("alice").dial("bob");
            IncomingCall incoming = Rig.next(ringing);
            incoming.answer();
            for (Step step : List.<Step>of(incoming::answer, () -> incoming.answerAsync(CallOptions.DEFAULT), incoming::reject,
                    () -> incoming.reject(404, Map.of()), () -> incoming.redirect("carol"))) {
                assertEquals(twice, does(step));
            }
            assertEquals("Sound before the answer can be had only while the call rings; this one is answered.",
                    says(incoming::startEarlyMedia));
            assertEquals(NOTHING, does(incoming::ring));
            call.awaitAnswer().hangup();
            call.awaitEnd();
            assertEquals(twice, does(incoming::reject));
            assertEquals(NOTHING, does(incoming::ring));
        }
    }

    @Test
    void anIncomingCallThatTheCallerHasLeft() throws Exception {
        try (Rig rig = Rig.start()) {
            BlockingQueue<IncomingCall> ringing = Rig.ringing(rig.registered("bob"));
            Call call = rig.registered("alice").dial("bob");
            IncomingCall incoming = Rig.next(ringing);
            call.hangup();
            incoming.call().awaitEnd();
            assertEquals("Sound before the answer can be had only while the call rings; this one is ended.",
                    says(incoming::startEarlyMedia));
            assertEquals(NOTHING, does(incoming::ring));
            assertEquals("The caller cancelled the call.", does(incoming::answer));
            assertEquals("This call was already answered, rejected or redirected.", does(incoming::reject));
        }
    }

    @Test
    void aTransferIsDecidedOnce() throws Exception {
        String twice = "This transfer was already accepted or refused.";
        try (Rig rig = Rig.start()) {
            Account alice = rig.registered("alice");
            BlockingQueue<IncomingTransfer> asked = new LinkedBlockingQueue<>();
            alice.onTransfer(asked::add);
            Rig.Talk talk = Rig.talk(alice, rig.registered("bob"));
            Transfer transfer = talk.callee().transfer("carol");
            IncomingTransfer incoming = Rig.take(asked);
            assertEquals("This call is being transferred already; wait for the outcome.", says(() -> talk.callee().transfer("carol")));
            incoming.reject();
            assertEquals(twice, does(incoming::reject));
            assertEquals(twice, says(incoming::accept));
            assertEquals("The call was declined (603 Decline).", says(() -> transfer));
        }
    }

    @Test
    void aPortThatIsClosed() throws Exception {
        try (Phone phone = Rig.builder().open()) {
            AudioPort tone = phone.bridge().tone(Tone.of(440));
            PcmSource source = phone.bridge().pcmSource(8000, 100);
            PcmSink sink = phone.bridge().pcmSink(8000, 100);
            List.of(tone, source, sink).forEach(AudioPort::close);
            assertEquals("tone 440.0 Hz is closed: make another", does(() -> phone.bridge().connect(tone, sink)));
            assertEquals(NOTHING, does(() -> phone.bridge().disconnect(tone, sink)));
            assertEquals(NOTHING, does(tone::close));
            assertEquals("the port is closed: make another", does(() -> source.write(new short[8000], 0, 8000)));
            assertEquals("0", says(() -> source.offer(new short[10], 0, 10)));
            assertEquals(NOTHING, says(source::drained));
            assertEquals("-1", says(() -> sink.read(new short[10], 0, 10)));
            assertEquals("-1", says(() -> sink.poll(new short[10], 0, 10)));
        }
    }
}
