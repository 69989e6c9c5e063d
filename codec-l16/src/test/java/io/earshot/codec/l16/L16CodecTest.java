package io.earshot.codec.l16;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3551")
class L16CodecTest {
    private final L16Provider provider = new L16Provider();

    private AudioCodec open(CodecDescriptor codec) {
        return provider.open(codec, FormatParameters.NONE, FormatParameters.NONE);
    }

    @Test void samplesAreInNetworkByteOrder() {
        byte[] out = new byte[9];
        assertEquals(6, open(provider.codecs().get(0)).encode(new short[] {7, 0x1234, -2, Short.MIN_VALUE}, 1, 3, out, 2));
        assertArrayEquals(new byte[] {0, 0, 0x12, 0x34, -1, -2, -128, 0, 0}, out);
        short[] back = new short[4];
        assertEquals(3, open(provider.codecs().get(0)).decode(out, 2, 6, back, 1));
        assertArrayEquals(new short[] {0, 0x1234, -2, Short.MIN_VALUE}, back);
    }

    @Test void halfASampleNothingAndMoreThan120MillisecondsAreMalformed() {
        AudioCodec codec = open(provider.codecs().get(3));
        for (int length : new int[] {0, 1, 321, 1922}) {
            assertEquals(AudioCodec.NONE, codec.decode(new byte[2000], 0, length, new short[2000], 0));
        }
        assertEquals(960, codec.duration(new byte[1920], 0, 1920));
    }

    @Test void the44100HertzHaveTheirStaticPayloadTypeAndWholeSamples() {
        CodecDescriptor codec = provider.codecs().get(1);
        assertEquals(11, codec.payloadType());
        assertEquals(441, codec.samplesIn(10));
        assertEquals(882, codec.samplesIn(20));
    }

    @Test void itIsAcceptedButOfferedToWhoNamesItOnly() {
        provider.codecs().forEach(codec -> assertEquals(0, codec.priority()));
    }

    @Test void anothersCodecIsRefused() {
        CodecDescriptor other = new CodecDescriptor("L16", 22_050, 22_050, 1, -1, 20, 20, 0);
        assertThrows(IllegalArgumentException.class, () -> open(other));
    }
}
