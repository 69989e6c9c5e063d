package io.earshot.benchmarks.dsp;

import io.earshot.dsp.Resampler;
import io.earshot.dsp.Resampler.Quality;
import java.util.Locale;

/**
 * The resampler in figures, by tones: how much their level changes in the pass band (to 0.9 of the lower Nyquist frequency), how far down
 * what comes along with them is (images), how far down tones beyond the band are (aliases), and the delay.
 */
public final class ResamplerFigures {
    private static final int[][] PAIRS = {{8000, 16_000}, {8000, 48_000}, {16_000, 8000}, {16_000, 48_000}, {48_000, 8000},
        {48_000, 16_000}, {44_100, 16_000}, {8000, 44_100}, {24_000, 16_000}};
    private static final double AMPLITUDE = 16_000;

    private ResamplerFigures() {
    }

    /** Prints the table. */
    public static void main(String[] arguments) {
        for (Quality quality : Quality.values()) {
            for (int[] pair : PAIRS) {
                pair(pair[0], pair[1], quality);
            }
        }
    }

    private static void pair(int from, int to, Quality quality) {
        double nyquist = Math.min(from, to) / 2.0;
        double ripple = 0;
        double image = -200;
        for (int i = 1; i <= 45; i++) {
            double hz = Math.floor(0.02 * i * nyquist / 10) * 10;
            double[] powers = powers(from, to, quality, hz);
            ripple = Math.max(ripple, Math.abs(db(powers[0] / (AMPLITUDE * AMPLITUDE / 2))));
            image = Math.max(image, db(Math.max(1e-12, powers[1] / powers[0] - 1)));
        }
        double edge = nyquist * (quality == Quality.FULL_BAND ? 1.0 : 1.1);
        double alias = Double.NEGATIVE_INFINITY;
        for (double hz = Math.ceil(1.005 * edge / 10) * 10; hz < from / 2.0; hz += 10 * Math.ceil(edge / 200)) {
            alias = Math.max(alias, db(powers(from, to, quality, hz)[1] / (AMPLITUDE * AMPLITUDE / 2)));
        }
        String beyond = alias < -200 ? "none" : String.format(Locale.ROOT, "%.0f dB", alias);
        VoiceFigures.print(String.format(Locale.ROOT, "%-9s %5d -> %5d Hz: ripple %.3f dB, images %.0f dB, aliases %s, delay %.2f ms",
                quality, from, to, ripple, image, beyond, new Resampler(from, to, quality).delayMicros() / 1000.0));
    }

    /** Returns the power of the tone and of everything behind the resampler, once it is swung in: 200 ms. */
    private static double[] powers(int from, int to, Quality quality, double hz) {
        short[] in = new short[from * 3 / 10];
        for (int i = 0; i < in.length; i++) {
            in[i] = (short) Math.round(AMPLITUDE * Math.sin(2 * Math.PI * hz * i / from));
        }
        Resampler resampler = new Resampler(from, to, quality);
        short[] out = new short[resampler.maxOutput(in.length)];
        int written = resampler.process(in, 0, in.length, out, 0);
        int length = to / 5;
        double[] sums = new double[3];
        for (int i = written - length; i < written; i++) {
            double angle = 2 * Math.PI * hz * i / to;
            sums[0] += out[i] * Math.cos(angle);
            sums[1] += out[i] * Math.sin(angle);
            sums[2] += (double) out[i] * out[i];
        }
        return new double[] {2 * (sums[0] * sums[0] + sums[1] * sums[1]) / length / length, sums[2] / length};
    }

    private static double db(double ratio) {
        return 10 * Math.log10(ratio);
    }
}
