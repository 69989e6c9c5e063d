package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.CallQuality;
import io.earshot.api.Phone;
import io.earshot.api.audio.Tone;
import io.earshot.api.calls.CallLimits;
import io.earshot.api.calls.CallRules;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** INVITEs of nobody, as fast as they are refused, at a phone that talks: no sound is lost, and the next caller gets through. */
@Timeout(60)
@Tag("rfc3261")
class FloodDuringCallTest {
    private static final int BURSTS = 150;
    private static final int BURST = 20;

    @Test
    void theSoundOfACallLosesNothingWhileItsPhoneIsFloodedWithInvites() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            Account bob = phone.register(rig.config("bob"));
            Account alice = rig.registered("alice");
            Rig.Talk talk = Rig.talk(alice, bob);
            talk.caller().audio().play(Tone.of(440));
            talk.callee().audio().play(Tone.of(880));
            phone.callRules(CallRules.NONE.with(CallLimits.NONE.withCallWaiting(false)));
            assertEquals(BURSTS * BURST, flood(phone), "INVITEs were not refused with 486");
            phone.callRules(CallRules.NONE);
            Call other = Rig.talk(rig.registered("carol"), bob).callee();
            assertEquals(Call.State.ESTABLISHED, other.state());
            clean(talk.caller());
            clean(talk.callee());
        }
    }

    private static void clean(Call call) {
        assertEquals(Call.State.ESTABLISHED, call.state());
        while (call.quality().packetsReceived() == 0) { // the flood may be over before quality is told for the first time
            Thread.onSpinWait();
        }
        CallQuality quality = call.quality();
        assertTrue(quality.lossPercent() < 1, () -> "sound was lost: " + quality);
    }

    /** Sends bursts and takes their answers, which it never acknowledges; returns how many were refused as they should be. */
    private static int flood(Phone phone) throws IOException {
        String address = phone.listeningOn().get(0).substring("UDP ".length());
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        InetAddress host = InetAddress.getLoopbackAddress();
        Set<String> refused = new HashSet<>();
        try (DatagramSocket socket = new DatagramSocket(0, host)) {
            socket.setSoTimeout(10_000);
            socket.setReceiveBufferSize(1 << 20);
            DatagramPacket in = new DatagramPacket(new byte[4096], 4096);
            for (int burst = 1; burst <= BURSTS; burst++) {
                for (int i = 0; i < BURST; i++) {
                    byte[] invite = invite("f" + burst + "-" + i, address, socket.getLocalPort());
                    socket.send(new DatagramPacket(invite, invite.length, host, port));
                }
                while (refused.size() < burst * BURST) {
                    socket.receive(in);
                    String text = new String(in.getData(), 0, in.getLength(), StandardCharsets.US_ASCII);
                    if (text.startsWith("SIP/2.0 486 ")) {
                        refused.add(text.substring(text.indexOf("z9hG4bK"), text.indexOf(";mark")));
                    }
                }
            }
        }
        return refused.size();
    }

    private static byte[] invite(String mark, String address, int port) {
        String us = "127.0.0.1:" + port;
        return ("INVITE sip:bob@" + address + " SIP/2.0\r\nVia: SIP/2.0/UDP " + us + ";branch=z9hG4bK" + mark + ";mark\r\n"
                + "Max-Forwards: 70\r\nFrom: <sip:flood@" + us + ">;tag=" + mark + "\r\nTo: <sip:bob@" + address + ">\r\nCall-ID: " + mark
                + "\r\nCSeq: 1 INVITE\r\nContact: <sip:flood@" + us + ">\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
