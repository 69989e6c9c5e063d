package io.earshot.codec.speex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.codec.spi.AudioCodec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Payloads put together bit by bit. */
@Tag("rfc5574")
class SpeexFramingTest {
    private final StringBuilder bits = new StringBuilder();

    @Test
    void everyNarrowbandModeHasItsLength() {
        int[] lengths = {5, 43, 119, 160, 220, 300, 364, 492, 79};
        for (int mode = 0; mode < lengths.length; mode++) {
            bits.setLength(0);
            narrow(mode, lengths[mode]).narrow(mode, lengths[mode]).add("01111");
            assertEquals(2, count(SpeexBand.NARROW), "mode " + mode);
        }
    }

    @Test
    void paddingOfAZeroAndOnesIsNoFrame() {
        for (int padding = 0; padding < 8; padding++) {
            bits.setLength(0);
            narrow(1, 43).add("0111111111111".substring(0, 5)).add("1".repeat(padding));
            assertEquals(1, count(SpeexBand.NARROW));
        }
    }

    @Test
    void reportsTheBitsOfTheFrames() {
        narrow(2, 119).layer(1, 36);
        SpeexFraming framing = new SpeexFraming(SpeexBand.WIDE);
        assertEquals(1, framing.count(bytes(), 0, bytes().length));
        assertEquals(155, framing.end(0));
    }

    @Test
    void aNarrowbandReceiverPassesOverTheLayersOfWiderFrames() {
        narrow(3, 160).layer(2, 112).layer(1, 36).narrow(3, 160).layer(2, 112).layer(1, 36);
        assertEquals(2, count(SpeexBand.NARROW));
        assertEquals(2, count(SpeexBand.WIDE));
        assertEquals(2, count(SpeexBand.ULTRA_WIDE));
    }

    @Test
    void aWidebandReceiverTakesNarrowbandFrames() {
        narrow(3, 160).narrow(3, 160);
        assertEquals(2, count(SpeexBand.ULTRA_WIDE));
    }

    @Test
    void requestsBetweenFramesArePassedOver() {
        add("01110").add("0010").add("1111").narrow(2, 119).add("01101").add("0001").add("00000").add("11111111").narrow(2, 119);
        assertEquals(2, count(SpeexBand.NARROW));
    }

    @Test
    void nothingCountsBehindATerminator() {
        narrow(2, 119).add("01111").narrow(2, 119);
        assertEquals(1, count(SpeexBand.NARROW));
    }

    @Test
    void aPayloadWithoutAFrameIsMalformed() {
        assertEquals(AudioCodec.NONE, count(SpeexBand.NARROW));
        add("01111111");
        assertEquals(AudioCodec.NONE, count(SpeexBand.NARROW));
        bits.setLength(0);
        add("01110").add("1111");
        assertEquals(AudioCodec.NONE, count(SpeexBand.NARROW));
    }

    @Test
    void modesThatDoNotExistAreMalformed() {
        add("01001").add("0".repeat(200));
        assertEquals(AudioCodec.NONE, count(SpeexBand.NARROW));
        bits.setLength(0);
        narrow(3, 160).layer(5, 36);
        assertEquals(AudioCodec.NONE, count(SpeexBand.WIDE));
    }

    @Test
    void moreThanTwoLayersAreMalformed() {
        narrow(3, 160).layer(1, 36).layer(1, 36).layer(1, 36).narrow(3, 160);
        assertEquals(AudioCodec.NONE, count(SpeexBand.NARROW));
    }

    @Test
    void aFrameThatIsCutShortIsMalformed() {
        narrow(5, 290);
        assertEquals(AudioCodec.NONE, count(SpeexBand.NARROW));
        bits.setLength(0);
        narrow(3, 160).layer(3, 150);
        assertEquals(AudioCodec.NONE, count(SpeexBand.WIDE));
    }

    @Test
    void moreThan120MillisAreMalformed() {
        for (int i = 0; i < 6; i++) {
            narrow(8, 79);
        }
        add("01111");
        assertEquals(6, count(SpeexBand.NARROW));
        bits.setLength(0);
        for (int i = 0; i < 7; i++) {
            narrow(8, 79);
        }
        assertEquals(AudioCodec.NONE, count(SpeexBand.NARROW));
    }

    private SpeexFramingTest narrow(int mode, int length) {
        return add("0" + binary(mode, 4)).add("10".repeat(length).substring(0, length - 5));
    }

    private SpeexFramingTest layer(int mode, int length) {
        return add("1" + binary(mode, 3)).add("01".repeat(length).substring(0, length - 4));
    }

    private SpeexFramingTest add(String more) {
        bits.append(more);
        return this;
    }

    private static String binary(int value, int width) {
        return Integer.toBinaryString(1 << width | value).substring(1);
    }

    private int count(SpeexBand band) {
        byte[] payload = bytes();
        byte[] shifted = new byte[payload.length + 3];
        System.arraycopy(payload, 0, shifted, 3, payload.length);
        return new SpeexFraming(band).count(shifted, 3, payload.length);
    }

    /** Pads as a sender must. */
    private byte[] bytes() {
        String padded = bits + "01111111".substring(0, (8 - bits.length() % 8) % 8);
        byte[] out = new byte[padded.length() / 8];
        for (int i = 0; i < padded.length(); i++) {
            out[i / 8] |= (byte) ((padded.charAt(i) - '0') << 7 - i % 8);
        }
        return out;
    }
}
