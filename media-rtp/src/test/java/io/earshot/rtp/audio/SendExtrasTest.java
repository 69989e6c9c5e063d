package io.earshot.rtp.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.packet.RtpPacket;
import io.earshot.rtp.packet.RtpVerdict;
import io.earshot.rtp.session.BitRateControl;
import io.earshot.rtp.session.RtpSender;
import io.earshot.rtp.testing.MuLawCodec;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Comfort noise, redundancy and the bit rate of what is sent. */
class SendExtrasTest {
    private static final PayloadFormat PCMU = new PayloadFormat(0, MuLawCodec.DESCRIPTOR, new MuLawCodec());
    private final RtpSender rtp = new RtpSender(IdSource.seeded(4));
    private final AudioSender sender = new AudioSender(rtp, PCMU, 20);
    private final RtpPacket packet = new RtpPacket();
    private final byte[] out = new byte[1000];
    private final SplittableRandom random = new SplittableRandom(1);

    private boolean next(int amplitude) {
        short[] pcm = new short[160];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) random.nextInt(-amplitude, amplitude + 1);
        }
        sender.write(pcm, 0, 160);
        int length = sender.next(out, 2, 0);
        return length > 0 && packet.wrap(out, 2, length) == RtpVerdict.OK;
    }

    private byte[] payload() {
        return Arrays.copyOfRange(packet.buffer(), packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength());
    }

    @Tag("rfc3389")
    @Test void aPauseIsDescribedAtItsBeginningAndOnceASecond() {
        sender.comfortNoise(13);
        assertTrue(next(8000));
        while (packet.payloadType() == 0) {
            next(40);
        }
        assertEquals(13, packet.payloadType());
        assertFalse(packet.marker());
        assertEquals(11, packet.payloadLength());
        int first = packet.timestamp();
        int packets = 0;
        for (int i = 0; i < 500; i++) {
            packets += next(40) ? 1 : 0;
        }
        assertEquals(10, packets);
        assertEquals(500 * 160, packet.timestamp() - first);
        assertEquals(13, packet.payloadType());
        int sequence = packet.sequence();
        assertTrue(next(8000));
        assertEquals(0, packet.payloadType());
        assertTrue(packet.marker());
        assertEquals(501 * 160, packet.timestamp() - first);
        assertEquals(sequence + 1 & 0xffff, packet.sequence());
    }

    @Tag("rfc3389")
    @Test void noiseThatChangesIsDescribedAnew() {
        sender.comfortNoise(13);
        for (int i = 0; i < 100; i++) {
            next(40);
        }
        int before = packet.buffer()[packet.payloadOffset()];
        int packets = 0;
        for (int i = 0; i < 40; i++) {
            packets += next(20) ? 1 : 0;
        }
        assertTrue(packets >= 2, "packets " + packets);
        assertEquals(before + 6, packet.buffer()[packet.payloadOffset()], 1);
    }

    @Tag("rfc3389")
    @Test void withoutComfortNoiseEverythingIsSent() {
        sender.comfortNoise(13);
        sender.comfortNoise(-1);
        for (int i = 0; i < 200; i++) {
            assertTrue(next(10));
            assertEquals(0, packet.payloadType());
        }
    }

    @Tag("rfc2198")
    @Test void eachPacketCarriesTheOneBefore() {
        sender.redundancy(121, 1);
        assertEquals(12 + 5 + 320, sender.maxPacket());
        assertTrue(next(8000));
        assertEquals(121, packet.payloadType());
        byte[] first = payload();
        assertEquals(161, first.length);
        assertEquals(0, first[0], "one block, and it is the last");
        assertTrue(next(8000));
        byte[] second = payload();
        assertEquals(5 + 320, second.length);
        assertEquals(0x80, second[0] & 0xff);
        int words = (second[1] & 0xff) << 16 | (second[2] & 0xff) << 8 | second[3] & 0xff;
        assertEquals(160, words >> 10, "ticks ago");
        assertEquals(160, words & 0x3ff, "bytes");
        assertEquals(0, second[4]);
        assertArrayEquals(Arrays.copyOfRange(first, 1, 161), Arrays.copyOfRange(second, 5, 165));
        sender.pause(0);
        sender.resume(1_000_000_000);
        assertTrue(next(8000));
        assertEquals(161, packet.payloadLength(), "a pause is not bridged");
        assertTrue(packet.marker());
    }

    /** What we send with several copies brings a whole burst back to who reads it. */
    @Tag("rfc2198")
    @Test void burstsAsLongAsTheCopiesAreRecovered() {
        for (int copies = 1; copies <= 3; copies++) {
            AudioSender several = new AudioSender(rtp, PCMU, 20);
            several.redundancy(121, copies);
            byte[] big = new byte[several.maxPacket()];
            AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT.withDelays(100_000_000, 100_000_000), 20, List.of(PCMU));
            receiver.redundancy(121);
            short[] pcm = new short[160];
            for (int i = 0; i < 200; i++) {
                Arrays.fill(pcm, (short) (i * 100 + 8));
                several.write(pcm, 0, 160);
                int length = several.next(big, 0, 0);
                assertEquals(12 + 1 + 160 + Math.min(i, copies) * 164, length);
                boolean lost = i % 20 >= 10 && i % 20 < 10 + copies;
                if (!lost) {
                    assertEquals(RtpVerdict.OK, packet.wrap(big, 0, length));
                    receiver.onPacket(packet, i * 20_000_000L);
                }
                receiver.read(i * 20_000_000L, pcm, 0);
            }
            assertEquals(10 * copies, receiver.jitterStatistics().recovered(), copies + " copies");
            assertEquals(0, receiver.statistics().concealed(), copies + " copies");
        }
    }

    @Tag("rfc2198")
    @Test void whatDoesNotFitTheHeaderIsNotRepeated() {
        AudioSender wide = new AudioSender(rtp, PCMU, 120);
        wide.redundancy(121, 3);
        byte[] big = new byte[wide.maxPacket()];
        for (int i = 0; i < 3; i++) {
            wide.write(new short[960], 0, 960);
            assertEquals(12 + 1 + 960, wide.next(big, 0, 0), "two of 960 bytes do not fit a packet");
        }
    }

    @Test void theBitRateFallsWithLossesAndRisesSlowly() {
        BitRateControl control = new BitRateControl(6_000, 64_000);
        assertEquals(64_000, control.target());
        control.onReport(0.5);
        assertEquals(48_000, control.target());
        control.onReport(0.05);
        assertEquals(48_000, control.target());
        for (int i = 0; i < 50; i++) {
            control.onReport(1);
        }
        assertEquals(6_000, control.target());
        assertEquals(1, control.loss(), 0.01);
        control.onReport(0);
        assertEquals(6_480, control.target());
        for (int i = 0; i < 50; i++) {
            control.onReport(0);
        }
        assertEquals(64_000, control.target());
        assertEquals(0, control.loss(), 0.01);
    }
}
