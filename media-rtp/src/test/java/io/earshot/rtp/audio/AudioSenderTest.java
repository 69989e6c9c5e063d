package io.earshot.rtp.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.packet.RtpPacket;
import io.earshot.rtp.packet.RtpVerdict;
import io.earshot.rtp.session.RtpSender;
import io.earshot.rtp.testing.MuLawCodec;
import io.earshot.rtp.testing.TaggedCodec;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3551")
class AudioSenderTest {
    private static final PayloadFormat PCMU = new PayloadFormat(0, MuLawCodec.DESCRIPTOR, new MuLawCodec());
    private static final PayloadFormat SUPPRESSING = new PayloadFormat(100, TaggedCodec.DESCRIPTOR, new TaggedCodec(i -> { }));
    private final RtpSender rtp = new RtpSender(IdSource.seeded(4));
    private final RtpPacket packet = new RtpPacket();
    private final byte[] out = new byte[1000];
    private final short[] pcm = new short[960];

    private boolean next(AudioSender sender, long now) {
        int length = sender.next(out, 3, now);
        return length > 0 && packet.wrap(out, 3, length) == RtpVerdict.OK;
    }

    @Test void cutsBlocksOfAnyLengthIntoPacketsOfThePacketTime() {
        AudioSender sender = new AudioSender(rtp, PCMU, 30);
        assertEquals(12 + 240, sender.maxPacket());
        sender.write(pcm, 0, 160);
        assertFalse(next(sender, 0));
        sender.write(pcm, 0, 160);
        assertTrue(next(sender, 1));
        assertEquals(240, packet.payloadLength());
        assertTrue(packet.marker());
        int first = packet.timestamp();
        int sequence = packet.sequence();
        assertFalse(next(sender, 2));
        sender.write(pcm, 0, 160);
        assertTrue(next(sender, 3));
        assertFalse(packet.marker());
        assertEquals(240, packet.timestamp() - first);
        assertEquals(sequence + 1, packet.sequence());
        assertEquals(2, rtp.packets());
        assertEquals(480, rtp.octets());
        assertEquals(3, rtp.lastSent());
    }

    @Test void suppressedSilenceLeavesAGapInTimeAndAMarker() {
        AudioSender sender = new AudioSender(rtp, SUPPRESSING, 20);
        Arrays.fill(pcm, (short) 1000);
        sender.write(pcm, 0, 160);
        assertTrue(next(sender, 0));
        int first = packet.timestamp();
        int sequence = packet.sequence();
        sender.write(new short[480], 0, 480);
        assertFalse(next(sender, 0));
        sender.write(pcm, 0, 160);
        assertTrue(next(sender, 0));
        assertTrue(packet.marker());
        assertEquals(4 * 160, packet.timestamp() - first);
        assertEquals(sequence + 1, packet.sequence());
    }

    @Test void timeGoesOnDuringAPause() {
        AudioSender sender = new AudioSender(rtp, PCMU, 20);
        sender.write(pcm, 0, 160);
        assertTrue(next(sender, 0));
        int first = packet.timestamp();
        sender.pause(20 * Ticker.MILLISECOND);
        sender.pause(25 * Ticker.MILLISECOND);
        sender.write(pcm, 0, 160);
        assertFalse(next(sender, 0));
        sender.resume(1020 * Ticker.MILLISECOND);
        sender.write(pcm, 0, 160);
        assertTrue(next(sender, 0));
        assertEquals(160 + 8000, packet.timestamp() - first);
        assertTrue(packet.marker());
    }

    @Test void switchesTheCodecMidStream() {
        AudioSender sender = new AudioSender(rtp, PCMU, 20);
        sender.write(pcm, 0, 240);
        assertTrue(next(sender, 0));
        int first = packet.timestamp();
        Arrays.fill(pcm, (short) 5);
        sender.switchTo(SUPPRESSING, 40);
        sender.write(pcm, 0, 240); // the 80 samples left over count
        assertTrue(next(sender, 0));
        assertEquals(100, packet.payloadType());
        assertEquals(160, packet.timestamp() - first);
        assertFalse(next(sender, 0));
    }

    /** G.722 samples at 16 kHz, but its RTP clock runs at 8 kHz (RFC 3551 §4.5.2). */
    @Test void timestampsCountTheRtpClockNotTheSamples() {
        CodecDescriptor g722 = new CodecDescriptor("G722", 8000, 16_000, 1, 9, 10, 20, 1);
        AudioCodec half = new MuLawCodec();
        AudioSender sender = new AudioSender(rtp, new PayloadFormat(9, g722, half), 20);
        sender.write(pcm, 0, 640);
        assertTrue(next(sender, 0));
        int first = packet.timestamp();
        assertTrue(next(sender, 0));
        assertEquals(160, packet.timestamp() - first);
    }

    @Test void tellsWhenPacketsAreNotDrained() {
        AudioSender sender = new AudioSender(rtp, PCMU, 20);
        assertEquals(960, sender.write(pcm, 0, 960));
        assertEquals(160, sender.write(pcm, 0, 960));
    }

    @Test void refusesAPacketTimeThatHoldsNoWholeFrames() {
        assertThrows(IllegalArgumentException.class, () -> new AudioSender(rtp, PCMU, 25));
        assertThrows(IllegalArgumentException.class, () -> new AudioSender(rtp, PCMU, 130));
    }
}
