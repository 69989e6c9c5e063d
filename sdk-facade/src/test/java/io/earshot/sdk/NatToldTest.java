package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.IncomingCall;
import io.earshot.api.Nat;
import io.earshot.api.NatKind;
import io.earshot.api.NatReport;
import io.earshot.api.NearNetwork;
import io.earshot.api.Phone;
import java.net.DatagramSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers tell each other what kind of NAT they are behind. */
@Timeout(30)
class NatToldTest {
    private static final String RESTRICTED = WirePeer.sdp(4000).replace("t=0 0\r\n", "t=0 0\r\na=X-nat:8 Port Restricted\r\n");

    private static Phone phone() {
        return Rig.builder().closeTimeout(Duration.ofMillis(100)).open();
    }

    @Test
    void whatAnAnswerTellsOfThePeersNatIsKnownThenAndKept() throws Exception {
        try (WirePeer peer = new WirePeer(); Phone phone = phone()) {
            Call call = phone.addAccount(AccountConfig.of("sip:me@127.0.0.1")).dial("sip:x@" + peer.address());
            String invite = peer.request("INVITE");
            assertFalse(invite.contains("X-nat"), invite);
            assertEquals(Optional.empty(), call.peerNat());
            peer.answer(invite, "200 OK", "a", "", RESTRICTED);
            peer.request("ACK");
            call.awaitAnswer();
            assertEquals(Optional.of(NatKind.PORT_RESTRICTED), call.peerNat());
        }
    }

    @Test
    void whatAnInviteTellsIsKnownBeforeItIsAnswered() throws Exception {
        try (WirePeer peer = new WirePeer(); Phone phone = phone()) {
            Account account = phone.addAccount(AccountConfig.of("sip:me@127.0.0.1"));
            BlockingQueue<IncomingCall> calls = Rig.ringing(account);
            Call first = account.dial("sip:x@" + peer.address());
            String invite = peer.request("INVITE");
            String contact = invite.lines().filter(line -> line.startsWith("Contact:")).findFirst().orElseThrow()
                    .replaceAll(".*<([^>]*)>.*", "$1");
            peer.send("INVITE", contact, "sip:me@127.0.0.1", "From: <sip:x@127.0.0.1>;tag=w\r\nContent-Type: application/sdp\r\n",
                    RESTRICTED);
            IncomingCall call = Rig.next(calls);
            assertEquals(Optional.of(NatKind.PORT_RESTRICTED), call.call().peerNat());
            first.hangup();
        }
    }

    @Test
    void oursIsToldWhereThatIsWantedAndServersHaveToldIt() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(Rig.ANY_PORT); WirePeer peer = new WirePeer(); Phone phone = phone()) {
            IceCallsTest.stun(socket);
            Nat nat = Nat.DEFAULT.withStunServers("127.0.0.1:" + socket.getLocalPort())
                    .withNear(NearNetwork.DEFAULT.withKindTold(true));
            NatReport report = phone.network().natReport(nat).get();
            assertTrue(report.seenAt().isPresent());
            phone.addAccount(AccountConfig.of("sip:me@127.0.0.1").withNat(nat)).dial("sip:x@" + peer.address());
            String invite = peer.request("INVITE");
            assertTrue(invite.matches("(?s).*a=X-nat:\\d [A-Z][A-Za-z ]+\r\n.*m=audio.*"), invite);
        }
    }
}
