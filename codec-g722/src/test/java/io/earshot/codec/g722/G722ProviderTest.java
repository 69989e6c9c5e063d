package io.earshot.codec.g722;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
class G722ProviderTest {
    @Test
    void theServiceLoaderFindsTheProviderInTheNamedModule() {
        Module module = G722ProviderTest.class.getModule();
        assertEquals("io.earshot.codec.g722", module.getName(), "the tests must run inside the module");
        module.addUses(AudioCodecProvider.class);
        List<Class<?>> found = ServiceLoader.load(module.getLayer(), AudioCodecProvider.class).stream()
            .<Class<?>>map(ServiceLoader.Provider::type).toList();
        assertEquals(List.of(G722Provider.class), found);
    }

    @Test
    void exportsNothingAndRequiresTheApiOnly() {
        ModuleDescriptor descriptor = G722ProviderTest.class.getModule().getDescriptor();
        assertEquals(Set.of(), descriptor.exports());
        assertTrue(descriptor.requires().stream()
            .allMatch(edge -> Set.of("java.base", "io.earshot.api").contains(edge.name())), descriptor::toString);
    }

    @Test
    void theRtpClockRunsAt8000AlthoughThereAre16000Samples() {
        assertEquals(new CodecDescriptor("G722", 8000, 16_000, 1, 9, 10, 20, 700), new G722Provider().codecs().get(0));
        assertTrue(G722Provider.G722.matches("g722", 8000, 1));
        assertFalse(G722Provider.G722.matches("G722", 16_000, 1));
    }

    @Test
    void thereAreNoParametersOnTheWire() {
        AudioCodecProvider provider = new G722Provider();
        assertEquals(FormatParameters.NONE, provider.offer(G722Provider.G722));
        assertEquals(FormatParameters.NONE, provider.answer(G722Provider.G722, new FormatParameters("bitrate=48000")).orElseThrow());
    }

    @Test
    void aLocalBitRateChoosesTheDecodersModeAndThePeersDoesNot() {
        byte[] octets = new byte[160];
        short[] pcm = Signals.babble(320);
        open("", "").encode(pcm, 0, 320, octets, 0);
        short[] full = decode(open("", ""), octets);
        assertArrayEquals(full, decode(open("bitrate=64000", ""), octets));
        assertArrayEquals(full, decode(open("bitrate=1", ""), octets));
        assertArrayEquals(full, decode(open("", "bitrate=48000"), octets));
        assertFalse(Arrays.equals(full, decode(open("bitrate=56000", ""), octets)));
        assertFalse(Arrays.equals(decode(open("bitrate=56000", ""), octets), decode(open("bitrate=48000", ""), octets)));
    }

    @Test
    void refusesACodecOfAnotherProvider() {
        CodecDescriptor other = new CodecDescriptor("G722", 16_000, 16_000, 1, CodecDescriptor.DYNAMIC, 10, 20, 1);
        assertThrows(IllegalArgumentException.class,
            () -> new G722Provider().open(other, FormatParameters.NONE, FormatParameters.NONE));
    }

    @Test
    void packetTimesFrom10To120MillisAreAnOctetPerTwoSamples() {
        AudioCodec codec = open("", "");
        for (int ptime = 10; ptime <= 120; ptime += 10) {
            int samples = G722Provider.G722.samplesIn(ptime);
            byte[] payload = new byte[codec.maxPayload(samples)];
            assertEquals(8 * ptime, codec.encode(new short[samples], 0, samples, payload, 0));
            assertEquals(samples, codec.duration(payload, 0, payload.length));
            assertEquals(samples, codec.decode(payload, 0, payload.length, new short[1_920], 0));
        }
    }

    @Test
    void aWrongUseIsAProgrammingError() {
        assertThrows(IllegalArgumentException.class, () -> open("", "").encode(new short[161], 0, 161, new byte[100], 0));
        assertThrows(IndexOutOfBoundsException.class, () -> open("", "").encode(new short[160], 0, 160, new byte[79], 0));
        assertThrows(IndexOutOfBoundsException.class, () -> open("", "").encode(new short[160], 1, 160, new byte[80], 0));
    }

    @Test
    void emptyAndOverlongPayloadsAreMalformedAndDoNotDisturbTheDecoder() {
        AudioCodec codec = open("", "");
        byte[] octets = new byte[2_000];
        new SplittableRandom(9).nextBytes(octets);
        short[] expected = decode(open("", ""), Arrays.copyOf(octets, 160));
        for (int length : new int[] {0, 961, 2_000}) {
            assertEquals(AudioCodec.NONE, codec.duration(octets, 0, length));
            assertEquals(AudioCodec.NONE, codec.decode(octets, 0, length, new short[1_920], 0));
        }
        assertArrayEquals(expected, decode(codec, Arrays.copyOf(octets, 160)));
    }

    @Test
    void twentyThousandRandomPayloadsAndLossesGetAVerdict() {
        SplittableRandom random = new SplittableRandom(722);
        AudioCodec codec = open("", "");
        short[] pcm = new short[1_920];
        for (int i = 0; i < 20_000; i++) {
            byte[] payload = new byte[random.nextInt(i % 50 == 0 ? 1_200 : 100)];
            random.nextBytes(payload);
            int decoded = codec.decode(payload, 0, payload.length, pcm, 0);
            boolean sound = payload.length > 0 && payload.length <= 960;
            assertEquals(sound ? 2 * payload.length : AudioCodec.NONE, decoded);
            if (i % 7 == 0) {
                int samples = 2 * (1 + random.nextInt(960));
                assertEquals(samples, codec.conceal(pcm, 0, samples));
            }
        }
    }

    private static short[] decode(AudioCodec codec, byte[] octets) {
        short[] pcm = new short[1_920];
        int samples = codec.decode(octets, 0, octets.length, pcm, 0);
        return Arrays.copyOf(pcm, samples);
    }

    private static AudioCodec open(String local, String remote) {
        return new G722Provider().open(G722Provider.G722, new FormatParameters(local), new FormatParameters(remote));
    }
}
