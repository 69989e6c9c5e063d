package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallOptions;
import io.earshot.api.Nat;
import io.earshot.api.Nat.Ice;
import io.earshot.api.Nat.Trickle;
import io.earshot.api.Phone;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Candidates one by one, by INFO. */
@Timeout(60)
@Tag("rfc8838")
@Tag("rfc8840")
class TrickleCallsTest {
    private static final Nat OFFERED = Nat.DEFAULT.withIce(Ice.OFFERED);
    private static final String TAKES = "Supported: trickle-ice\r\nRecv-Info: trickle-ice\r\n";
    private static final String INFO = "Info-Package: trickle-ice\r\nContent-Disposition: Info-Package\r\n"
            + "Content-Type: application/trickle-ice-sdpfrag\r\n";
    private static final String CREDENTIALS = "a=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\n";

    private static Phone phone() {
        return Rig.builder().closeTimeout(Duration.ofMillis(100)).open();
    }

    /** A description that names no candidate, with the address of nobody. */
    private static String sdp() {
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=rtcp-mux\r\n"
                + CREDENTIALS + "a=ice-options:trickle\r\n";
    }

    private static String fragment(DatagramSocket ear) {
        return CREDENTIALS + "m=audio 9 RTP/AVP 0\r\na=mid:0\r\na=candidate:1 1 udp 2130706431 127.0.0.1 " + ear.getLocalPort()
                + " typ host\r\n";
    }

    private static DatagramPacket next(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(20_000);
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        socket.receive(packet);
        return packet;
    }

    /** Waits for a check of ours: a Binding request. */
    private static void assertIsChecked(DatagramSocket ear) throws IOException {
        byte[] data = next(ear).getData();
        assertEquals(0x0001_2112, (data[0] & 0xFF) << 24 | (data[1] & 0xFF) << 16 | (data[4] & 0xFF) << 8 | data[5] & 0xFF);
    }

    /** Answers the question that waits at a STUN server: 203.0.113.5:61000. */
    private static void answer(DatagramSocket server, DatagramPacket question) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(32).putShort((short) 0x0101).putShort((short) 12).put(question.getData(), 4, 16)
                .putInt(0x0020_0008).putShort((short) 1).putShort((short) (61_000 ^ 0x2112)).putInt(0xCB00_7105 ^ 0x2112_A442);
        SocketAddress from = question.getSocketAddress();
        server.send(new DatagramPacket(answer.array(), 32, from));
    }

    private static Nat slow(DatagramSocket server) {
        return OFFERED.withStunServers("127.0.0.1:" + server.getLocalPort()).withGathering(Duration.ofSeconds(10));
    }

    private static void assertTellsLate(String info, String ufrag) {
        for (String line : new String[] {"Info-Package: trickle-ice", "Content-Disposition: Info-Package",
            "Content-Type: application/trickle-ice-sdpfrag", ufrag, "m=audio 9 RTP/AVP 0", "a=mid:0", "a=end-of-candidates"}) {
            assertTrue(info.contains("\r\n" + line + "\r\n"), () -> line + " is missing in\n" + info);
        }
        assertTrue(info.matches("(?s).*a=candidate:\\S+ 1 udp \\d+ 127\\.0\\.0\\.1 \\d+ typ host\r\n"
                + ".*a=candidate:\\S+ 1 udp \\d+ 203\\.0\\.113\\.5"
                + " 61000 typ srflx .*"), info);
    }

    private static String line(String message, String begin) {
        return message.lines().filter(one -> one.startsWith(begin)).findFirst().orElseThrow();
    }

    @Test
    void anOfferWaitsForServersSaysThatWeTakeMoreAndTakesItBeforeAndAfterTheAnswer() throws Exception {
        try (DatagramSocket first = new DatagramSocket(Rig.ANY_PORT); DatagramSocket second = new DatagramSocket(Rig.ANY_PORT);
                WirePeer peer = new WirePeer(); Phone phone = phone()) {
            Call call = phone.addAccount(AccountConfig.of("sip:me@127.0.0.1").withNat(OFFERED)).dial("sip:x@" + peer.address());
            String invite = peer.request("INVITE");
            assertTrue(line(invite, "Supported:").contains("trickle-ice"), invite);
            assertTrue(line(invite, "Recv-Info:").contains("trickle-ice"), invite);
            assertTrue(invite.matches("(?s).*a=mid:0\r\n.*a=ice-options:trickle ice2\r\n.*a=candidate:.*a=end-of-candidates\r\n.*"),
                    invite);
            peer.answer(invite, "180 Ringing", "a", TAKES, "");
            peer.within(invite, true, 7, "INFO", INFO, fragment(first));
            assertTrue(peer.response().startsWith("SIP/2.0 200 "));
            peer.answer(invite, "200 OK", "a", TAKES, sdp());
            peer.request("ACK");
            call.awaitAnswer();
            assertIsChecked(first);
            peer.within(invite, true, 8, "INFO", INFO, fragment(second).replace("candidate:1", "candidate:2"));
            assertTrue(peer.response().startsWith("SIP/2.0 200 "));
            assertIsChecked(second);
        }
    }

    @Test
    void anOfferToAPeerThatIsKnownToTakeMoreDoesNotWaitAndTellsItBeforeTheAnswer() throws Exception {
        try (DatagramSocket server = new DatagramSocket(Rig.ANY_PORT); WirePeer peer = new WirePeer(); Phone phone = phone()) {
            Account account = phone.addAccount(AccountConfig.of("sip:me@127.0.0.1").withNat(slow(server)));
            CompletableFuture<?> known = account.options().ask("sip:x@" + peer.address());
            peer.answer(peer.request("OPTIONS"), "200 OK", "o", TAKES, "");
            known.get(10, TimeUnit.SECONDS);
            account.dial("sip:x@" + peer.address());
            String invite = peer.request("INVITE");
            assertFalse(invite.contains("typ srflx") || invite.contains("end-of-candidates"), invite);
            assertTrue(invite.matches("(?s).*a=candidate:\\S+ 2 udp .*"), "who has yet to answer may want RTCP on a port of its own");
            answer(server, next(server));
            answer(server, next(server));
            peer.answer(invite, "180 Ringing", "a", TAKES, "");
            String info = peer.request("INFO");
            while (!info.contains("a=end-of-candidates")) { // sent between the two answers
                peer.answer(info, "200 OK", "a", "", "");
                info = peer.request("INFO");
            }
            assertTellsLate(info, line(invite, "a=ice-ufrag"));
            peer.answer(info, "200 OK", "a", "", "");
        }
    }

    /** Lets this offer, under these headers, come in to a phone whose server is slow, and returns the dialog once it is answered. */
    private static String accepted(WirePeer peer, Phone phone, Nat nat, String headers) throws IOException {
        Account account = phone.addAccount(AccountConfig.of("sip:me@" + peer.address()).withNat(nat));
        account.onCall(incoming -> incoming.answerAsync(CallOptions.DEFAULT));
        account.registerAsync();
        String register = peer.request("REGISTER");
        String contact = register.replaceAll("(?s).*\r\nContact: <(sip:[^>]*)>.*", "$1");
        peer.answer(register, "200 OK", "r", "Expires: 600\r\n", "");
        peer.send("INVITE", contact, "sip:me@" + peer.address(), "From: <sip:x@127.0.0.1>;tag=f\r\nContent-Type: application/sdp\r\n"
                + headers, sdp());
        String response = peer.response();
        while (!response.startsWith("SIP/2.0 200") || !response.contains("INVITE\r\n")) {
            assertFalse(response.matches("(?s)SIP/2.0 [3-6].*"), response);
            response = peer.response();
        }
        peer.within(response, false, 1, "ACK", "", "");
        return response;
    }

    @Test
    void anAnswerToAPeerThatTakesMoreDoesNotWaitAndWeTakeMoreToo() throws Exception {
        try (DatagramSocket server = new DatagramSocket(Rig.ANY_PORT); DatagramSocket ear = new DatagramSocket(Rig.ANY_PORT);
                WirePeer peer = new WirePeer(); Phone phone = phone()) {
            String response = accepted(peer, phone, slow(server), TAKES);
            assertFalse(response.contains("typ srflx") || response.contains("end-of-candidates"), response);
            peer.within(response, false, 2, "INFO", INFO, fragment(ear));
            String reply = peer.response();
            assertTrue(reply.startsWith("SIP/2.0 200 "), reply);
            assertIsChecked(ear);
            answer(server, next(server));
            String info = peer.request("INFO");
            assertTellsLate(info, line(response, "a=ice-ufrag"));
            peer.answer(info, "200 OK", "f", "", "");
        }
    }

    @Test
    void anAnswerToAPeerThatSaysSoInItsSdpOnlyWaitsForServers() throws Exception {
        try (DatagramSocket server = new DatagramSocket(Rig.ANY_PORT); WirePeer peer = new WirePeer(); Phone phone = phone()) {
            Thread helper = new Thread(() -> {
                try {
                    answer(server, next(server));
                } catch (IOException closed) {
                    return;
                }
            });
            helper.start();
            String response = accepted(peer, phone, slow(server), "");
            assertTrue(response.contains(" 203.0.113.5 61000 typ srflx ") && response.contains("a=end-of-candidates"), response);
            helper.join();
        }
    }

    @Test
    void whoWantsNoneSaysNothingOfItAndRefusesIt() throws Exception {
        try (DatagramSocket ear = new DatagramSocket(Rig.ANY_PORT); WirePeer peer = new WirePeer(); Phone phone = phone()) {
            String response = accepted(peer, phone, OFFERED.withTrickle(Trickle.NEVER), TAKES);
            assertFalse(response.contains("trickle"), response);
            assertTrue(response.contains("a=ice-options:ice2\r\n") && !response.contains("end-of-candidates"), response);
            peer.within(response, false, 2, "INFO", INFO, fragment(ear));
            assertTrue(peer.response().startsWith("SIP/2.0 469 "));
        }
    }

    @Test
    void aPeerThatTakesNoMoreByInfoIsToldInAnOfferOfItsOwn() throws Exception {
        try (DatagramSocket server = new DatagramSocket(Rig.ANY_PORT);
                WirePeer peer = new WirePeer(); Phone phone = phone()) {
            Call call = phone.addAccount(AccountConfig.of("sip:me@127.0.0.1").withNat(slow(server).withTrickle(Trickle.ALWAYS)))
                    .dial("sip:x@" + peer.address());
            String invite = peer.request("INVITE");
            assertFalse(invite.contains("typ srflx"), invite);
            answer(server, next(server));
            peer.answer(invite, "200 OK", "a", "", sdp());
            peer.request("ACK");
            call.awaitAnswer();
            String again = peer.request("INVITE");
            assertTrue(again.contains(" 203.0.113.5 61000 typ srflx"), again);
            assertEquals(line(invite, "a=ice-ufrag"), line(again, "a=ice-ufrag"));
        }
    }
}
