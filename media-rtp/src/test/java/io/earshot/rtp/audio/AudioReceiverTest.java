package io.earshot.rtp.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.testing.MuLawCodec;
import io.earshot.rtp.testing.Packets;
import io.earshot.rtp.testing.TaggedCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("rfc7160")
class AudioReceiverTest {
    private static final long MS = Ticker.MILLISECOND;
    private static final PayloadFormat PCMU = new PayloadFormat(0, MuLawCodec.DESCRIPTOR, new MuLawCodec());
    private final List<Integer> decoded = new ArrayList<>();
    private final PayloadFormat tagged = new PayloadFormat(100, TaggedCodec.DESCRIPTOR, new TaggedCodec(decoded::add));
    private final short[] pcm = new short[5760];
    private long now;

    private static byte[] tone(int index, int samples) {
        short[] wave = new short[samples];
        for (int i = 0; i < samples; i++) {
            wave[i] = (short) (8000 * Math.sin(2 * Math.PI * 400 * (index * samples + i) / 8000));
        }
        byte[] out = new byte[samples];
        new MuLawCodec().encode(wave, 0, samples, out, 0);
        return out;
    }

    @ParameterizedTest
    @CsvSource({"10,10", "20,10", "20,20", "30,20", "60,20", "120,20", "40,10"})
    void playsPacketsOfAnyLengthInTicksOfAnyLengthUnchanged(int ptime, int tick) {
        AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT, tick, List.of(PCMU));
        int samples = 8 * ptime;
        short[] heard = new short[8 * 3000 + 5760];
        int at = 0;
        int sent = 0;
        for (; now < 3000 * MS; now += tick * MS) {
            for (; (long) sent * ptime * MS <= now; sent++) {
                byte[] bytes = Packets.rtp(0, sent, sent * samples, 1, tone(sent, samples));
                assertTrue(receiver.onPacket(Packets.wrap(bytes), now));
            }
            int read = receiver.read(now, heard, at);
            assertEquals(8 * tick, read);
            at += read;
        }
        int start = 0;
        while (heard[start] == 0) {
            start++;
        }
        assertTrue(start <= 8 * (60 + ptime), "started after " + start / 8 + " ms");
        // The tone goes on: it repeats after 20 samples, except where the delay was shortened by whole packets, which keeps its phase.
        int broken = 0;
        for (int i = start + 100; i + 20 < at; i++) {
            broken += Math.abs(heard[i + 20] - heard[i]) > 700 ? 1 : 0;
        }
        assertEquals(0, broken);
        assertEquals(0, receiver.statistics().concealed());
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aGapIsBridgedOrSilent(boolean bridged) {
        AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT, 20, List.of(PCMU));
        receiver.conceal(bridged);
        int zeros = 0;
        int longest = 0;
        for (int i = 0; i < 60; i++) {
            if (i != 30) {
                receiver.onPacket(Packets.wrap(Packets.rtp(0, i, 160 * i, 1, tone(i, 160))), now);
            }
            receiver.read(now, pcm, 0);
            for (int k = 0; k < 160 && i > 10; k++) {
                zeros = pcm[k] == 0 ? zeros + 1 : 0;
                longest = Math.max(longest, zeros);
            }
            now += 20 * MS;
        }
        assertEquals(bridged, longest < 20, "zeros in a row: " + longest);
        assertEquals(20, receiver.statistics().concealed());
    }

    @Test void isSilentBeforeTheFirstPacket() {
        AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT, 20, List.of(PCMU));
        Arrays.fill(pcm, (short) 9);
        assertEquals(160, receiver.read(0, pcm, 5));
        assertEquals(0, pcm[5]);
        assertEquals(0, pcm[164]);
        assertEquals(9, pcm[165]);
    }

    @Test void switchesPayloadTypesOfOneClockRateWithoutAGap() {
        AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT, 20, List.of(PCMU, tagged));
        for (int i = 0; i < 20; i++) {
            byte[] payload = i < 10 ? tone(i, 160) : TaggedCodec.payload(i, 160, 5000);
            receiver.onPacket(Packets.wrap(Packets.rtp(i < 10 ? 0 : 100, i, 160 * i, 1, payload)), now);
            receiver.read(now, pcm, 0);
            now += 20 * MS;
        }
        assertEquals(IntStream.range(10, 10 + decoded.size()).boxed().toList(), decoded);
        assertTrue(decoded.size() >= 8, "two packets wait, or less where the steady network has let the delay shrink");
        assertEquals(0, receiver.statistics().concealed());
        assertEquals((10 + decoded.size()) * 20, receiver.statistics().played());
    }

    @Test void changesItsRateWithTheCodec() {
        CodecDescriptor wide = new CodecDescriptor("X-WIDE", 16_000, 16_000, 1, 98, 10, 20, 1);
        AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT, 20, List.of(PCMU, new PayloadFormat(98, wide, new MuLawCodec())));
        for (int i = 0; i < 20; i++) {
            boolean late = i >= 10;
            byte[] bytes = Packets.rtp(late ? 98 : 0, i, (late ? 320 : 160) * i, 1, tone(i, late ? 320 : 160));
            receiver.onPacket(Packets.wrap(bytes), now);
            int expected = receiver.read(now, pcm, 0);
            assertEquals(receiver.sampleRate() / 50, expected);
            now += 20 * MS;
        }
        assertEquals(16_000, receiver.sampleRate());
    }

    @Test void eventsAmongTheAudioAreNotConcealed() {
        AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT, 20, List.of(tagged));
        int sequence = 0;
        for (int i = 0; i < 30; i++) {
            if (i % 5 == 4) {
                assertFalse(receiver.onPacket(Packets.wrap(Packets.rtp(101, sequence++, 160 * i, 1, new byte[4])), now));
            }
            receiver.onPacket(Packets.wrap(Packets.rtp(100, sequence++, 160 * i, 1, TaggedCodec.payload(i, 160, 5000))), now);
            receiver.read(now, pcm, 0);
            now += 20 * MS;
        }
        assertEquals(0, receiver.statistics().concealed());
        assertEquals(0, receiver.jitterStatistics().lost());
        assertTrue(decoded.size() >= 28, "played " + decoded.size());
    }

    @Test void payloadsThatCannotBeDecodedAreCountedNotPlayed() {
        AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT, 20, List.of(tagged));
        assertFalse(receiver.onPacket(Packets.wrap(Packets.rtp(100, 1, 0, 1, new byte[3])), now));
        assertFalse(receiver.onPacket(Packets.wrap(Packets.rtp(100, 2, 0, 1, TaggedCodec.payload(1, 961, 1))), now));
        assertFalse(receiver.onPacket(Packets.wrap(Packets.rtp(100, 3, 0, 1, TaggedCodec.payload(1, 0, 1))), now));
        assertEquals(3, receiver.unplayable());
    }

    /** A codec that brings its own redundancy and concealment, each marking what it made. */
    private static final class Resilient implements AudioCodec {
        private final boolean hasFec;
        private final List<String> calls = new ArrayList<>();

        Resilient(boolean hasFec) {
            this.hasFec = hasFec;
        }

        @Override
        public int encode(short[] in, int offset, int samples, byte[] out, int outOffset) {
            return 0;
        }

        @Override
        public int decode(byte[] payload, int offset, int length, short[] out, int outOffset) {
            calls.add("d" + payload[offset]);
            return 160;
        }

        @Override
        public int maxPayload(int samples) {
            return 1;
        }

        @Override
        public int duration(byte[] payload, int offset, int length) {
            return 160;
        }

        @Override
        public int conceal(short[] out, int outOffset, int samples) {
            calls.add("c");
            return samples;
        }

        @Override
        public int decodeFec(byte[] payload, int offset, int length, short[] out, int outOffset, int samples) {
            calls.add("f" + payload[offset]);
            return hasFec ? samples : NONE;
        }
    }

    private List<String> playWithLosses(boolean hasFec) {
        Resilient codec = new Resilient(hasFec);
        AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT, 20,
            List.of(new PayloadFormat(100, TaggedCodec.DESCRIPTOR, codec)));
        for (int i = 0; i < 8; i++) {
            if (i != 2 && i != 4) {
                receiver.onPacket(Packets.wrap(Packets.rtp(100, i, 160 * i, 1, (byte) i)), now);
            }
            receiver.read(now, pcm, 0);
            now += 20 * MS;
        }
        assertEquals(hasFec ? 0 : 40, receiver.statistics().concealed());
        return codec.calls;
    }

    @Test void usesTheRedundancyInTheFollowingPacket() {
        assertEquals(List.of("d0", "d1", "f3", "d3", "f5", "d5"), playWithLosses(true));
    }

    @Test void fallsBackToTheCodecsOwnConcealment() {
        assertEquals(List.of("d0", "d1", "f3", "c", "d3", "f5", "c", "d5"), playWithLosses(false));
    }

    @Test void aResetDropsWhatIsBuffered() {
        AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT, 20, List.of(tagged));
        receiver.onPacket(Packets.wrap(Packets.rtp(100, 1, 0, 1, TaggedCodec.payload(1, 160, 1))), now);
        receiver.reset();
        now += 100 * MS;
        receiver.read(now, pcm, 0);
        assertEquals(List.of(), decoded);
        receiver.onPacket(Packets.wrap(Packets.rtp(100, 40_000, 5, 2, TaggedCodec.payload(2, 160, 1))), now);
        now += 40 * MS;
        receiver.read(now, pcm, 0);
        assertEquals(List.of(2), decoded);
    }

    @Test void needsAFormat() {
        assertThrows(IllegalArgumentException.class, () -> new AudioReceiver(JitterConfig.DEFAULT, 20, List.of()));
    }
}
