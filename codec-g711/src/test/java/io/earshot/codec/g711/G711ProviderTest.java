package io.earshot.codec.g711;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The module as its users meet it: through ServiceLoader, with whatever the network sends. */
@Tag("rfc3551")
class G711ProviderTest {
    private static final CodecDescriptor PCMU = G711Provider.PCMU;

    @Test
    void theServiceLoaderFindsTheProviderInTheNamedModule() {
        Module module = G711ProviderTest.class.getModule();
        assertEquals("io.earshot.codec.g711", module.getName(), "the tests must run inside the module");
        module.addUses(AudioCodecProvider.class);
        List<Class<?>> found = ServiceLoader.load(module.getLayer(), AudioCodecProvider.class).stream()
            .<Class<?>>map(ServiceLoader.Provider::type).toList();
        assertEquals(List.of(G711Provider.class), found);
    }

    @Test
    void moduleInfoAndServicesFileNameTheSameProviders() throws IOException {
        ModuleDescriptor descriptor = G711ProviderTest.class.getModule().getDescriptor();
        ModuleDescriptor.Provides provides = descriptor.provides().iterator().next();
        assertEquals(AudioCodecProvider.class.getName(), provides.service());
        try (InputStream in = G711ProviderTest.class.getResourceAsStream("/META-INF/services/" + provides.service())) {
            assertEquals(provides.providers(), new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        }
    }

    @Test
    void exportsNothingAndRequiresTheApiOnly() {
        ModuleDescriptor descriptor = G711ProviderTest.class.getModule().getDescriptor();
        assertEquals(Set.of(), descriptor.exports());
        assertTrue(descriptor.requires().stream()
            .allMatch(edge -> Set.of("java.base", "io.earshot.api").contains(edge.name())), descriptor::toString);
    }

    @Test
    void offersBothLawsWithTheStaticPayloadTypesOfRfc3551() {
        assertEquals(List.of("PCMU/8000/1 pt 0", "PCMA/8000/1 pt 8"), new G711Provider().codecs().stream()
            .map(c -> c.name() + "/" + c.rtpClockRate() + "/" + c.channels() + " pt " + c.payloadType()).toList());
    }

    @Test
    void packetTimesFrom10To60MillisAreWholeFrames() {
        for (int ptime = 10; ptime <= 60; ptime += 10) {
            assertEquals(0, ptime % PCMU.frameMillis());
            byte[] payload = new byte[PCMU.samplesIn(ptime)];
            assertEquals(8 * ptime, codec().encode(new short[480], 0, PCMU.samplesIn(ptime), payload, 0));
            assertEquals(8 * ptime, codec().duration(payload, 0, payload.length));
        }
    }

    @Test
    void refusesACodecOfAnotherProvider() {
        CodecDescriptor other = new CodecDescriptor("PCMU", 16000, 16000, 1, CodecDescriptor.DYNAMIC, 5, 20, 1);
        assertThrows(IllegalArgumentException.class,
            () -> new G711Provider().open(other, FormatParameters.NONE, FormatParameters.NONE));
    }

    @Test
    void anEmptyPayloadIsMalformed() {
        assertEquals(AudioCodec.NONE, codec().decode(new byte[0], 0, 0, new short[960], 0));
        assertEquals(AudioCodec.NONE, codec().duration(new byte[0], 0, 0));
    }

    @Test
    void aPayloadOfMoreThan120MillisIsMalformedAndWritesNothing() {
        short[] pcm = new short[960];
        assertEquals(960, codec().decode(new byte[960], 0, 960, pcm, 0));
        short[] untouched = pcm.clone();
        assertEquals(AudioCodec.NONE, codec().decode(new byte[65_535], 0, 961, pcm, 0));
        assertEquals(AudioCodec.NONE, codec().decode(new byte[65_535], 0, 65_535, pcm, 0));
        assertArrayEquals(untouched, pcm);
    }

    @Test
    void readsAndWritesOnlyTheGivenRanges() {
        byte[] out = {1, 2, 3, 4};
        assertEquals(2, codec().encode(new short[] {9, 0, -1, 9}, 1, 2, out, 1));
        assertArrayEquals(new byte[] {1, (byte) 0xFF, 0x7F, 4}, out);
        short[] pcm = {7, 7, 7, 7};
        assertEquals(2, codec().decode(new byte[] {5, 0x00, (byte) 0x80, 5}, 1, 2, pcm, 1));
        assertArrayEquals(new short[] {7, -32124, 32124, 7}, pcm);
    }

    @Test
    void hasNoConcealmentAndNoRedundancyOfItsOwn() {
        assertEquals(AudioCodec.NONE, codec().conceal(new short[160], 0, 160));
        assertEquals(AudioCodec.NONE, codec().decodeFec(new byte[160], 0, 160, new short[160], 0, 160));
    }

    private static AudioCodec codec() {
        return new G711Provider().open(PCMU, FormatParameters.NONE, FormatParameters.NONE);
    }
}
