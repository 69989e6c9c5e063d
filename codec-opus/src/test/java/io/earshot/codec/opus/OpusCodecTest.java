package io.earshot.codec.opus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import io.earshot.testkit.audio.CodecSignals;
import io.github.jaredmdobson.concentus.OpusBandwidth;
import io.github.jaredmdobson.concentus.OpusPacketInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the parameters of RFC 7587 do to the packets, and what becomes of lost ones. */
@Tag("rfc7587")
class OpusCodecTest {
    private static final CodecDescriptor MONO = OpusProvider.MONO;
    private static final int FRAME = 960;

    @Test
    void everyPacketTimeFrom10To120MillisTravelsInOnePacket() {
        short[] speech = CodecSignals.speechLike(MONO, 480);
        for (int ptime = 10; ptime <= 120; ptime += 10) {
            AudioCodec codec = open("", "");
            int samples = MONO.samplesIn(ptime);
            byte[] packet = new byte[codec.maxPayload(samples)];
            short[] pcm = new short[MONO.samplesIn(120)];
            for (int at = 0; at + samples <= speech.length; at += samples) {
                int length = codec.encode(speech, at, samples, packet, 0);
                assertEquals(samples, codec.duration(packet, 0, length), "ptime " + ptime);
                assertEquals(samples, codec.decode(packet, 0, length, pcm, 0), "ptime " + ptime);
            }
            assertTrue(CodecSignals.energy(pcm, 0, samples) > 100, "ptime " + ptime + " brought silence");
        }
    }

    @Test
    void packetsOfSeveralFramesSoundLikeThoseOfOne() {
        short[] speech = CodecSignals.speechLike(MONO, 1_200);
        short[] single = roundTrip(speech, 10);
        short[] triple = roundTrip(speech, 30);
        assertTrue(CodecSignals.ratio(single, triple, 9_600, 48_000) > 12, () -> "only " + CodecSignals.ratio(single, triple, 9_600,
            48_000));
    }

    @Test
    void refusesWhatIsNoMultipleOf10Millis() {
        assertThrows(IllegalArgumentException.class, () -> open("", "").encode(new short[5760], 0, 481, new byte[1275], 0));
        assertThrows(IllegalArgumentException.class, () -> open("", "").encode(new short[5760], 0, 240, new byte[1275], 0));
    }

    @Test
    void thePeersPlaybackRateLimitsTheBandwidth() {
        assertEquals(OpusBandwidth.OPUS_BANDWIDTH_NARROWBAND, widest("", "maxplaybackrate=8000"));
        assertEquals(OpusBandwidth.OPUS_BANDWIDTH_WIDEBAND, widest("", "maxplaybackrate=16000"));
        assertEquals(OpusBandwidth.OPUS_BANDWIDTH_SUPERWIDEBAND, widest("", "maxplaybackrate=24000"));
        assertEquals(OpusBandwidth.OPUS_BANDWIDTH_FULLBAND, widest("", ""));
    }

    @Test
    void soDoesTheCaptureRateThatWeHaveAnnounced() {
        assertEquals(OpusBandwidth.OPUS_BANDWIDTH_WIDEBAND, widest("sprop-maxcapturerate=16000", ""));
    }

    @Test
    void thePeersAverageBitrateIsKept() {
        assertTrue(bitrate(open("", "maxaveragebitrate=10000")) < 11_500);
        assertTrue(bitrate(open("", "")) > 20_000);
    }

    @Test
    void aConstantBitrateMakesPacketsOfOneLength() {
        List<Integer> lengths = packets(open("", "cbr=1"), 600).stream().map(packet -> packet.length).distinct().toList();
        assertEquals(1, lengths.size(), lengths::toString);
    }

    @Test
    void silenceIsNotSentToAPeerThatLikesItSuppressed() {
        AudioCodec quiet = open("", "usedtx=1;maxplaybackrate=16000");
        AudioCodec steady = open("", "maxplaybackrate=16000");
        assertTrue(silentPackets(quiet) > 60, "silence was sent");
        assertEquals(0, silentPackets(steady));
    }

    @Test
    void theNetworkMovesTheBitrateUpAndDown() {
        AudioCodec codec = open("", "");
        codec.onNetwork(12_000, 0);
        int low = bitrate(codec);
        codec.onNetwork(64_000, 0);
        int high = bitrate(codec);
        assertTrue(low < 14_000 && high > 40_000, low + " and " + high);
    }

    @Test
    void theNetworkDoesNotLiftThePeersLimit() {
        AudioCodec codec = open("", "maxaveragebitrate=12000");
        codec.onNetwork(64_000, 0);
        assertTrue(bitrate(codec) < 13_500);
    }

    @Test
    void forwardErrorCorrectionBringsALostPacketBack() {
        short[] speech = CodecSignals.speechLike(MONO, 800);
        AudioCodec sender = open("", "useinbandfec=1;maxplaybackrate=16000");
        sender.onNetwork(24_000, 0.2f);
        List<byte[]> packets = packets(sender, speech);
        short[] whole = decode(packets, -1, false);
        short[] pcm = new short[FRAME];
        int tried = 0;
        double withFec = 0;
        double without = 0;
        for (int lost = 10; lost + 1 < packets.size(); lost++) {
            byte[] next = packets.get(lost + 1);
            if (open("", "").decodeFec(next, 0, next.length, pcm, 0, FRAME) == FRAME) {
                tried++;
                withFec += CodecSignals.ratio(whole, decode(packets, lost, true), lost * FRAME, (lost + 1) * FRAME);
                without += CodecSignals.ratio(whole, decode(packets, lost, false), lost * FRAME, (lost + 1) * FRAME);
            }
        }
        assertTrue(tried > 10, "redundancy in " + tried + " packets only");
        assertTrue(withFec / tried > without / tried + 3, withFec / tried + " dB with, " + without / tried + " dB without");
    }

    @Test
    void withoutTheParameterThereIsNoRedundancy() {
        AudioCodec sender = open("", "maxplaybackrate=16000");
        sender.onNetwork(24_000, 0.2f);
        short[] pcm = new short[FRAME];
        for (byte[] packet : packets(sender, 400)) {
            assertEquals(AudioCodec.NONE, open("", "").decodeFec(packet, 0, packet.length, pcm, 0, FRAME));
        }
    }

    @Test
    void concealmentContinuesTheVoiceAndFadesAway() {
        List<byte[]> packets = packets(open("", ""), 300);
        AudioCodec codec = open("", "");
        short[] pcm = new short[5760];
        for (byte[] packet : packets) {
            codec.decode(packet, 0, packet.length, pcm, 0);
        }
        double before = CodecSignals.energy(pcm, 0, FRAME);
        assertEquals(FRAME, codec.conceal(pcm, 0, FRAME));
        assertTrue(CodecSignals.energy(pcm, 0, FRAME) > before / 100, "fell silent at once");
        for (int i = 0; i < 50; i++) {
            codec.conceal(pcm, 0, FRAME);
        }
        assertTrue(CodecSignals.energy(pcm, 0, FRAME) < before / 100, "drones on");
    }

    @Test
    void concealsInStepsOfTwoAndAHalfMillis() {
        AudioCodec codec = open("", "");
        assertEquals(480, codec.conceal(new short[599], 0, 599));
        assertEquals(AudioCodec.NONE, codec.conceal(new short[119], 0, 119));
    }

    @Test
    void aStereoPacketPlaysInOneChannel() {
        CodecDescriptor stereo = OpusProvider.STEREO;
        AudioCodec sender = new OpusProvider().open(stereo, FormatParameters.NONE, new FormatParameters("stereo=1"));
        sender.onNetwork(96_000, 0);
        short[] speech = CodecSignals.speechLike(stereo, 100);
        byte[] packet = new byte[sender.maxPayload(2 * FRAME)];
        int length = sender.encode(speech, 0, 2 * FRAME, packet, 0);
        assertEquals(2, OpusPacketInfo.getNumEncodedChannels(packet, 0));
        assertEquals(FRAME, open("", "").decode(packet, 0, length, new short[5760], 0));
        assertEquals(2 * FRAME, sender.decode(packet, 0, length, new short[2 * 5760], 0));
    }

    @Test
    void aPeerThatWantsNoStereoGetsOneChannel() {
        AudioCodec sender = new OpusProvider().open(OpusProvider.STEREO, FormatParameters.NONE, FormatParameters.NONE);
        byte[] packet = new byte[sender.maxPayload(2 * FRAME)];
        sender.encode(CodecSignals.speechLike(OpusProvider.STEREO, 20), 0, 2 * FRAME, packet, 0);
        assertEquals(1, OpusPacketInfo.getNumEncodedChannels(packet, 0));
    }

    @Test
    void codecsThatShareAThreadDoNotDisturbEachOther() {
        short[] speech = CodecSignals.speechLike(MONO, 600);
        String[] wishes = {"useinbandfec=1;maxplaybackrate=16000", "", "maxplaybackrate=8000;cbr=1"};
        List<List<byte[]>> alone = Arrays.stream(wishes).map(wish -> packets(open("", wish), speech)).toList();
        List<AudioCodec> codecs = Arrays.stream(wishes).map(wish -> open("", wish)).toList();
        short[] pcm = new short[5760];
        byte[] packet = new byte[codecs.get(0).maxPayload(FRAME)];
        for (int i = 0; i < speech.length / FRAME; i++) {
            for (int k = 0; k < codecs.size(); k++) {
                int length = codecs.get(k).encode(speech, i * FRAME, FRAME, packet, 0);
                assertArrayEquals(alone.get(k).get(i), Arrays.copyOf(packet, length), wishes[k] + ", packet " + i);
                codecs.get(k).decode(packet, 0, length, pcm, 0);
            }
        }
    }

    @Test
    void aResetDecoderIsLikeANewOne() {
        List<byte[]> packets = packets(open("", ""), 200);
        AudioCodec used = open("", "");
        short[] pcm = new short[5760];
        for (byte[] packet : packets) {
            used.decode(packet, 0, packet.length, pcm, 0);
        }
        used.resetDecoder();
        short[] expected = new short[5760];
        open("", "").decode(packets.get(0), 0, packets.get(0).length, expected, 0);
        Arrays.fill(pcm, (short) 0);
        used.decode(packets.get(0), 0, packets.get(0).length, pcm, 0);
        assertArrayEquals(expected, pcm);
    }

    private static AudioCodec open(String local, String remote) {
        return new OpusProvider().open(MONO, new FormatParameters(local), new FormatParameters(remote));
    }

    private static List<byte[]> packets(AudioCodec codec, int millis) {
        return packets(codec, CodecSignals.speechLike(MONO, millis));
    }

    private static List<byte[]> packets(AudioCodec codec, short[] pcm) {
        List<byte[]> packets = new ArrayList<>();
        byte[] packet = new byte[codec.maxPayload(FRAME)];
        for (int at = 0; at + FRAME <= pcm.length; at += FRAME) {
            packets.add(Arrays.copyOf(packet, codec.encode(pcm, at, FRAME, packet, 0)));
        }
        return packets;
    }

    private static short[] decode(List<byte[]> packets, int lost, boolean fec) {
        AudioCodec codec = open("", "");
        short[] pcm = new short[packets.size() * FRAME + 5760];
        for (int i = 0; i < packets.size(); i++) {
            if (i != lost) {
                codec.decode(packets.get(i), 0, packets.get(i).length, pcm, i * FRAME);
            } else if (fec) {
                byte[] next = packets.get(i + 1);
                assertEquals(FRAME, codec.decodeFec(next, 0, next.length, pcm, i * FRAME, FRAME));
            } else {
                assertEquals(FRAME, codec.conceal(pcm, i * FRAME, FRAME));
            }
        }
        return pcm;
    }

    private static short[] roundTrip(short[] speech, int ptime) {
        AudioCodec codec = open("", "");
        int samples = MONO.samplesIn(ptime);
        byte[] packet = new byte[codec.maxPayload(samples)];
        short[] pcm = new short[speech.length + 5760];
        for (int at = 0; at + samples <= speech.length; at += samples) {
            codec.decode(packet, 0, codec.encode(speech, at, samples, packet, 0), pcm, at);
        }
        return pcm;
    }

    private static OpusBandwidth widest(String local, String remote) {
        AudioCodec codec = open(local, remote);
        codec.onNetwork(64_000, 0);
        return packets(codec, 400).stream().map(packet -> OpusPacketInfo.getBandwidth(packet, 0))
            .max(OpusBandwidth::compareTo).orElseThrow();
    }

    private static int bitrate(AudioCodec codec) {
        List<byte[]> packets = packets(codec, 2_000);
        return packets.stream().mapToInt(packet -> packet.length).sum() * 8 * 50 / packets.size();
    }

    private static long silentPackets(AudioCodec codec) {
        return packets(codec, new short[100 * FRAME]).stream().filter(packet -> packet.length == 0).count();
    }
}
