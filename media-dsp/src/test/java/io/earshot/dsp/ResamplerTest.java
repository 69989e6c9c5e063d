package io.earshot.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.dsp.Resampler.Quality;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The filter's promises, measured with tones that fit the measured block exactly. */
class ResamplerTest {
    private static final int[] RATES = {8000, 16000, 24000, 32000, 44100, 48000};
    private static final double AMPLITUDE = 16000;

    static Stream<Arguments> pairs() {
        return Arrays.stream(RATES).boxed().flatMap(from -> Arrays.stream(RATES).filter(to -> to != from).boxed()
            .flatMap(to -> Arrays.stream(Quality.values()).map(quality -> Arguments.of(from, to, quality))));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void tonesOfThePassBandKeepTheirLevelWithin02DbAndBringNothingAlong(int from, int to, Quality quality) {
        double nyquist = Math.min(from, to) / 2.0;
        for (double share : new double[] {0.02, 0.25, 0.5, 0.75, 0.85, 0.9}) {
            double hz = Math.floor(share * nyquist / 10) * 10;
            short[] out = steadyState(new Resampler(from, to, quality), Signals.sine(from, hz, AMPLITUDE, from * 3 / 10), to);
            double tone = Signals.powerAt(out, 0, out.length, to, hz);
            double change = Signals.decibels(tone / (AMPLITUDE * AMPLITUDE / 2));
            assertEquals(0, change, 0.2, hz + " Hz changes by " + change + " dB");
            double rest = Signals.decibels(Math.max(1e-12, Signals.power(out, 0, out.length) / tone - 1));
            assertTrue(rest < -60, hz + " Hz comes with images at " + rest + " dB");
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void tonesOfTheStopBandAre60DbDown(int from, int to, Quality quality) {
        double edge = Math.min(from, to) / 2.0 * (quality == Quality.FULL_BAND ? 1.0 : 1.1);
        for (double share : new double[] {1.005, 1.02, 1.1, 1.5, 2, 2.7}) {
            double hz = Math.ceil(share * edge / 10) * 10;
            if (hz * 2 < from) {
                short[] out = steadyState(new Resampler(from, to, quality), Signals.sine(from, hz, AMPLITUDE, from * 3 / 10), to);
                double alias = Signals.decibels(Signals.power(out, 0, out.length) / (AMPLITUDE * AMPLITUDE / 2));
                assertTrue(alias < -60, hz + " Hz leaves " + alias + " dB");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void framesOf10MillisComeOutAsFramesOf10Millis(int from, int to, Quality quality) {
        Resampler resampler = new Resampler(from, to, quality);
        assertEquals(to / 100, resampler.maxOutput(from / 100));
        short[] out = new short[to / 50];
        for (int frame = 0; frame < 50; frame++) {
            assertEquals(to / 100, resampler.process(new short[from / 100], 0, from / 100, out, 0));
        }
        assertEquals(to / 50, resampler.process(new short[from / 50], 0, from / 50, out, 0));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void howTheInputIsCutDoesNotMatter(int from, int to, Quality quality) {
        Random random = new Random(from * 31L + to);
        short[] in = Signals.noise(random, 20_000, 5000);
        Resampler whole = new Resampler(from, to, quality);
        short[] expected = new short[whole.maxOutput(in.length)];
        int total = whole.process(in, 0, in.length, expected, 0);
        assertEquals((in.length * (long) to + from - 1) / from, total);

        Resampler cut = whole.another();
        short[] actual = new short[expected.length];
        int written = 0;
        for (int at = 0; at < in.length; ) {
            int length = Math.min(random.nextInt(700), in.length - at);
            int most = cut.maxOutput(length);
            int count = cut.process(in, at, length, actual, written);
            assertTrue(count <= most, count + " > " + most);
            written += count;
            at += length;
        }
        assertEquals(total, written);
        assertArrayEquals(expected, actual);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aConstantStaysThatConstant(int from, int to, Quality quality) {
        short[] in = new short[from / 5];
        Arrays.fill(in, (short) 12345);
        short[] out = steadyState(new Resampler(from, to, quality), in, to);
        assertTrue(IntStream.range(0, out.length).allMatch(i -> Math.abs(out[i] - 12345) <= 1));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theDelayIsWhatItSays(int from, int to, Quality quality) {
        Resampler resampler = new Resampler(from, to, quality);
        short[] click = new short[from / 10];
        click[from / 50] = 30_000; // at 20 ms
        short[] out = new short[resampler.maxOutput(click.length)];
        resampler.process(click, 0, click.length, out, 0);
        double moment = 0;
        double sum = 0;
        for (int i = 0; i < out.length; i++) {
            moment += (double) i * out[i] * out[i];
            sum += (double) out[i] * out[i];
        }
        double delayMicros = (moment / sum / to - 0.020) * 1e6;
        double halfASample = 0.5e6 / Math.min(from, to);
        assertEquals(resampler.delayMicros(), delayMicros, halfASample);
        assertTrue(resampler.delayMicros() < (quality == Quality.FULL_BAND ? 6000 : 3000), resampler.delayMicros() + " µs");
    }

    @Test
    void equalRatesPassBitForBit() {
        short[] in = Signals.noise(new Random(1), 32767, 960);
        short[] out = new short[960];
        assertEquals(960, new Resampler(16000, 16000).process(in, 0, 960, out, 0));
        assertArrayEquals(in, out);
    }

    @Test
    void fullScaleSquareWavesSaturateInsteadOfWrapping() {
        short[] in = new short[8000];
        for (int i = 0; i < in.length; i++) {
            in[i] = i / 20 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        Resampler resampler = new Resampler(8000, 48000);
        short[] out = new short[48000];
        resampler.process(in, 0, in.length, out, 0);
        int start = 480 + (int) (resampler.delayMicros() * 48 / 1000);
        for (int i = start; i < out.length; i++) {
            int position = (i - start + 480) % 240; // 20 samples high, 20 low, six times as many here
            if (position > 12 && position < 108) {
                assertTrue(out[i] > 20_000, "at " + i + ": " + out[i]);
            }
        }
    }

    @Test
    void resetForgetsThePast() {
        Resampler used = new Resampler(44100, 8000);
        short[] out = new short[1000];
        used.process(Signals.noise(new Random(2), 9000, 1234), 0, 1234, out, 0);
        used.reset();
        short[] in = Signals.noise(new Random(3), 9000, 2000);
        short[] expected = new short[1000];
        short[] actual = new short[1000];
        assertEquals(used.another().process(in, 0, 2000, expected, 0), used.process(in, 0, 2000, actual, 0));
        assertArrayEquals(expected, actual);
    }

    @Test
    void refusesRatesThatItCannotDo() {
        assertThrows(IllegalArgumentException.class, () -> new Resampler(0, 8000));
        assertThrows(IllegalArgumentException.class, () -> new Resampler(8000, 7999));
        assertThrows(IllegalArgumentException.class, () -> new Resampler(8000, 8001));
        assertThrows(IllegalArgumentException.class, () -> new Resampler(8000, 400_000));
    }

    @Test
    void processingAllocatesNothing() {
        Resampler resampler = new Resampler(44100, 48000);
        short[] in = Signals.sine(44100, 1000, AMPLITUDE, 441);
        short[] out = new short[480];
        assertEquals(0, Signals.allocatedBy(() -> resampler.process(in, 0, 441, out, 0)));
    }

    /** Resamples, and returns the last 100 ms, by when the filter has forgotten the start; any multiple of 10 Hz fits in exactly. */
    private static short[] steadyState(Resampler resampler, short[] in, int toRate) {
        short[] out = new short[resampler.maxOutput(in.length)];
        int written = resampler.process(in, 0, in.length, out, 0);
        return Arrays.copyOfRange(out, written - toRate / 10, written);
    }
}
