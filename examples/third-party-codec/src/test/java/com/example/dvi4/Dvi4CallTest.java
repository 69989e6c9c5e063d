package com.example.dvi4;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.testkit.server.TestSipServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two phones whose only codec is ours find it and talk with it. */
@Timeout(30)
class Dvi4CallTest {
    private static Phone phone() {
        return Phone.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).open();
    }

    @Test
    void phonesTalkWithIt() {
        try (TestSipServer server = TestSipServer.builder().user("alice", "a-secret").user("bob", "b-secret").start();
                Phone one = phone(); Phone other = phone()) {
            Account bob = other.register(AccountConfig.of(server.uri("bob"), "b-secret"));
            bob.onCall(IncomingCall::answer);
            Account alice = one.register(AccountConfig.of(server.uri("alice"), "a-secret"));
            Call call = alice.dial("bob").awaitAnswer();
            for (CallEvent event : call.events()) {
                if (event instanceof CallEvent.MediaChanged media) {
                    assertEquals("DVI4/8000", media.codec());
                    call.hangup();
                }
            }
        }
    }
}
