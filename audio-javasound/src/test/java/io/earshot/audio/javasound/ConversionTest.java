package io.earshot.audio.javasound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.audio.spi.AudioBackend.PcmFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rates, channels and clocks. */
class ConversionTest {
    @ParameterizedTest
    @CsvSource({"44100,16000", "48000,16000", "16000,44100", "16000,48000", "8000,44100", "48000,8000", "32000,48000"})
    void aToneKeepsItsPitchItsLevelAndItsLength(int from, int to) {
        RateConverter converter = new RateConverter(from, to);
        short[] in = new short[from / 100];
        short[] out = new short[converter.maxOutput(in.length)];
        int made = 0;
        double re = 0;
        double im = 0;
        double power = 0;
        double hz = 1000;
        for (int block = 0; block < 100; block++) {
            for (int i = 0; i < in.length; i++) {
                in[i] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * hz * (block * in.length + i) / from));
            }
            int count = converter.process(in, in.length, out);
            for (int i = 0; i < count; i++, made++) {
                if (made >= to / 10) {
                    re += out[i] * Math.cos(2 * Math.PI * hz * made / to);
                    im += out[i] * Math.sin(2 * Math.PI * hz * made / to);
                    power += (double) out[i] * out[i];
                }
            }
        }
        assertEquals(to, made, 1);
        double measured = (made - to / 10);
        double tone = 2 * (re * re + im * im) / measured;
        assertEquals(10_000.0 * 10_000 / 2, power / measured, 10_000.0 * 10_000 / 2 * 0.01);
        assertTrue(10 * Math.log10(tone / Math.max(1, power - tone)) > 50, () -> "distortion of " + from + " to " + to);
    }

    @Test
    void whatTheLowerRateCannotCarryIsTakenOut() {
        RateConverter converter = new RateConverter(48_000, 16_000);
        short[] in = new short[480];
        short[] out = new short[converter.maxOutput(480)];
        double loudest = 0;
        for (int block = 0; block < 50; block++) {
            for (int i = 0; i < in.length; i++) {
                in[i] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * 10_000 * (block * 480 + i) / 48_000));
            }
            int count = converter.process(in, 480, out);
            for (int i = 0; i < count && block > 5; i++) {
                loudest = Math.max(loudest, Math.abs(out[i]));
            }
        }
        assertTrue(loudest < 10_000 * 0.003, "aliasing of " + loudest);
    }

    @Test
    void channelsAreMixedDownAndDoubled() {
        FrameCodec codec = new FrameCodec(new PcmFormat(16_000, 2), new PcmFormat(16_000, 1));
        assertEquals(640, codec.cardBytes());
        for (int i = 0; i < 160; i++) {
            put(codec.bytes(), 2 * i, (short) (1000 + i));
            put(codec.bytes(), 2 * i + 1, (short) -3000);
        }
        assertEquals(160, codec.decode());
        assertEquals((1000 - 3000) / 2, codec.wanted()[0]);
        assertEquals((1010 - 3000) / 2, codec.wanted()[10]);
        codec.wanted()[7] = 1234;
        assertEquals(640, codec.encode(160));
        assertEquals(1234, get(codec.bytes(), 14));
        assertEquals(1234, get(codec.bytes(), 15));
    }

    private static void put(byte[] bytes, int sample, short value) {
        bytes[2 * sample] = (byte) value;
        bytes[2 * sample + 1] = (byte) (value >> 8);
    }

    private static short get(byte[] bytes, int sample) {
        return (short) (bytes[2 * sample] & 0xFF | bytes[2 * sample + 1] << 8);
    }

    @ParameterizedTest
    @CsvSource({"300", "-300", "50", "-50", "0"})
    void aQueueBetweenTwoClocksKeepsItsLevelForAnHour(int ppm) {
        ClockMatch clock = new ClockMatch(480, 96);
        double exact = 480;
        int lowest = 480;
        int highest = 480;
        for (int block = 0; block < 360_000; block++) {
            exact += 160 + clock.correction((int) exact);
            exact -= 160 * (1 - ppm / 1e6);
            lowest = Math.min(lowest, (int) exact);
            highest = Math.max(highest, (int) exact);
        }
        assertTrue(lowest > 480 - 160 && highest < 480 + 160, lowest + " to " + highest);
    }

    @Test
    void aStretchedBlockKeepsItsEnds() {
        short[] in = {0, 100, 200, 300};
        short[] out = new short[5];
        ClockMatch.stretch(in, 4, out, 5);
        assertArrayEquals(new short[] {0, 75, 150, 225, 300}, out);
    }
}
