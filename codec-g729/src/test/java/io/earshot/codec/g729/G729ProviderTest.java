package io.earshot.codec.g729;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The module as its users meet it, and the negotiation of Annex B: RFC 4856 §2.1.9 and RFC 7261 §3. */
@Tag("rfc3551")
@Tag("rfc4856")
@Tag("rfc7261")
class G729ProviderTest {
    private static final G729Provider PROVIDER = new G729Provider();
    private static final CodecDescriptor G729 = G729Provider.G729;

    @Test
    void theServiceLoaderFindsTheProviderInTheNamedModule() {
        Module module = G729ProviderTest.class.getModule();
        assertEquals("io.earshot.codec.g729", module.getName(), "the tests must run inside the module");
        module.addUses(AudioCodecProvider.class);
        List<Class<?>> found = ServiceLoader.load(module.getLayer(), AudioCodecProvider.class).stream()
            .<Class<?>>map(ServiceLoader.Provider::type).toList();
        assertEquals(List.of(G729Provider.class), found);
    }

    @Test
    void exportsNothingAndRequiresTheApiOnly() {
        var descriptor = G729ProviderTest.class.getModule().getDescriptor();
        assertEquals(Set.of(), descriptor.exports());
        assertTrue(descriptor.requires().stream()
            .allMatch(edge -> Set.of("java.base", "io.earshot.api").contains(edge.name())), descriptor::toString);
    }

    @Test
    void offersG729WithTheStaticPayloadTypeOfRfc3551() {
        assertEquals("G729/8000/1 pt 18 frame 10 ptime 20", G729.name() + "/" + G729.rtpClockRate() + "/" + G729.channels() + " pt "
            + G729.payloadType() + " frame " + G729.frameMillis() + " ptime " + G729.defaultPtime());
    }

    @Test
    void annexBIsOfferedAndIsYesWhereThePeerSaysNothing() {
        assertEquals("annexb=yes", PROVIDER.offer(G729).raw());
        assertEquals("annexb=yes", answer(""));
        assertEquals("annexb=yes", answer("annexb=yes"));
        assertEquals("annexb=yes", answer("unknown=1"));
    }

    @Test
    void aNoIsAnsweredWithNo() {
        assertEquals("annexb=no", answer("annexb=no"));
        assertEquals("annexb=no", answer("x=y; AnnexB=NO"));
    }

    @Test
    void pausesOnlyWhereBothSidesAllowIt() {
        assertTrue(bytesForSilence("annexb=yes", "annexb=yes") < 100);
        assertTrue(bytesForSilence("", "") < 100);
        assertEquals(50 * 20, bytesForSilence("annexb=no", "annexb=yes"));
        assertEquals(50 * 20, bytesForSilence("annexb=yes", "annexb=no"));
    }

    @Test
    void theFullDecoderIsThereForWhoAsks() {
        short[] usual = decoded("");
        assertArrayEquals(usual, decoded("local-decoder=annexa"));
        assertFalse(Arrays.equals(usual, decoded("annexb=no;local-decoder=FULL")));
    }

    private static short[] decoded(String local) {
        short[] pcm = TestSignals.speechLike(20);
        short[] out = new short[pcm.length];
        try (AudioCodec codec = PROVIDER.open(G729, new FormatParameters(local), FormatParameters.NONE)) {
            byte[] packet = new byte[10];
            for (int at = 0; at < pcm.length; at += TestSignals.FRAME) {
                codec.encode(pcm, at, TestSignals.FRAME, packet, 0);
                codec.decode(packet, 0, packet.length, out, at);
            }
        }
        return out;
    }

    @Test
    void refusesACodecOfAnotherProvider() {
        CodecDescriptor other = new CodecDescriptor("G729", 8000, 8000, 1, CodecDescriptor.DYNAMIC, 10, 20, 1);
        assertThrows(IllegalArgumentException.class, () -> PROVIDER.open(other, FormatParameters.NONE, FormatParameters.NONE));
    }

    private static String answer(String offered) {
        return PROVIDER.answer(G729, new FormatParameters(offered)).orElseThrow().raw();
    }

    private static int bytesForSilence(String local, String remote) {
        int bytes = 0;
        try (AudioCodec codec = PROVIDER.open(G729, new FormatParameters(local), new FormatParameters(remote))) {
            for (int i = 0; i < 50; i++) {
                bytes += codec.encode(new short[160], 0, 160, new byte[20], 0);
            }
        }
        return bytes;
    }
}
