package io.earshot.codec.gsm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.lang.module.ModuleDescriptor;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The module as its users meet it: through ServiceLoader, with whatever the network sends. */
@Tag("rfc3551")
class GsmProviderTest {
    @Test
    void theServiceLoaderFindsTheProviderInTheNamedModule() {
        Module module = GsmProviderTest.class.getModule();
        assertEquals("io.earshot.codec.gsm", module.getName(), "the tests must run inside the module");
        module.addUses(AudioCodecProvider.class);
        List<Class<?>> found = ServiceLoader.load(module.getLayer(), AudioCodecProvider.class).stream()
            .<Class<?>>map(ServiceLoader.Provider::type).toList();
        assertEquals(List.of(GsmProvider.class), found);
    }

    @Test
    void exportsNothingAndRequiresTheApiOnly() {
        ModuleDescriptor descriptor = GsmProviderTest.class.getModule().getDescriptor();
        assertEquals(Set.of(), descriptor.exports());
        assertTrue(descriptor.requires().stream()
            .allMatch(edge -> Set.of("java.base", "io.earshot.api").contains(edge.name())), descriptor::toString);
    }

    @Test
    void offersPayloadType3OfRfc3551() {
        assertEquals(new CodecDescriptor("GSM", 8000, 8000, 1, 3, 20, 20, 200), new GsmProvider().codecs().get(0));
        assertEquals(FormatParameters.NONE, new GsmProvider().offer(GsmProvider.GSM));
    }

    @Test
    void unknownParametersOfThePeerAreIgnored() {
        assertEquals(FormatParameters.NONE, new GsmProvider().answer(GsmProvider.GSM, new FormatParameters("x=1;y")).orElseThrow());
    }

    @Test
    void refusesACodecOfAnotherProvider() {
        CodecDescriptor other = new CodecDescriptor("GSM-EFR", 8000, 8000, 1, CodecDescriptor.DYNAMIC, 20, 20, 1);
        assertThrows(IllegalArgumentException.class,
            () -> new GsmProvider().open(other, FormatParameters.NONE, FormatParameters.NONE));
    }

    @Test
    void packetsOfOneToSixFramesAreTheFramesOneAfterTheOther() {
        short[] pcm = Signals.babble(12 * Frame.SAMPLES);
        byte[] single = new byte[12 * Frame.BYTES];
        AudioCodec reference = codec();
        for (int i = 0; i < 12; i++) {
            assertEquals(Frame.BYTES, reference.encode(pcm, i * Frame.SAMPLES, Frame.SAMPLES, single, i * Frame.BYTES));
        }
        for (int frames : new int[] {1, 2, 3, 4, 6}) {
            AudioCodec codec = codec();
            byte[] out = new byte[single.length];
            for (int i = 0; i < 12; i += frames) {
                int samples = frames * Frame.SAMPLES;
                assertEquals(frames * Frame.BYTES, codec.maxPayload(samples));
                assertEquals(frames * Frame.BYTES, codec.encode(pcm, i * Frame.SAMPLES, samples, out, i * Frame.BYTES));
                assertEquals(samples, codec.duration(out, i * Frame.BYTES, frames * Frame.BYTES));
                assertEquals(samples, codec.decode(out, i * Frame.BYTES, frames * Frame.BYTES, new short[960], 0));
            }
            assertArrayEquals(single, out);
        }
    }

    @Test
    void samplesThatAreNoWholeFrameAreAProgrammingError() {
        assertThrows(IllegalArgumentException.class, () -> codec().encode(new short[200], 0, 200, new byte[66], 0));
        assertThrows(IndexOutOfBoundsException.class, () -> codec().encode(new short[160], 0, 160, new byte[32], 0));
        assertThrows(IndexOutOfBoundsException.class, () -> codec().encode(new short[160], 1, 160, new byte[33], 0));
    }

    @Test
    void payloadsOfTheWrongLengthAreMalformed() {
        byte[] payload = new byte[2_000];
        Arrays.fill(payload, (byte) 0xdd);
        for (int length : new int[] {0, 1, 32, 34, 65, 67, 7 * 33, 33 * 60}) {
            assertEquals(AudioCodec.NONE, codec().duration(payload, 0, length), "length " + length);
            assertEquals(AudioCodec.NONE, codec().decode(payload, 0, length, new short[960], 0), "length " + length);
        }
    }

    @Test
    void aFrameWithoutSignatureSpoilsItsPacketButNotTheDecoder() {
        short[] pcm = Signals.babble(4 * Frame.SAMPLES);
        byte[] payload = new byte[4 * Frame.BYTES];
        codec().encode(pcm, 0, pcm.length, payload, 0);
        AudioCodec undisturbed = codec();
        AudioCodec disturbed = codec();
        short[] expected = new short[960];
        short[] actual = new short[960];
        undisturbed.decode(payload, 0, 66, expected, 0);
        disturbed.decode(payload, 0, 66, actual, 0);
        byte[] broken = payload.clone();
        broken[99] ^= 0x10; // the signature of the fourth frame
        assertEquals(AudioCodec.NONE, disturbed.decode(broken, 66, 66, actual, 0));
        undisturbed.decode(payload, 66, 66, expected, 0);
        disturbed.decode(payload, 66, 66, actual, 0);
        assertArrayEquals(expected, actual);
    }

    @Test
    void a100000RandomAndDamagedFramesGetAVerdict() {
        SplittableRandom random = new SplittableRandom(610);
        AudioCodec codec = codec();
        byte[] payload = new byte[Frame.BYTES * 7];
        short[] pcm = new short[960];
        int good = 0;
        for (int i = 0; i < 100_000; i++) {
            random.nextBytes(payload);
            if (i % 4 != 0) {
                payload[0] = (byte) (0xd0 | payload[0] & 0xf);
            }
            int length = i % 3 == 0 ? random.nextInt(payload.length) : Frame.BYTES;
            boolean whole = length == Frame.BYTES && Frame.signed(payload, 0);
            int decoded = codec.decode(payload, 0, length, pcm, 0);
            assertTrue(!whole || decoded == Frame.SAMPLES);
            good += decoded > 0 ? 1 : 0;
            if (i % 7 == 0) {
                assertEquals(Frame.SAMPLES, codec.conceal(pcm, 0, Frame.SAMPLES));
            }
        }
        assertTrue(good > 50_000 && good < 100_000, "good " + good);
    }

    private static AudioCodec codec() {
        return new GsmProvider().open(GsmProvider.GSM, FormatParameters.NONE, FormatParameters.NONE);
    }
}
