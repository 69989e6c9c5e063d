package io.earshot.codec.opus.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc7587")
class LibOpusProviderTest {
    private static final int FRAME = 960;

    @Test
    void isSilentlyAbsentWhereThereIsNoLibrary() {
        LibOpusProvider without = new LibOpusProvider(LibOpus.load("libearshot-has-no-such.so"));
        assertEquals(List.of(), without.codecs());
        assertThrows(IllegalStateException.class,
            () -> without.open(LibOpusProvider.MONO, FormatParameters.NONE, FormatParameters.NONE));
    }

    @Test
    void isAbsentOnJvmsWithoutTheForeignFunctionApi() {
        assumeTrue(Runtime.version().feature() < 22);
        assertEquals(List.of(), new LibOpusProvider().codecs());
    }

    @Test
    void winsByPriorityAndFitsTheSameRtpmap() {
        assertTrue(LibOpusProvider.MONO.priority() > 900 && LibOpusProvider.STEREO.priority() < LibOpusProvider.MONO.priority());
        assertTrue(LibOpusProvider.MONO.matches("OPUS", 48_000, 2));
    }

    @Test
    void promisesStereoToThoseOnlyWhoWantIt() {
        LibOpusProvider provider = new LibOpusProvider();
        assertEquals("minptime=10;useinbandfec=1;stereo=1",
            provider.answer(LibOpusProvider.STEREO, FormatParameters.NONE).orElseThrow().raw());
        assertEquals(provider.offer(LibOpusProvider.STEREO),
            provider.answer(LibOpusProvider.STEREO, new FormatParameters("stereo=1")).orElseThrow());
    }

    @Test
    void readsWhatThePeerLikesToReceive() {
        EncoderSettings settings = EncoderSettings.of(2, FormatParameters.NONE,
            new FormatParameters("maxplaybackrate=16000;maxaveragebitrate=20000;stereo=1;cbr=1;useinbandfec=1;usedtx=1"));
        assertEquals(new EncoderSettings(2, 2, 1103, 20_000, 20_000, true, true, true), settings);
        assertEquals(new EncoderSettings(1, 1, 1105, 32_000, 510_000, false, false, false),
            EncoderSettings.of(1, FormatParameters.NONE, FormatParameters.NONE));
    }

    @Test
    void everyPacketTimeFrom10To120MillisTravelsInOnePacket() {
        try (AudioCodec codec = open(LibOpusProvider.MONO, "")) {
            short[] noise = noise(LibOpusProvider.MONO.samplesIn(120));
            short[] pcm = new short[noise.length];
            byte[] packet = new byte[1275];
            for (int millis = 10; millis <= 120; millis += 10) {
                int samples = LibOpusProvider.MONO.samplesIn(millis);
                for (int i = 0; i < 4; i++) {
                    int length = codec.encode(noise, 0, samples, packet, 0);
                    assertEquals(samples, codec.duration(packet, 0, length), "ptime " + millis);
                    assertEquals(samples, codec.decode(packet, 0, length, pcm, 0), "ptime " + millis);
                }
            }
        }
    }

    @Test
    void redundancyComesWithTheParameterOnly() {
        assertTrue(recoverable("useinbandfec=1;maxplaybackrate=16000") > 10);
        assertEquals(0, recoverable("maxplaybackrate=16000"));
    }

    private static int recoverable(String remote) {
        int found = 0;
        try (AudioCodec codec = open(LibOpusProvider.MONO, remote)) {
            codec.onNetwork(24_000, 0.2f);
            byte[] packet = new byte[1275];
            short[] pcm = new short[FRAME];
            for (int i = 0; i < 50; i++) {
                int length = codec.encode(voice(i), 0, FRAME, packet, 0);
                found += codec.decodeFec(packet, 0, length, pcm, 0, FRAME) == FRAME ? 1 : 0;
            }
        }
        return found;
    }

    @Test
    void silenceIsNotSentToAPeerThatLikesItSuppressed() {
        try (AudioCodec codec = open(LibOpusProvider.MONO, "usedtx=1;maxplaybackrate=16000")) {
            int silent = 0;
            for (int i = 0; i < 100; i++) {
                silent += codec.encode(new short[FRAME], 0, FRAME, new byte[1275], 0) == 0 ? 1 : 0;
            }
            assertTrue(silent > 60, "silent packets: " + silent);
        }
    }

    @Test
    void aClosedCodecRefusesInsteadOfCrashing() {
        AudioCodec codec = open(LibOpusProvider.STEREO, "stereo=1");
        codec.encode(new short[2 * FRAME], 0, 2 * FRAME, new byte[1275], 0);
        codec.close();
        assertThrows(IllegalStateException.class, () -> codec.encode(new short[2 * FRAME], 0, 2 * FRAME, new byte[1275], 0));
        codec.resetDecoder();
    }

    @Test
    void theModuleSeesTheApiOnly() {
        var descriptor = LibOpusProvider.class.getModule().getDescriptor();
        assertEquals(Set.of(), descriptor.exports());
        descriptor.requires().forEach(edge -> assertTrue(Set.of("java.base", "io.earshot.api").contains(edge.name()), edge::name));
    }

    private static AudioCodec open(CodecDescriptor codec, String remote) {
        assumeTrue(LibOpus.SYSTEM.isPresent(), "no libopus that can be called");
        return new LibOpusProvider().open(codec, FormatParameters.NONE, new FormatParameters(remote));
    }

    private static short[] noise(int samples) {
        SplittableRandom random = new SplittableRandom(7587);
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) random.nextInt(-8_000, 8_000);
        }
        return pcm;
    }

    /** A buzz at a voice's pitch that swells and fades. */
    private static short[] voice(int frame) {
        short[] pcm = new short[FRAME];
        for (int i = 0; i < FRAME; i++) {
            double seconds = (frame * FRAME + i) / 48_000.0;
            double phase = seconds * 120 % 1;
            pcm[i] = (short) (9_000 * (phase - 0.5) * (1 + Math.sin(2 * Math.PI * 3 * seconds)));
        }
        return pcm;
    }
}
