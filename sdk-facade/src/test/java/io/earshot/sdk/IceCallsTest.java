package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallOptions;
import io.earshot.api.IncomingCall;
import io.earshot.api.MediaEncryption;
import io.earshot.api.Nat;
import io.earshot.api.Nat.Ice;
import io.earshot.api.Nat.PublicAddress;
import io.earshot.api.NearNetwork;
import io.earshot.api.Phone;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.Tone;
import io.earshot.dsp.ToneAnalyzer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls whose sound looks for its way. */
@Timeout(30)
@Tag("rfc8445")
class IceCallsTest {
    private static final Nat OFFERED = Nat.DEFAULT.withIce(Ice.OFFERED);
    private Rig rig;

    @BeforeEach
    void open() {
        rig = Rig.start();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Account account(String user, Nat nat) {
        return rig.phone().register(rig.config(user).withNat(nat));
    }

    private static double hears(Call call) throws InterruptedException {
        PcmSink ear = call.audio().output(8000);
        double heard = 0;
        short[] piece = new short[800];
        for (int round = 0; round < 60 && heard < 400; round++) {
            for (int got = 0; got < piece.length; ) {
                got += ear.read(piece, got, piece.length - got);
            }
            heard = ToneAnalyzer.dominantHz(piece, 0, piece.length, 8000);
        }
        return heard;
    }

    static void assertBothHear(Call caller, Call callee) throws InterruptedException {
        caller.audio().play(Tone.of(440));
        callee.audio().play(Tone.of(880));
        assertEquals(880, hears(caller), 15);
        assertEquals(440, hears(callee), 15);
    }

    @Test
    void bothHearEachOtherByTheWayThatWasFoundUnderDtlsAndAfterHolding() throws Exception {
        Account alice = account("alice", OFFERED);
        Account bob = account("bob", Nat.DEFAULT);
        BlockingQueue<IncomingCall> calls = Rig.ringing(bob);
        Call caller = alice.dial(bob.address(), CallOptions.DEFAULT.withEncryption(MediaEncryption.DTLS));
        Call callee = Rig.next(calls).answer();
        caller.awaitAnswer();
        assertBothHear(caller, callee);
        callee.hold();
        callee.resume();
        caller.hold();
        caller.resume();
        assertBothHear(caller, callee);
    }

    /** Two phones on all addresses, of which loopback has two. */
    @Test
    void whoIsAtSeveralAddressesHearsAndIsHeardByTheOneThatWasFoundBestAndMayStayAtOne() throws Exception {
        boolean six = NetworkInterface.getByInetAddress(InetAddress.getByName("::1")) != null;
        Assumptions.assumeTrue(six, "this machine has no IPv6");
        InetSocketAddress all = new InetSocketAddress(0);
        Phone phone = rig.keep(Phone.builder().listen(all).open());
        Account alice = phone.register(rig.config("alice").withNat(OFFERED));
        Account bob = rig.keep(Phone.builder().listen(all).open()).register(rig.config("bob"));
        Rig.Talk talk = Rig.talk(alice, bob, CallOptions.DEFAULT.withEncryption(MediaEncryption.DTLS));
        assertBothHear(talk.caller(), talk.callee());
        assertTrue(Rig.await(talk.caller(), CallEvent.PathChanged.class).path().peer().startsWith("0:0:0:0:0:0:0:1:"));
        try (WirePeer peer = new WirePeer()) {
            Nat one = OFFERED.withNear(NearNetwork.DEFAULT.withOtherAddresses(false));
            for (Nat nat : List.of(OFFERED, one)) {
                phone.addAccount(AccountConfig.of("sip:me@127.0.0.1").withNat(nat)).dial("sip:x@" + peer.address());
                String invite = peer.request("INVITE");
                assertEquals(nat == OFFERED, invite.contains(" 0:0:0:0:0:0:0:1 "), invite);
                assertTrue(invite.contains("c=IN IP4 127.0.0.1"), invite);
                peer.answer(invite, "486 Busy Here", "a", "", "");
                peer.request("ACK");
            }
        }
    }

    @Test
    void aPeerWithoutIceIsTalkedToAsEver() throws Exception {
        Rig.Talk talk = Rig.talk(account("alice", OFFERED), account("bob", Nat.DEFAULT.withIce(Ice.NEVER)));
        assertBothHear(talk.caller(), talk.callee());
    }

    @Test
    void anOfferTellsOurWaysAndAServerThatIsNotThereHoldsItUpNoLongerThanAllowed() throws Exception {
        Nat nat = OFFERED.withStunServers("127.0.0.1:9").withGathering(Duration.ofMillis(50));
        try (WirePeer peer = new WirePeer(); Phone phone = Rig.builder().closeTimeout(Duration.ofMillis(100)).open()) {
            phone.addAccount(AccountConfig.of("sip:me@127.0.0.1").withNat(nat)).dial("sip:x@" + peer.address());
            String invite = peer.request("INVITE");
            assertTrue(invite.matches("(?s).*a=ice-ufrag:\\S{4,}\r\na=ice-pwd:\\S{22,}\r\na=ice-options:trickle ice2\r\n"
                    + "a=candidate:\\S+ 1 udp \\d+ 127\\.0\\.0\\.1 \\d+ typ host.*"), invite);
        }
    }

    /** Answers STUN requests on a socket of its own with that address, as a server beyond a NAT does. */
    static void stun(DatagramSocket socket) {
        Thread server = new Thread(() -> {
            byte[] bytes = new byte[1500];
            try {
                while (true) {
                    DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                    socket.receive(packet);
                    ByteBuffer answer = ByteBuffer.allocate(32).putShort((short) 0x0101).putShort((short) 12).put(bytes, 4, 16)
                            .putInt(0x0020_0008).putShort((short) 1).putShort((short) (61_000 ^ 0x2112)).putInt(0xCB00_7105 ^ 0x2112_A442);
                    socket.send(new DatagramPacket(answer.array(), 32, packet.getSocketAddress()));
                }
            } catch (IOException closed) {
                return;
            }
        });
        server.setDaemon(true);
        server.start();
    }

    @Test
    @Tag("rfc8489")
    void withoutIceTheSdpNamesTheAddressAtWhichAServerSeesUsInOffersAndAnswersAndKeepsIt() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(Rig.ANY_PORT); WirePeer peer = new WirePeer();
                Phone phone = Rig.builder().closeTimeout(Duration.ofMillis(100)).open()) {
            stun(socket);
            Nat nat = Nat.DEFAULT.withStunServers("127.0.0.1:" + socket.getLocalPort()).withPublicAddress(PublicAddress.ALWAYS);
            Call call = phone.addAccount(AccountConfig.of("sip:me@127.0.0.1").withNat(nat)).dial("sip:x@" + peer.address());
            String invite = peer.request("INVITE");
            assertTrue(invite.matches("(?s).*m=audio 61000 .*c=IN IP4 203\\.0\\.113\\.5\r\n.*"), invite);
            assertFalse(invite.contains("a=ice") || invite.contains("a=candidate"), invite);
            peer.answer(invite, "200 OK", "a", "", WirePeer.sdp(4000));
            peer.request("ACK");
            call.awaitAnswer();
            CompletableFuture<Void> held = CompletableFuture.runAsync(call::hold);
            String again = peer.request("INVITE");
            peer.answer(again, "200 OK", "a", "", WirePeer.sdp(4000));
            held.get();
            assertTrue(again.matches("(?s).*m=audio 61000 .*c=IN IP4 203\\.0\\.113\\.5\r\n.*a=sendonly.*"), again);
        }
    }

    @Test
    void whatAServerTellsTooLateIsToldThePeerInAnOfferOfItsOwnWhereNothingElseWorked() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(Rig.ANY_PORT); WirePeer peer = new WirePeer();
                Phone phone = Rig.builder().closeTimeout(Duration.ofMillis(100)).open()) {
            Nat nat = OFFERED.withStunServers("127.0.0.1:" + socket.getLocalPort()).withGathering(Duration.ofMillis(20));
            Call call = phone.addAccount(AccountConfig.of("sip:me@127.0.0.1").withNat(nat)).dial("sip:x@" + peer.address());
            String invite = peer.request("INVITE");
            assertFalse(invite.contains("typ srflx"), invite);
            stun(socket);
            String ways = "a=rtcp-mux\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\n"
                    + "a=candidate:1 1 udp 2130706431 127.0.0.1 4001 typ host\r\n";
            peer.answer(invite, "200 OK", "a", "", WirePeer.sdp(4001) + ways);
            peer.request("ACK");
            call.awaitAnswer();
            String again = peer.request("INVITE");
            assertTrue(again.contains(" 203.0.113.5 61000 typ srflx"), again);
            assertEquals(line(invite, "a=ice-ufrag"), line(again, "a=ice-ufrag"), "the search goes on, and does not begin anew");
            peer.answer(again, "200 OK", "a", "", WirePeer.sdp(4001) + ways);
        }
    }

    private static String line(String message, String begin) {
        return message.lines().filter(one -> one.startsWith(begin)).findFirst().orElseThrow();
    }

    @Test
    void inAPrivateNetworkAndWithoutServersOurOwnAddressIsNamed() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(Rig.ANY_PORT); WirePeer peer = new WirePeer();
                Phone phone = Rig.builder().closeTimeout(Duration.ofMillis(100)).open()) {
            stun(socket);
            Nat near = Nat.DEFAULT.withStunServers("127.0.0.1:" + socket.getLocalPort())
                    .withPublicAddress(PublicAddress.BEYOND_PRIVATE_NETWORKS);
            for (Nat nat : new Nat[] {near, Nat.DEFAULT.withPublicAddress(PublicAddress.ALWAYS), near.withRelayOnly()}) {
                Account account = phone.addAccount(AccountConfig.of("sip:me@127.0.0.1").withNat(nat));
                account.dial("sip:x@" + peer.address());
                String invite = peer.request("INVITE");
                assertFalse(invite.contains("203.0.113.5"), invite);
                peer.answer(invite, "486 Busy Here", "a", "", "");
                peer.request("ACK");
                account.close();
            }
        }
    }

    @Test
    void peersThatNameAnAddressNobodyReachesAreHeardAllTheSame() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(Rig.ANY_PORT)) {
            stun(socket);
            Nat nat = Nat.DEFAULT.withIce(Ice.NEVER).withStunServers("127.0.0.1:" + socket.getLocalPort())
                    .withPublicAddress(PublicAddress.ALWAYS);
            Rig.Talk talk = Rig.talk(account("alice", Nat.DEFAULT.withIce(Ice.NEVER)), account("bob", nat));
            assertBothHear(talk.caller(), talk.callee());
        }
    }
}
