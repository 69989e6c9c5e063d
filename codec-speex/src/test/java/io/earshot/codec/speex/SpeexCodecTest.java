package io.earshot.codec.speex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import io.earshot.testkit.audio.CodecSignals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the parameters of RFC 5574 do to the packets, and what becomes of lost and of broken ones. */
@Tag("rfc5574")
class SpeexCodecTest {
    private static final CodecDescriptor NARROW = SpeexProvider.NARROW;
    private static final CodecDescriptor WIDE = SpeexProvider.WIDE;

    @Test
    void eachModeHasItsBitRate() {
        for (CodecDescriptor codec : new SpeexProvider().codecs()) {
            SpeexBand band = SpeexBand.values()[Integer.numberOfTrailingZeros(codec.sampleRate() / 8_000)];
            for (int mode = band.lowestMode(); mode <= band.highestMode(); mode++) {
                int bytes = packets(open(codec, "mode=" + mode), codec, 60).get(1).length;
                assertEquals((band.bitrate(mode) / 50 + 7) / 8, bytes, band + " mode " + mode);
            }
        }
    }

    @Test
    void withoutAModeTheDefaultsOfTheRfcApply() {
        assertEquals(8_000 / 50 / 8, packets(open(NARROW, ""), NARROW, 40).get(0).length);
        assertEquals(70, packets(open(WIDE, "mode=any"), WIDE, 40).get(0).length);
    }

    @Test
    void theFirstModeOfTheListIsPreferred() {
        assertEquals(38, packets(open(NARROW, "mode=\"5,3\""), NARROW, 40).get(0).length);
        assertEquals(15, packets(open(NARROW, "vbr=off;mode=x,99,2"), NARROW, 40).get(0).length);
    }

    @Test
    void severalFramesShareAPayload() {
        short[] speech = CodecSignals.speechLike(WIDE, 600);
        for (int ptime = 20; ptime <= 120; ptime += 20) {
            AudioCodec codec = open(WIDE, "mode=1");
            int samples = WIDE.samplesIn(ptime);
            byte[] packet = new byte[codec.maxPayload(samples)];
            short[] pcm = new short[WIDE.samplesIn(120)];
            for (int at = 0; at + samples <= speech.length; at += samples) {
                int length = codec.encode(speech, at, samples, packet, 0);
                assertEquals((115 * ptime / 20 + 7) / 8, length);
                assertEquals(samples, codec.duration(packet, 0, length));
                assertEquals(samples, codec.decode(packet, 0, length, pcm, 0));
            }
        }
    }

    @Test
    void theShortestFramesArePaddedSoThatNoFrameIsSeenInThePadding() {
        AudioCodec codec = open(NARROW, "mode=1");
        for (byte[] packet : packets(codec, NARROW, 200)) {
            assertEquals(6, packet.length);
            assertEquals(15, packet[5] & 31, "43 bits, then 01111");
            assertEquals(160, codec.duration(packet, 0, packet.length));
        }
    }

    @Test
    void aVariableRateFollowsTheSpeech() {
        short[] withPause = Arrays.copyOf(CodecSignals.speechLike(NARROW, 2_000), NARROW.samplesIn(4_000));
        List<byte[]> packets = packets(open(NARROW, "vbr=on;mode=3"), NARROW, withPause);
        assertTrue(packets.stream().mapToInt(packet -> packet.length).distinct().count() > 3);
    }

    @Test
    void silenceTakesShortFramesWithVoiceActivityDetection() {
        for (CodecDescriptor codec : new SpeexProvider().codecs()) {
            int silent = silentBytes(codec, "vbr=vad");
            int constant = silentBytes(codec, "vbr=off");
            assertTrue(silent < constant / 2, silent + " and " + constant);
            assertTrue(silentBytes(codec, "vbr=vad;cng=on") < silent, "comfort noise saves more");
        }
    }

    @Test
    void theNetworkTakesTheRateDownAndUpToThePreferredAgain() {
        AudioCodec codec = open(WIDE, "");
        codec.onNetwork(13_000, 0);
        assertEquals(32, packets(codec, WIDE, 40).get(1).length);
        codec.onNetwork(1_000, 0);
        assertEquals(10, packets(codec, WIDE, 40).get(1).length);
        codec.onNetwork(100_000, 0);
        assertEquals(70, packets(codec, WIDE, 40).get(1).length);
    }

    @Test
    void modesThatThePeerDoesNotDecodeStayUnused() {
        AudioCodec codec = open(NARROW, "mode=5,3");
        codec.onNetwork(4_000, 0);
        assertEquals(20, packets(codec, NARROW, 40).get(1).length);
    }

    @Test
    void concealmentContinuesTheVoiceWithoutAJumpAndFadesAway() {
        for (CodecDescriptor codec : new SpeexProvider().codecs()) {
            AudioCodec coder = open(codec, "");
            int frame = codec.samplesIn(20);
            short[] pcm = new short[codec.samplesIn(120)];
            for (byte[] packet : packets(coder, codec, 300)) {
                coder.decode(packet, 0, packet.length, pcm, 0);
            }
            double before = CodecSignals.energy(pcm, 0, frame);
            int last = pcm[frame - 1];
            int step = largestStep(pcm, frame);
            assertEquals(frame, coder.conceal(pcm, 0, frame));
            double after = CodecSignals.energy(pcm, 0, frame);
            assertTrue(after > before / 20 && after < before * 4, codec + ": energy from " + before + " to " + after);
            assertTrue(Math.abs(pcm[0] - last) <= 2 * step, codec + ": a jump of " + (pcm[0] - last) + " after steps of " + step);
            for (int i = 0; i < 50; i++) {
                coder.conceal(pcm, 0, frame);
            }
            assertTrue(CodecSignals.energy(pcm, 0, frame) < before / 100, codec + " drones on");
        }
    }

    @Test
    void concealsWholeFramesOnly() {
        AudioCodec codec = open(NARROW, "");
        assertEquals(160, codec.conceal(new short[319], 0, 319));
        assertEquals(AudioCodec.NONE, codec.conceal(new short[159], 0, 159));
    }

    @Test
    void framesOfNoiseNeitherBreakTheDecoderNorSilenceWhatFollows() {
        SplittableRandom random = new SplittableRandom(5574);
        for (CodecDescriptor codec : new SpeexProvider().codecs()) {
            AudioCodec coder = open(codec, "");
            short[] pcm = new short[codec.samplesIn(120)];
            int decoded = 0;
            for (int i = 0; i < 3_000; i++) {
                byte[] payload = new byte[20 + random.nextInt(100)];
                random.nextBytes(payload);
                payload[0] = (byte) ((1 + random.nextInt(8)) << 3 | payload[0] & 7);
                decoded += coder.decode(payload, 0, payload.length, pcm, 0) > 0 ? 1 : 0;
            }
            assertTrue(decoded > 100, codec + " took " + decoded);
            for (byte[] packet : packets(open(codec, ""), codec, 400)) {
                coder.decode(packet, 0, packet.length, pcm, 0);
            }
            assertTrue(CodecSignals.energy(pcm, 0, codec.samplesIn(20)) > 1_000, codec + " is dumb");
        }
    }

    @Test
    void refusesWhatIsNoMultipleOf20Millis() {
        assertThrows(IllegalArgumentException.class, () -> open(NARROW, "").encode(new short[160], 0, 80, new byte[112], 0));
        assertThrows(IllegalArgumentException.class, () -> open(NARROW, "").encode(new short[1120], 0, 1120, new byte[900], 0));
    }

    private static int largestStep(short[] pcm, int length) {
        int largest = 0;
        for (int i = 1; i < length; i++) {
            largest = Math.max(largest, Math.abs(pcm[i] - pcm[i - 1]));
        }
        return largest;
    }

    private static AudioCodec open(CodecDescriptor codec, String remote) {
        return new SpeexProvider().open(codec, FormatParameters.NONE, new FormatParameters(remote));
    }

    private static List<byte[]> packets(AudioCodec coder, CodecDescriptor codec, int millis) {
        return packets(coder, codec, CodecSignals.speechLike(codec, millis));
    }

    private static List<byte[]> packets(AudioCodec coder, CodecDescriptor codec, short[] pcm) {
        int frame = codec.samplesIn(20);
        List<byte[]> packets = new ArrayList<>();
        byte[] packet = new byte[coder.maxPayload(frame)];
        for (int at = 0; at + frame <= pcm.length; at += frame) {
            packets.add(Arrays.copyOf(packet, coder.encode(pcm, at, frame, packet, 0)));
        }
        return packets;
    }

    private static int silentBytes(CodecDescriptor codec, String remote) {
        SplittableRandom random = new SplittableRandom(1);
        short[] quiet = new short[codec.samplesIn(2_000)];
        for (int i = 0; i < quiet.length; i++) {
            quiet[i] = (short) random.nextInt(-3, 4);
        }
        return packets(open(codec, remote), codec, quiet).stream().mapToInt(packet -> packet.length).sum();
    }
}
