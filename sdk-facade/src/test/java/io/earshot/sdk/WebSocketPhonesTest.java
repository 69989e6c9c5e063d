package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.WebSockets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A phone that listens for WebSocket clients, and one that is such a client. */
@Tag("rfc7118")
@Timeout(60)
class WebSocketPhonesTest {
    private static String address(Phone phone) {
        List<String> all = phone.listeningOn();
        return all.stream().filter(one -> one.startsWith("WS ")).findFirst().orElseThrow().replace("WS ", "ws://");
    }

    @Test
    void aClientCallsAndTheListenerHangsUpOverItsConnection() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone listener = rig.keep(Rig.builder().listenWebSocket("ws://127.0.0.1:0/sip").open());
            BlockingQueue<IncomingCall> calls = Rig.ringing(listener.addAccount(AccountConfig.of("sip:alice@example.com")));
            Account bob = rig.phone().addAccount(AccountConfig.of("sip:bob@example.com")
                    .withWebSockets(WebSockets.of(address(listener) + "/sip")));
            Call call = bob.dial("sip:alice@example.com");
            Call there = Rig.next(calls).answer();
            call.awaitAnswer();
            there.hangup();
            assertTrue(Rig.story(call).contains("Ended"));
            assertEquals(Call.State.ENDED, call.state());
        }
    }

    @Test
    void aTargetMayNameTheTransport() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone listener = rig.keep(Rig.builder().listenWebSocket("ws://127.0.0.1:0").open());
            BlockingQueue<IncomingCall> calls = Rig.ringing(listener.addAccount(AccountConfig.of("sip:alice@example.com")));
            Account bob = rig.phone().addAccount(AccountConfig.of("sip:bob@example.com"));
            Call call = bob.dial(address(listener).replace("ws://", "sip:alice@") + ";transport=ws");
            Rig.next(calls).answer();
            call.awaitAnswer().hangup();
            assertTrue(Rig.story(call).contains("Ended"));
        }
    }

    @Test
    void nobodyIsLetInUnlessAskedFor() {
        try (Phone phone = Rig.builder().open()) {
            assertFalse(phone.listeningOn().stream().anyMatch(one -> one.startsWith("WS")), phone.listeningOn().toString());
        }
    }
}
