package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.AccountConfig;
import io.earshot.api.Nat;
import io.earshot.api.Phone;
import io.earshot.api.ServersView;
import io.earshot.api.SignallingConfig;
import java.io.IOException;
import java.net.DatagramSocket;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the registrar sees of us, and what STUN servers say of the NAT in front of us, decide together on the Contact. */
@Timeout(30)
@Tag("rfc3581")
class ServersViewTest {
    private static final String SEEN = "<sip:me@203.0.113.9:7777";

    private static boolean tells(String register, String contact) {
        return register.lines().anyMatch(line -> line.startsWith("Contact: ") && line.contains(contact) && !line.contains("expires=0"));
    }

    /** Answers as a server beyond a NAT does, and returns the next REGISTER. */
    private static String next(WirePeer registrar, String register) throws IOException {
        registrar.answer(register.replaceFirst("(?m)^(Via: [^\r]*);rport", "$1;received=203.0.113.9;rport=7777"), "200 OK", "a",
                register.lines().filter(line -> line.startsWith("Contact: ")).findFirst().orElseThrow() + ";expires=300\r\n", "");
        return registrar.request("REGISTER");
    }

    @Test
    void theContactIsAsTheServerSeesItUntilStunServersSayThatTheNatIsNotSymmetric() throws Exception {
        try (DatagramSocket first = new DatagramSocket(Rig.ANY_PORT); DatagramSocket second = new DatagramSocket(Rig.ANY_PORT);
                WirePeer registrar = new WirePeer();
                Phone phone = Rig.builder().signalling(SignallingConfig.DEFAULT.withServersView(ServersView.BEHIND_SYMMETRIC_NAT))
                        .closeTimeout(Duration.ofMillis(100)).open()) {
            Nat nat = Nat.DEFAULT.withStunServers("127.0.0.1:" + first.getLocalPort(), "127.0.0.1:" + second.getLocalPort());
            phone.addAccount(AccountConfig.of("sip:me@" + registrar.address()).withNat(nat)).registerAsync();
            String own = registrar.request("REGISTER");
            assertTrue(tells(own, "<sip:me@127.0.0.1:"), own);
            String seen = next(registrar, own);
            assertTrue(tells(seen, SEEN), "nobody knows the NAT yet, it may be symmetric: " + seen);
            IceCallsTest.stun(first);
            IceCallsTest.stun(second);
            String back = next(registrar, seen);
            assertTrue(tells(back, "<sip:me@127.0.0.1:"), "both servers see us at one port: " + back);
        }
    }
}
