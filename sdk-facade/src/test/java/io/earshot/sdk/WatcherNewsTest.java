package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Phone;
import io.earshot.api.presence.WatcherPolicy;
import io.earshot.sip.events.WatcherInfo;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who watches an account, as its other devices are told through the server: here a socket. */
@Timeout(30)
@Tag("rfc3857")
@Tag("rfc3858")
class WatcherNewsTest {
    private static void subscribe(WirePeer server, String event, String from) throws IOException {
        server.send("SUBSCRIBE", "sip:bob@" + server.address(), "sip:bob@" + server.address(),
                "From: <" + from + ">;tag=" + event + "\r\nEvent: " + event + "\r\nExpires: 600\r\n");
    }

    private static List<String> lines(WatcherInfo info) {
        return info.lists().get(0).watchers().stream().map(one -> one.status() + " " + one.address()).toList();
    }

    @Test
    void ourOtherDevicesLearnWhoWatchesUsAndNobodyElseDoes() throws Exception {
        try (WirePeer server = new WirePeer(); Phone phone = Rig.builder().closeTimeout(java.time.Duration.ofMillis(50)).open()) {
            Account bob = phone.addAccount(AccountConfig.of("sip:bob@" + server.address()));
            bob.presence().policy(WatcherPolicy.ASK);
            CompletableFuture<?> registered = bob.registerAsync();
            String register = server.request("REGISTER");
            server.answer(register, "200 OK", "r", "Expires: 600\r\n", "");
            registered.join();
            subscribe(server, "presence.winfo", "sip:eve@" + server.address());
            assertTrue(server.response().startsWith("SIP/2.0 403"), "somebody else was told who watches us");
            subscribe(server, "presence.winfo", "sip:bob@" + server.address());
            assertTrue(server.response().startsWith("SIP/2.0 200"));
            WatcherInfo first = next(server);
            assertEquals("0 true []", first.version() + " " + first.full() + " " + lines(first));
            assertEquals("sip:bob@" + server.address() + " presence", first.lists().get(0).resource() + " " + first.lists().get(0).event());
            subscribe(server, "presence", "sip:alice@" + server.address());
            WatcherInfo second = next(server);
            assertEquals(List.of("pending sip:alice@" + server.address()), lines(second));
            bob.presence().allow("sip:alice@" + server.address());
            WatcherInfo third = next(server);
            assertEquals(List.of("active sip:alice@" + server.address()), lines(third));
            assertTrue(third.version() > second.version() && second.version() > 0, "documents are counted");
            assertEquals(List.of("sip:alice@" + server.address()), bob.presence().watchers().stream().map(one -> one.address()).toList());
        }
    }

    /** Skips what alice is told. */
    private static WatcherInfo next(WirePeer server) throws IOException {
        while (true) {
            String notify = server.request("NOTIFY");
            server.answer(notify, "200 OK", "x", "", "");
            if (notify.contains("Event: presence.winfo")) {
                return WatcherInfo.parse(notify.substring(notify.indexOf("\r\n\r\n") + 4)).value().orElseThrow();
            }
        }
    }
}
