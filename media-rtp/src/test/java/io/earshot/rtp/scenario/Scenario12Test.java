package io.earshot.rtp.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.audio.AudioReceiver;
import io.earshot.rtp.audio.PayloadFormat;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.rtcp.NtpTime;
import io.earshot.rtp.session.PayloadTypes;
import io.earshot.rtp.session.ReceiveVerdict;
import io.earshot.rtp.session.RtpEvent;
import io.earshot.rtp.session.RtpSession;
import io.earshot.rtp.session.RtpSessionConfig;
import io.earshot.rtp.testing.MuLawCodec;
import io.earshot.rtp.testing.Packets;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Scenario 12: others write into a call, its peer sends our own SSRC back, or sends under another one. */
class Scenario12Test {
    private TestReporter reporter;

    @BeforeEach
    void report(TestReporter to) {
        reporter = to;
    }

    private void told(String form, Object... figures) {
        reporter.publishEntry(String.format(Locale.ROOT, form, figures));
    }

    private static final long MS = Ticker.MILLISECOND;
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 4000);
    private static final InetSocketAddress STRANGER = new InetSocketAddress("203.0.113.66", 4000);
    private static final int SECONDS = 10;
    private static final int FLOOD = 5_000;

    private final RtpSession session = new RtpSession(RtpSessionConfig.forCall("us"), IdSource.seeded(1),
        NtpTime.startingAt(Instant.EPOCH, 0), 0);
    private final AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT, 20,
        List.of(new PayloadFormat(0, MuLawCodec.DESCRIPTOR, new MuLawCodec())));
    private final short[] heard = new short[160];

    Scenario12Test() {
        session.payloadTypes(PayloadTypes.none().with(0, 8000));
        session.negotiated(PEER, PEER);
    }

    private static byte[] voice(int amplitude) {
        short[] pcm = new short[160];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) (amplitude * Math.sin(2 * Math.PI * i / 16));
        }
        byte[] payload = new byte[160];
        new MuLawCodec().encode(pcm, 0, 160, payload, 0);
        return payload;
    }

    private ReceiveVerdict take(byte[] bytes, InetSocketAddress source, long now) {
        ReceiveVerdict verdict = session.receive(bytes, 0, bytes.length, source, now);
        if (verdict == ReceiveVerdict.ACCEPTED || verdict == ReceiveVerdict.ACCEPTED_NEW_SOURCE) {
            for (RtpEvent event = session.pollEvent(); event != RtpEvent.NONE; event = session.pollEvent()) {
                if (event == RtpEvent.REMOTE_SSRC_CHANGED) {
                    receiver.reset();
                }
            }
            receiver.onPacket(session.packet(), now);
        }
        return verdict;
    }

    private int loudness(long now) {
        receiver.read(now, heard, 0);
        int loudest = 0;
        for (short sample : heard) {
            loudest = Math.max(loudest, Math.abs(sample));
        }
        return loudest;
    }

    @Test void nothingThatIsInjectedIsHeardAndAFloodOfItCostsLittle() {
        SplittableRandom random = new SplittableRandom(12);
        byte[] noise = voice(20_000);
        byte[] silence = voice(0);
        byte[] garbage = new byte[172];
        int loudest = 0;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long spent = 0;
        for (int i = 0; i < SECONDS * 50; i++) {
            long now = i * 20 * MS;
            byte[][] flood = new byte[FLOOD / 50][];
            for (int k = 0; k < flood.length; k++) { // our own SSRC, the peer's, any, and what is no RTP, as of another key
                random.nextBytes(garbage);
                int ssrc = k % 4 == 0 ? session.sender().ssrc() : k % 4 == 1 ? 7 : random.nextInt();
                flood[k] = k % 4 == 3 ? garbage.clone() : Packets.rtp(0, i + k, 160 * (i + k), ssrc, noise);
            }
            long before = threads.getCurrentThreadCpuTime();
            take(Packets.rtp(0, i, 160 * i, 7, silence), PEER, now);
            for (byte[] each : flood) {
                take(each, STRANGER, now);
            }
            loudest = Math.max(loudest, loudness(now));
            spent += threads.getCurrentThreadCpuTime() - before;
        }
        double share = 100.0 * spent / (SECONDS * Ticker.SECOND);
        told("scenario 12, %d foreign packets a second: %.1f %% of a core, loudest sample heard of them %d, %d ms concealed",
            FLOOD, share, loudest, receiver.statistics().concealed());
        assertTrue(loudest < 100, "heard " + loudest);
        assertTrue(share < 20, share + " % of a core");
        assertEquals(0, receiver.statistics().concealed());
        assertEquals(PEER, session.remoteRtp().orElseThrow());
    }

    /** RFC 3550 §8.2: goodbye for the old one, another for us, once; what goes on coming back under the old one is a loop and unheard. */
    @Test void ourOwnSsrcSentBackByThePeerIsGivenUpOnce() {
        byte[] out = new byte[600];
        byte[] echo = voice(20_000);
        for (int i = 0; i < 100; i++) {
            take(Packets.rtp(0, i, 160 * i, 7, voice(1_000)), PEER, i * 20 * MS);
            loudness(i * 20 * MS);
        }
        int ours = session.sender().ssrc();
        session.sender().packet(out, 0, 0, true, 0, 160, 0);
        assertEquals(ReceiveVerdict.COLLISION, take(Packets.rtp(0, 1, 1, ours, echo), PEER, 2_000 * MS));
        int changed = session.sender().ssrc();
        assertNotEquals(ours, changed);
        int length = session.poll(out, 0, 2_001 * MS);
        assertEquals(203, out[length - 8 + 1] & 0xFF, "a goodbye");
        int loudest = 0;
        for (int i = 100; i < 200; i++) {
            long now = i * 20 * MS + MS;
            take(Packets.rtp(0, i, 160 * i, 7, voice(1_000)), PEER, now);
            take(Packets.rtp(0, i, 160 * i, changed, echo), STRANGER, now);
            loudest = Math.max(loudest, loudness(now));
        }
        told("scenario 12, collision: one goodbye, one new SSRC, %d ms concealed, loudest sample %d of a peer that says %d",
            receiver.statistics().concealed(), loudest, 1_000);
        assertEquals(changed, session.sender().ssrc());
        assertTrue(loudest < 1_200, "the echo was heard: " + loudest);
        assertTrue(receiver.statistics().concealed() <= 20, receiver.statistics().toString());
    }

    /** A gateway goes over to another source: its sound is there within three packets, and the old source is not mixed into it. */
    @Test void anotherSsrcOfThePeerIsHeardAtOnce() {
        for (int i = 0; i < 100; i++) {
            take(Packets.rtp(0, i, 160 * i, 7, voice(1_000)), PEER, i * 20 * MS);
            loudness(i * 20 * MS);
        }
        int silent = 0;
        for (int i = 0; i < 100; i++) {
            long now = (100 + i) * 20 * MS;
            take(Packets.rtp(0, 40_000 + i, 999_999 + 160 * i, 8, voice(8_000)), PEER, now);
            silent += loudness(now) < 7_000 ? 1 : 0;
        }
        told("scenario 12, another SSRC: heard after %d ms", 20 * silent);
        assertTrue(silent <= 5, silent + " ticks without it");
        Arrays.fill(heard, (short) 0);
        assertEquals(8, session.remoteSsrc());
    }
}
