package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.Failure;
import io.earshot.api.Phone;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import webphone.webphone;

/** With what a webphone answers and refuses, by the names of JsSIP, PJSUA and android.net.sip. */
@Timeout(60)
class ClassicAnsweringTest {
    private final Phone bob = Phone.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).open();
    private final Account account = bob.addAccount(AccountConfig.of("sip:bob@127.0.0.1"));
    private final BlockingQueue<CallEvent> told = new LinkedBlockingQueue<>();
    private webphone alice;

    @AfterEach
    void close() {
        bob.close();
        alice.phone().close();
    }

    private Call call(String... parameters) throws InterruptedException {
        alice = new webphone(new String[] {"username=alice", "register=0", "localip=127.0.0.1", "waitforunregister=0"});
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            assertTrue(alice.API_SetParameter(parameter.substring(0, equals), parameter.substring(equals + 1)), parameter);
        }
        assertTrue(alice.API_Start());
        Call call = account.dial("sip:alice@" + alice.API_GetAddress());
        call.onEvent(told::add);
        return call;
    }

    private <E extends CallEvent> E next(Class<E> kind) throws InterruptedException {
        for (CallEvent event = told.poll(10, TimeUnit.SECONDS); event != null; event = told.poll(10, TimeUnit.SECONDS)) {
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
        throw new AssertionError("no " + kind.getSimpleName());
    }

    private int refused() throws InterruptedException {
        Optional<Failure> failure = next(CallEvent.Ended.class).failure();
        return failure.flatMap(Failure::sipStatus).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"0, 603", "480, 480", "600, 600"})
    void callHangupCodeRefuses(int code, int status) throws Exception {
        call("pjsua.call_hangup.code=" + code);
        next(CallEvent.Ringing.class);
        WebphoneRig.await("the call", () -> alice.API_Reject(-1));
        assertEquals(status, refused());
    }

    @Test
    void callAnswerCodeRefusesOrAnswers() throws Exception {
        call("pjsua.call_answer.code=486");
        next(CallEvent.Ringing.class);
        WebphoneRig.await("the call", () -> alice.API_Accept(-1));
        assertEquals(486, refused());
    }

    @Test
    void callAnswerCodeRingsFirst() throws Exception {
        Call call = call("pjsua.call_answer.code=180");
        next(CallEvent.Ringing.class);
        WebphoneRig.await("the call", () -> alice.API_Accept(-1));
        assertTrue(alice.API_SetParameter("pjsua.call_answer.code", "200"));
        assertTrue(alice.API_Accept(-1));
        assertEquals(Call.State.ESTABLISHED, call.awaitAnswer().state());
    }

    @Test
    void aCallThatNobodyAnswersIsRefused() throws Exception {
        call("jssip.no_answer_timeout=1");
        assertEquals(408, refused());
    }

    private static ClassicParameters parse(String... arguments) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of(arguments));
        assertEquals(List.of(), parsed.problems());
        return parsed.parameters();
    }

    @Test
    void theProfileOfAndroidIsAnAccount() {
        alice = new webphone();
        ClassicConfig config = ClassicConfig.of(parse("android.SipProfile.Builder.username=alice",
                "android.SipProfile.Builder.setPassword=p", "android.SipProfile.Builder.domain=example.com",
                "android.makeAudioCall.timeout=30"));
        assertEquals("sip:alice@example.com", config.account().address());
        assertEquals(Optional.of("p"), config.account().password());
        assertEquals(Duration.ofSeconds(30), config.calls().options().ringTimeout());
        assertTrue(config.register());
        assertEquals(90_000, parse("android.makeAudioCall.timeout=0").number("ringtimeout"));
        assertEquals("", parse("android.SipProfile.Builder.username=a", "android.SipProfile.Builder.username=DEF").text("username"));
    }

    @Test
    void theMostCallsArePjsuaMaxCalls() {
        alice = new webphone();
        assertEquals(ClassicRules.of(parse("maxsimcalls=32")).limits(), ClassicRules.of(parse("pjsua.PJSUA_MAX_CALLS=32")).limits());
    }
}
