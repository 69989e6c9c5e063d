package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallOptions;
import io.earshot.api.Failure;
import io.earshot.api.Phone;
import io.earshot.api.PhoneEvent;
import io.earshot.api.SessionTimers;
import io.earshot.api.calls.CallRules;
import io.earshot.api.calls.Forwarding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people read when a peer on the wire does what no phone of ours does; the texts stand in {@code docs/errors.md}. */
@Timeout(30)
class CallErrorsTest {
    private static final Path PAGE = Path.of("..", "docs", "errors.md");

    private static void reads(String situation, String expected, String actual) throws IOException {
        assertEquals(expected, actual.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT"), situation);
        String row = "| " + situation + " | " + expected + " |";
        assertTrue(Files.readString(PAGE).contains(row), () -> PAGE + " lacks this row:\n" + row);
    }

    private static Phone phone() {
        SessionTimers brief = SessionTimers.DEFAULT.withMinimum(Duration.ofSeconds(2)).withExpires(Duration.ofSeconds(2));
        return Rig.builder().sessionTimers(brief).closeTimeout(Duration.ofMillis(100)).open();
    }

    private static Call dial(Phone phone, WirePeer peer) {
        return phone.addAccount(AccountConfig.of("sip:alice@" + peer.address())).dial("x");
    }

    @Test
    @Tag("rfc4028")
    void aSessionThatIsNotRefreshedExpires() throws Exception {
        try (WirePeer peer = new WirePeer(); Phone phone = phone()) {
            Call call = dial(phone, peer);
            peer.answer(peer.request("INVITE"), "200 OK", "a", "Session-Expires: 2;refresher=uas\r\nRequire: timer\r\n",
                    WirePeer.sdp(4000));
            peer.answer(peer.request("BYE"), "200 OK", "a", "", "");
            reads("session timer, the peer does not refresh",
                    "The other side did not refresh the call within 2 s, as it had agreed to.", ended(call).sentence());
        }
    }

    @Test
    @Tag("rfc4028")
    void aRefreshThatIsNotAnsweredEndsTheCall() throws Exception {
        try (WirePeer peer = new WirePeer(); Phone phone = phone()) {
            Call call = dial(phone, peer);
            peer.answer(peer.request("INVITE"), "200 OK", "a", "Session-Expires: 2;refresher=uac\r\n", WirePeer.sdp(4000));
            reads("session timer, the peer does not confirm",
                    "The other side did not confirm for 2 s that the call is still there.", ended(call).sentence());
        }
    }

    private static Failure ended(Call call) {
        call.awaitEnd();
        return Rig.await(call, CallEvent.Ended.class).failure().orElseThrow();
    }

    @Test
    void proxiesToUseAreNotFollowed() throws Exception {
        try (WirePeer peer = new WirePeer(); Phone phone = phone()) {
            Call call = dial(phone, peer);
            peer.answer(peer.request("INVITE"), "305 Use Proxy", "a", "", "");
            reads("a proxy to use (305), not followed", "The call was redirected (305) to sip:x@127.0.0.1:PORT.",
                    ended(call).sentence());
        }
    }

    @Test
    void aTransferByRuleThatFails() throws Exception {
        try (Rig rig = Rig.start()) {
            CompletableFuture<Call> handled = new CompletableFuture<>();
            Phone bobs = rig.phone();
            bobs.onEvent(event -> {
                if (event instanceof PhoneEvent.CallHandled one) {
                    handled.complete(one.call());
                }
            });
            bobs.callRules(CallRules.NONE.with(Forwarding.NONE.withTransferAlways("nobody")));
            bobs.register(rig.config("bob"));
            rig.registered("alice").dial("bob").awaitAnswer();
            reads("a transfer by rule that fails", "The call could not be transferred to sip:nobody@127.0.0.1:PORT: The server does "
                    + "not know sip:nobody@127.0.0.1:PORT (404 Not Found).", ended(handled.get(10, TimeUnit.SECONDS)).sentence());
        }
    }

    @Test
    void soundBeforeTheAnswerThatCannotBe() throws Exception {
        try (Rig rig = Rig.start()) {
            var bob = rig.registered("bob");
            var rings = Rig.ringing(bob);
            Call call = rig.registered("alice").dial("bob", CallOptions.DEFAULT.withoutOffer());
            var incoming = Rig.next(rings);
            reads("early media without an offer", "The caller made no offer, so that there is no sound before the answer.",
                    Rig.failure(() -> Rig.await(incoming.startEarlyMedia())).sentence());
            incoming.answer();
            reads("early media after the answer", "Sound before the answer can be had only while the call rings; this one is answered.",
                    Rig.failure(() -> Rig.await(incoming.startEarlyMedia())).sentence());
            call.hangup();
        }
    }
}
