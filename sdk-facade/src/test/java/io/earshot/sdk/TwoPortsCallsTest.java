package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallOptions;
import io.earshot.api.MediaEncryption;
import io.earshot.api.Nat;
import io.earshot.api.Nat.Ice;
import io.earshot.api.Phone;
import io.earshot.api.audio.RtpSettings;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls with ICE whose RTCP has a port of its own, or may have one. */
@Timeout(30)
@Tag("rfc8445")
@Tag("rfc8839")
class TwoPortsCallsTest {
    private static final Nat OFFERED = Nat.DEFAULT.withIce(Ice.OFFERED);
    private static final String CREDENTIALS = "a=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\n";
    private static final String HOST = "a=candidate:\\S+ %d udp \\d+ 127\\.0\\.0\\.1 %s typ host\r\n";

    /** Each of a foundation of its own: none waits until the other has answered. */
    private static String candidate(int component, DatagramSocket socket) {
        return "a=candidate:" + component + " " + component + " udp " + (2_130_706_432 - component) + " 127.0.0.1 " + socket.getLocalPort()
                + " typ host\r\n";
    }

    private static boolean has(String message, int component) {
        return message.matches("(?s).*" + HOST.formatted(component, "\\d+") + ".*");
    }

    private static void assertIsChecked(DatagramSocket ear) throws IOException {
        ear.setSoTimeout(20_000);
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        do {
            ear.receive(packet);
        } while (packet.getData()[0] != 0);
        assertTrue(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1).contains("abcd:"));
    }

    /** Lets this offer come in to a phone that answers, and returns the answer. */
    private static String answer(WirePeer peer, Phone phone, String ways) throws IOException {
        Account account = phone.addAccount(AccountConfig.of("sip:me@" + peer.address()));
        account.onCall(incoming -> incoming.answerAsync(CallOptions.DEFAULT));
        account.registerAsync();
        String register = peer.request("REGISTER");
        String contact = register.replaceAll("(?s).*\r\nContact: <(sip:[^>]*)>.*", "$1");
        peer.answer(register, "200 OK", "r", "Expires: 600\r\n", "");
        peer.send("INVITE", contact, "sip:me@" + peer.address(), "From: <sip:x@127.0.0.1>;tag=f\r\nContent-Type: application/sdp\r\n",
                WirePeer.sdp(4000) + CREDENTIALS + ways);
        String response = peer.response();
        while (!response.startsWith("SIP/2.0 200") || !response.contains("INVITE\r\n")) {
            assertFalse(response.matches("(?s)SIP/2.0 [3-6].*"), response);
            response = peer.response();
        }
        peer.within(response, false, 1, "ACK", "", "");
        return response;
    }

    private static Phone phone() {
        return Rig.builder().closeTimeout(Duration.ofMillis(100)).open();
    }

    @Test
    @Tag("rfc3605")
    void anOfferThatDoesNotShareThePortIsAnsweredWithWaysForBothWhichAreTried() throws Exception {
        try (DatagramSocket rtp = new DatagramSocket(Rig.ANY_PORT); DatagramSocket rtcp = new DatagramSocket(Rig.ANY_PORT);
                WirePeer peer = new WirePeer(); Phone phone = phone()) {
            String answer = answer(peer, phone, candidate(1, rtp) + candidate(2, rtcp));
            assertTrue(has(answer, 1) && has(answer, 2) && answer.contains("a=ice-ufrag:"), answer);
            assertFalse(answer.contains("rtcp-mux"), answer);
            String port = answer.replaceAll("(?s).*\r\na=rtcp:(\\d+) IN IP4 127\\.0\\.0\\.1\r\n.*", "$1");
            assertTrue(answer.matches("(?s).*" + HOST.formatted(2, port) + ".*"), answer);
            assertIsChecked(rtp);
            assertIsChecked(rtcp);
        }
    }

    @Test
    void anOfferThatDoesNotShareThePortAndTellsNoWaysForRtcpIsAnsweredWithOne() throws Exception {
        try (DatagramSocket rtp = new DatagramSocket(Rig.ANY_PORT); WirePeer peer = new WirePeer(); Phone phone = phone()) {
            String answer = answer(peer, phone, candidate(1, rtp));
            assertTrue(has(answer, 1) && answer.contains("a=ice-ufrag:"), answer);
            assertFalse(has(answer, 2), answer);
            assertIsChecked(rtp);
        }
    }

    @Test
    @Tag("rfc5761")
    void anOfferThatSharesThePortIsAnsweredWithOneWhateverElseItTells() throws Exception {
        try (DatagramSocket rtp = new DatagramSocket(Rig.ANY_PORT); DatagramSocket rtcp = new DatagramSocket(Rig.ANY_PORT);
                WirePeer peer = new WirePeer(); Phone phone = phone()) {
            String answer = answer(peer, phone, "a=rtcp-mux\r\n" + candidate(1, rtp) + candidate(2, rtcp));
            assertTrue(has(answer, 1) && answer.contains("a=rtcp-mux"), answer);
            assertFalse(has(answer, 2) || answer.contains("a=rtcp:"), answer);
            assertIsChecked(rtp);
        }
    }

    @Test
    @Tag("rfc5761")
    void anOfferOfOursTellsWaysForBothUntilThePeerSharesThePort() throws Exception {
        try (DatagramSocket rtp = new DatagramSocket(Rig.ANY_PORT); DatagramSocket rtcp = new DatagramSocket(Rig.ANY_PORT);
                WirePeer peer = new WirePeer(); Phone phone = phone()) {
            Account account = phone.addAccount(AccountConfig.of("sip:me@127.0.0.1").withNat(OFFERED));
            for (String shared : new String[] {"a=rtcp-mux\r\n", ""}) {
                Call call = account.dial("sip:x@" + peer.address());
                String invite = peer.request("INVITE");
                assertTrue(has(invite, 1) && has(invite, 2) && invite.contains("a=rtcp-mux\r\n"), invite);
                assertTrue(invite.matches("(?s).*\r\na=rtcp:\\d+ IN IP4 127\\.0\\.0\\.1\r\n.*"), invite);
                peer.answer(invite, "200 OK", "a", "", WirePeer.sdp(4000) + shared + CREDENTIALS + candidate(1, rtp)
                        + (shared.isEmpty() ? candidate(2, rtcp) : ""));
                peer.request("ACK");
                call.awaitAnswer();
                assertIsChecked(shared.isEmpty() ? rtcp : rtp);
                call.holdAsync();
                String again = peer.request("INVITE");
                assertTrue(has(again, 1), again);
                assertEquals(shared.isEmpty(), has(again, 2), again);
                peer.answer(again, "500 No", "a", "", "");
                peer.request("ACK");
                call.hangup();
                peer.answer(peer.request("BYE"), "200 OK", "a", "", "");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MediaEncryption.KeyMethod.class)
    void whoDoesNotShareThePortIsTalkedToUnderKeysOfEachKind(MediaEncryption.KeyMethod keys) throws Exception {
        try (Rig rig = Rig.start(); Phone apart = Rig.builder().rtp(RtpSettings.DEFAULT.withMux(false)).open()) {
            Account alice = apart.register(rig.config("alice").withNat(OFFERED));
            Account bob = rig.phone().register(rig.config("bob").withEncryption(MediaEncryption.WHEN_OFFERED.withKeysInClear()));
            MediaEncryption wanted = switch (keys) {
                case SDES -> MediaEncryption.SDES.withKeysInClear();
                case DTLS -> MediaEncryption.DTLS;
                case ZRTP -> MediaEncryption.ZRTP;
            };
            Rig.Talk talk = Rig.talk(alice, bob, CallOptions.DEFAULT.withEncryption(wanted));
            Rig.await(talk.caller(), CallEvent.PathChanged.class);
            Rig.await(talk.callee(), CallEvent.PathChanged.class);
            IceCallsTest.assertBothHear(talk.caller(), talk.callee());
            talk.callee().hold();
            talk.callee().resume();
            IceCallsTest.assertBothHear(talk.caller(), talk.callee());
        }
    }
}
