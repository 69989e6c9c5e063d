package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Call;
import io.earshot.api.CallQuality;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.Tone;
import io.earshot.dsp.ToneAnalyzer;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Figures of running calls, and streams of calls in a conference. */
@Timeout(40)
class BehaviourFiguresTest {
    private static long field(String line, int index) {
        return Long.parseLong(line.split(",", -1)[index]);
    }

    /** Whatever the network did: a report has what came since the one before, so that the reports add up to the call's own counts. */
    @Test
    void b159ReportsAddUpToTheCountsOfTheCall() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("audiosource=tone:440", "jsscripstats=1").started()) {
            rig.peer("bob");
            assertTrue(rig.alice.API_Call(-1, "bob"));
            rig.ringing().answer();
            rig.until("Speaking (0 sec)");
            Call call = rig.alice.phone().parts().lines().find(1).orElseThrow().call();
            long[] sums = new long[5];
            CallQuality before = CallQuality.NONE;
            for (int turn = 1; turn <= 2; turn++) {
                long packets = 12L * turn;
                WebphoneRig.await("packets", () -> call.quality().packetsReceived() >= packets && call.quality().packetsSent() >= packets);
                before = call.quality();
                String told = rig.alice.API_RTPStat();
                assertTrue(told.startsWith("RTPSTAT,"), told);
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += field(told, i + 1);
                }
                assertTrue(field(told, 1) >= 1 && field(told, 1) <= 5, told);
            }
            CallQuality after = call.quality();
            assertTrue(sums[1] >= before.packetsSent() && sums[1] <= after.packetsSent(), "sent " + sums[1] + " of " + after);
            assertTrue(sums[2] >= before.packetsReceived() && sums[2] <= after.packetsReceived(), "received " + sums[2] + " of " + after);
            assertTrue(sums[4] <= after.packetsLost() && sums[3] >= sums[4], "lost " + sums[4] + ", issues " + sums[3] + " of " + after);
            String status = rig.until("STATUS,1,Speaking");
            while (status.split(",", -1).length < 20 || status.endsWith(",,,,,") || field(status, 17) < 20) {
                status = rig.until("STATUS,1,Speaking");
            }
            assertTrue(field(status, 16) >= 20, "sent: " + status);
            assertTrue(field(status, 17) <= call.quality().packetsReceived(), "received: " + status);
        }
    }

    /** Listens until a tone is there, or is not. */
    private static void hears(PcmSink ear, double hz, boolean there) throws InterruptedException {
        short[] heard = new short[1_600];
        do {
            for (int n = 0; n < heard.length; ) {
                int count = ear.read(heard, n, heard.length - n);
                assertTrue(count > 0, "the call is over");
                n += count;
            }
        } while (ToneAnalyzer.levelDbfs(heard, 0, heard.length, 8_000, hz) > -40 != there);
    }

    @Test
    void b091TheDirectionThatIsMutedIsSilentAndNoOther() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("audiosource=tone:440").started()) {
            rig.peer("bob");
            assertTrue(rig.alice.API_Call(-1, "bob"));
            Call bob = rig.ringing().answer();
            rig.until("Speaking (0 sec)");
            bob.audio().play(Tone.of(1_500));
            PcmSink bobs = bob.audio().output(8_000);
            PcmSink ours = rig.alice.phone().parts().lines().find(1).orElseThrow().call().audio().output(8_000);
            for (int direction = 1; direction <= 2; direction++) { // 1 the speaker, 2 the microphone
                hears(bobs, 440, true);
                hears(ours, 1_500, true);
                assertTrue(rig.alice.API_MuteEx(-1, true, direction));
                hears(ours, 1_500, direction != 1);
                hears(bobs, 440, direction != 2);
                hears(ours, 1_500, direction != 1);
                assertTrue(rig.alice.API_MuteEx(-1, false, direction));
            }
        }
    }

    @Test
    void b120SomebodyIsCalledIntoAConferenceThatRunsAndLeavesIt() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("audiosource=silence").started()) {
            for (String user : new String[] {"bob", "carol", "dora"}) {
                rig.peer(user);
            }
            assertTrue(rig.alice.API_Call(1, "bob"));
            rig.ringing().answer();
            rig.until("Speaking (0 sec)");
            assertTrue(rig.alice.API_ConfEx(1, "carol", true));
            Call carol = rig.ringing().answer();
            rig.until("GROUP,2,bob | carol");
            assertTrue(rig.alice.API_ConfEx(-2, "dora", true));
            Call dora = rig.ringing().answer();
            rig.until("GROUP,3,bob | carol | dora");
            dora.audio().play(Tone.of(1_500));
            PcmSink ear = carol.audio().output(8_000);
            short[] heard = new short[800];
            do {
                assertTrue(ear.read(heard, 0, heard.length) > 0, "the call is over");
            } while (ToneAnalyzer.levelDbfs(heard, 0, heard.length, 8_000, 1_500) < -30);
            carol.hangup();
            rig.until("GROUP,1,bob | dora");
            assertEquals(2, rig.alice.API_GetCurrentConnectedCallCount());
        }
    }

    @Test
    void b172CallsInAConferenceHaveAStreamEach() throws Exception {
        try (DatagramSocket ear = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ear.setSoTimeout(10_000);
            try (WebphoneRig rig = new WebphoneRig("audiosource=silence", "sendmediain_to=" + ear.getLocalPort(), "sendmedia_type=2",
                    "sendmedia_line=1", "sendmediain_conf=1").started()) {
                rig.peer("bob");
                rig.peer("carol");
                assertTrue(rig.alice.API_Call(1, "bob"));
                Call bob = rig.ringing().answer();
                rig.until("Speaking (0 sec)");
                assertTrue(rig.alice.API_Conf("carol"));
                Call carol = rig.ringing().answer();
                rig.until("GROUP,2,bob | carol");
                bob.audio().play(Tone.of(500));
                carol.audio().play(Tone.of(1_500));
                Map<Integer, Double> heard = new HashMap<>();
                Map<Integer, ByteBuffer> windows = new HashMap<>();
                while (heard.size() < 2) {
                    listen(ear, windows, heard);
                }
                assertEquals(500, heard.get(1), 30, "bob alone on his line");
                assertEquals(1_500, heard.get(2), 30, "carol alone on hers");
            }
        }
    }

    /** Takes a packet, and notes the pitch of a line once it has a tenth of a second in which there is one tone and not the other. */
    private static void listen(DatagramSocket ear, Map<Integer, ByteBuffer> windows, Map<Integer, Double> heard) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
        ear.receive(packet);
        int line = packet.getData()[0] - '0';
        ByteBuffer pcm = ByteBuffer.wrap(packet.getData(), 2, packet.getLength() - 2).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer window = windows.computeIfAbsent(line, one -> ByteBuffer.allocate(1_600));
        while (pcm.remaining() >= 2 && window.remaining() >= 2) {
            window.putShort(pcm.getShort());
        }
        if (window.remaining() < 2) {
            short[] samples = new short[800];
            window.flip().asShortBuffer().get(samples);
            window.clear();
            double low = ToneAnalyzer.levelDbfs(samples, 0, samples.length, 8_000, 500);
            double high = ToneAnalyzer.levelDbfs(samples, 0, samples.length, 8_000, 1_500);
            if (Math.max(low, high) > -30 && Math.abs(low - high) > 20) {
                heard.putIfAbsent(line, ToneAnalyzer.dominantHz(samples, 0, samples.length, 8_000));
            }
        }
    }
}
