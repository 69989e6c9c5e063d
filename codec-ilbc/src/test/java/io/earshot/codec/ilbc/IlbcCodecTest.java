package io.earshot.codec.ilbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import io.earshot.testkit.audio.CodecSignals;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("rfc3952")
class IlbcCodecTest {
    private static final short[] SPEECH = CodecSignals.speechLike(IlbcProvider.FRAMES_OF_20, 1_800);

    /** ffmpeg's decoder gives this much of the input back, too; it is what 15 and 13 kbit/s are good for. */
    @ParameterizedTest
    @EnumSource(IlbcMode.class)
    void speechComesBack(IlbcMode mode) {
        short[] back = decode(mode, encode(mode), -1, false);
        int delay = mode == IlbcMode.MILLIS_20 ? 40 : 80;
        short[] moved = Arrays.copyOfRange(back, delay, back.length);
        double ratio = CodecSignals.ratio(SPEECH, moved, 1_600, moved.length - 400);
        assertTrue(ratio > 6, mode + " gives " + ratio + " dB");
    }

    /** A lost frame sounds like its neighbours, and 60 ms later nothing of it is left. */
    @ParameterizedTest
    @EnumSource(IlbcMode.class)
    void aLostFrameIsFilledAndThenForgotten(IlbcMode mode) {
        byte[] packets = encode(mode);
        short[] whole = decode(mode, packets, -1, false);
        int frames = packets.length / mode.bytes;
        int loud = 0;
        double ratios = 0;
        for (int lost = 10; lost + 6 < frames; lost += 3) {
            short[] gap = decode(mode, packets, lost, false);
            int at = lost * mode.samples;
            double before = CodecSignals.energy(whole, at, at + mode.samples);
            if (before > 1e6) {
                loud++;
                double filled = CodecSignals.energy(gap, at, at + mode.samples);
                assertTrue(filled > before / 30 && filled < before * 10, mode + " frame " + lost + ": " + filled + " for " + before);
                ratios += CodecSignals.ratio(whole, gap, at, at + mode.samples);
            }
            double later = CodecSignals.ratio(whole, gap, at + 4 * mode.samples, at + 6 * mode.samples);
            assertTrue(later > 10, mode + " frame " + lost + " is still heard: " + later);
        }
        assertTrue(loud > 4 && ratios / loud > 3, mode + ": " + ratios / loud + " dB in " + loud + " lost frames");
    }

    @ParameterizedTest
    @EnumSource(IlbcMode.class)
    void aLongLossFadesAway(IlbcMode mode) {
        AudioCodec codec = open(mode);
        short[] pcm = new short[960];
        byte[] packets = encode(mode);
        codec.decode(packets, 10 * mode.bytes, mode.bytes, pcm, 0);
        for (int i = 0; i < 12; i++) {
            assertEquals(mode.samples, codec.conceal(pcm, 0, mode.samples));
        }
        assertEquals(0, CodecSignals.energy(pcm, 0, mode.samples), 4);
    }

    @ParameterizedTest
    @EnumSource(IlbcMode.class)
    void anEmptyFrameIsConcealed(IlbcMode mode) {
        byte[] packets = encode(mode);
        short[] expected = decode(mode, packets, 20, false);
        assertArrayEquals(expected, decode(mode, packets, 20, true));
    }

    @ParameterizedTest
    @EnumSource(IlbcMode.class)
    void severalFramesShareAPayload(IlbcMode mode) {
        byte[] packets = encode(mode);
        short[] single = decode(mode, packets, -1, false);
        AudioCodec codec = open(mode);
        int most = 960 / mode.samples;
        short[] together = new short[960];
        assertEquals(most * mode.samples, codec.duration(packets, 0, most * mode.bytes));
        assertEquals(most * mode.samples, codec.decode(packets, 0, most * mode.bytes, together, 0));
        assertArrayEquals(Arrays.copyOf(single, together.length), together);
        assertEquals(AudioCodec.NONE, codec.duration(packets, 0, (most + 1) * mode.bytes));
    }

    @Test
    void framesOfTheOtherLengthAreUnderstoodAnyway() {
        byte[] packets = encode(IlbcMode.MILLIS_30);
        AudioCodec codec = open(IlbcMode.MILLIS_20);
        short[] pcm = new short[960];
        assertEquals(240, codec.decode(packets, 0, 50, pcm, 0));
        assertEquals(240, codec.conceal(pcm, 0, 240));
        assertEquals(AudioCodec.NONE, codec.decode(packets, 0, 49, pcm, 0));
        assertEquals(AudioCodec.NONE, codec.decode(packets, 0, 0, pcm, 0));
    }

    @Test
    void noBitPatternMakesTheDecoderDeafForGood() {
        SplittableRandom random = new SplittableRandom(3);
        for (IlbcMode mode : IlbcMode.values()) {
            AudioCodec codec = open(mode);
            short[] pcm = new short[960];
            byte[] noise = new byte[mode.bytes];
            for (int i = 0; i < 1_000; i++) {
                random.nextBytes(noise);
                noise[mode.bytes - 1] &= (byte) 0xFE;
                assertEquals(mode.samples, codec.decode(noise, 0, mode.bytes, pcm, 0));
            }
            byte[] packets = encode(mode);
            short[] clean = decode(mode, packets, -1, false);
            short[] after = new short[clean.length];
            for (int at = 0; at < packets.length; at += mode.bytes) {
                codec.decode(packets, at, mode.bytes, after, at / mode.bytes * mode.samples);
            }
            double ratio = CodecSignals.ratio(clean, after, clean.length / 2, clean.length);
            assertTrue(ratio > 20, mode + ": " + ratio);
        }
    }

    @Test
    void silenceStaysSilent() {
        for (IlbcMode mode : IlbcMode.values()) {
            AudioCodec codec = open(mode);
            byte[] packet = new byte[mode.bytes];
            short[] pcm = new short[960];
            for (int i = 0; i < 20; i++) {
                assertEquals(mode.bytes, codec.encode(new short[mode.samples], 0, mode.samples, packet, 0));
                codec.decode(packet, 0, mode.bytes, pcm, 0);
            }
            assertTrue(CodecSignals.energy(pcm, 0, mode.samples) < 200, mode + ": " + CodecSignals.energy(pcm, 0, mode.samples));
        }
    }

    @Test
    void aResetDecoderIsLikeANewOne() {
        byte[] packets = encode(IlbcMode.MILLIS_20);
        AudioCodec codec = open(IlbcMode.MILLIS_20);
        short[] first = new short[960];
        short[] again = new short[960];
        codec.decode(packets, 0, 38 * 6, first, 0);
        codec.resetDecoder();
        codec.decode(packets, 0, 38 * 6, again, 0);
        assertArrayEquals(first, again);
    }

    @Test
    void theModeDecidesOnTheFrameLength() {
        IlbcProvider provider = new IlbcProvider();
        CodecDescriptor codec = provider.codecs().get(0);
        assertEquals("mode=20", provider.offer(codec).raw());
        assertEquals("mode=30", provider.answer(codec, FormatParameters.NONE).orElseThrow().raw());
        assertEquals("mode=20", provider.answer(codec, new FormatParameters("mode=20")).orElseThrow().raw());
        assertTrue(provider.answer(codec, new FormatParameters("mode=25")).isEmpty());
        FormatParameters twenty = new FormatParameters("mode=20");
        assertEquals(20, provider.negotiated(codec, twenty, twenty).frameMillis());
        assertEquals(30, provider.negotiated(codec, twenty, FormatParameters.NONE).frameMillis());
        assertEquals(30, provider.negotiated(codec, twenty, FormatParameters.NONE).defaultPtime());
        assertEquals(50, provider.open(codec, twenty, FormatParameters.NONE).encode(new short[240], 0, 240, new byte[50], 0));
    }

    @Test
    void refusesPartsOfFramesAndStrangers() {
        assertThrows(IllegalArgumentException.class, () -> open(IlbcMode.MILLIS_30).encode(new short[240], 0, 160, new byte[50], 0));
        CodecDescriptor other = new CodecDescriptor("iLBC", 8_000, 8_000, 1, CodecDescriptor.DYNAMIC, 10, 20, 1);
        assertThrows(IllegalArgumentException.class,
            () -> new IlbcProvider().open(other, FormatParameters.NONE, FormatParameters.NONE));
    }

    private static AudioCodec open(IlbcMode mode) {
        FormatParameters fmtp = new FormatParameters(mode == IlbcMode.MILLIS_20 ? "mode=20" : "mode=30");
        return new IlbcProvider().open(IlbcProvider.FRAMES_OF_20, fmtp, fmtp);
    }

    private static byte[] encode(IlbcMode mode) {
        int frames = SPEECH.length / mode.samples;
        byte[] out = new byte[frames * mode.bytes];
        AudioCodec codec = open(mode);
        for (int i = 0; i < frames; i++) {
            codec.encode(SPEECH, i * mode.samples, mode.samples, out, i * mode.bytes);
        }
        return out;
    }

    private static short[] decode(IlbcMode mode, byte[] packets, int lost, boolean marked) {
        AudioCodec codec = open(mode);
        int frames = packets.length / mode.bytes;
        short[] pcm = new short[frames * mode.samples];
        for (int i = 0; i < frames; i++) {
            if (i != lost) {
                codec.decode(packets, i * mode.bytes, mode.bytes, pcm, i * mode.samples);
            } else if (marked) {
                byte[] empty = Arrays.copyOfRange(packets, i * mode.bytes, (i + 1) * mode.bytes);
                empty[mode.bytes - 1] |= 1;
                codec.decode(empty, 0, mode.bytes, pcm, i * mode.samples);
            } else {
                codec.conceal(pcm, i * mode.samples, mode.samples);
            }
        }
        return pcm;
    }
}
