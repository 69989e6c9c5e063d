package io.earshot.codec.g711;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Exhaustive: every code and every 16 bit sample, against the tables of the standard. */
class CompandingLawTest {
    static Stream<Arguments> laws() {
        return Stream.of(
            Arguments.of(G711Provider.PCMU, DecisionTable.muLaw()),
            Arguments.of(G711Provider.PCMA, DecisionTable.aLaw()));
    }

    /** Spot values as printed in tables 1a and 2a, so that the columns the other tests search are themselves checked. */
    @Test
    void theTestsOwnTablesHoldThePrintedValues() {
        DecisionTable mu = DecisionTable.muLaw();
        assertArrayEquals(new int[] {0, 1, 3, 31, 35, 95, 223, 479, 991, 2015, 4063, 7903, 8159},
            IntStream.of(1, 2, 3, 17, 18, 33, 49, 65, 81, 97, 113, 128, 129).map(mu::decision).toArray());
        assertArrayEquals(new int[] {0, 2, 30, 33, 93, 99, 231, 495, 1023, 2079, 4191, 8031},
            IntStream.of(0, 1, 15, 16, 31, 32, 48, 64, 80, 96, 112, 127).map(mu::output).toArray());
        DecisionTable a = DecisionTable.aLaw();
        assertArrayEquals(new int[] {0, 2, 64, 128, 256, 512, 1024, 2048, 3968, 4096},
            IntStream.of(1, 2, 33, 49, 65, 81, 97, 113, 128, 129).map(a::decision).toArray());
        assertArrayEquals(new int[] {1, 3, 66, 132, 264, 528, 1056, 2112, 4032},
            IntStream.of(0, 1, 32, 48, 64, 80, 96, 112, 127).map(a::output).toArray());
    }

    @ParameterizedTest
    @MethodSource("laws")
    void all256CodesDecodeToTheStandardsOutputValues(CodecDescriptor codec, DecisionTable table) {
        short[] decoded = decode(codec, allCodes());
        for (int n = 0; n < 128; n++) {
            assertEquals(table.decoded(n, false), decoded[table.code(n, false)], "positive value " + n);
            assertEquals(table.decoded(n, true), decoded[table.code(n, true)], "negative value " + n);
        }
    }

    @ParameterizedTest
    @MethodSource("laws")
    void all65536SamplesEncodeAsTheDecisionValuesSay(CodecDescriptor codec, DecisionTable table) {
        short[] pcm = allSamples();
        byte[] codes = encode(codec, pcm);
        for (int i = 0; i < pcm.length; i++) {
            assertEquals(table.encode(pcm[i]), codes[i] & 0xFF, "sample " + pcm[i]);
        }
    }

    @ParameterizedTest
    @MethodSource("laws")
    void whatWasDecodedOnceSurvivesAnyNumberOfRoundTrips(CodecDescriptor codec, DecisionTable table) {
        short[] once = decode(codec, encode(codec, allSamples()));
        assertArrayEquals(once, decode(codec, encode(codec, once)));
    }

    @ParameterizedTest
    @MethodSource("laws")
    void encodingIsMonotonic(CodecDescriptor codec, DecisionTable table) {
        short[] rising = allSamples();
        short[] decoded = decode(codec, encode(codec, rising));
        for (int i = 1; i < decoded.length; i++) {
            assertEquals(Math.max(decoded[i - 1], decoded[i]), decoded[i], "after sample " + rising[i]);
        }
    }

    /** Codes that gateways and captures show: silence, and the loudest sample of either sign. */
    @Test
    void knownCodesOfSilenceAndFullScale() {
        short[] pcm = {0, -1, Short.MAX_VALUE, Short.MIN_VALUE};
        assertArrayEquals(new byte[] {(byte) 0xFF, 0x7F, (byte) 0x80, 0x00}, encode(G711Provider.PCMU, pcm));
        assertArrayEquals(new byte[] {(byte) 0xD5, 0x55, (byte) 0xAA, 0x2A}, encode(G711Provider.PCMA, pcm));
    }

    private static byte[] allCodes() {
        byte[] codes = new byte[256];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) i;
        }
        return codes;
    }

    private static short[] allSamples() {
        short[] pcm = new short[0x10000];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) (i + Short.MIN_VALUE);
        }
        return pcm;
    }

    private static byte[] encode(CodecDescriptor descriptor, short[] pcm) {
        byte[] codes = new byte[pcm.length];
        try (AudioCodec codec = open(descriptor)) {
            assertEquals(pcm.length, codec.encode(pcm, 0, pcm.length, codes, 0));
        }
        return codes;
    }

    /** Decodes in packets of 20 ms, as a call would. */
    private static short[] decode(CodecDescriptor descriptor, byte[] codes) {
        short[] pcm = new short[codes.length];
        try (AudioCodec codec = open(descriptor)) {
            for (int at = 0; at < codes.length; at += 160) {
                int length = Math.min(160, codes.length - at);
                assertEquals(length, codec.decode(codes, at, length, pcm, at));
            }
        }
        return pcm;
    }

    private static AudioCodec open(CodecDescriptor descriptor) {
        return new G711Provider().open(descriptor, FormatParameters.NONE, FormatParameters.NONE);
    }
}
