package io.earshot.testkit.audio;

import java.util.Arrays;

/**
 * Two measures of a degraded copy of speech at 8 kHz against its original; the two must be aligned.
 * Intelligibility: correlation of the envelopes in 15 third-octave
 * bands over 384 ms, at 10 kHz, silent frames left out, clipped at -15 dB of distortion (short-time objective intelligibility as
 * published by Taal and others in 2011; own implementation, no MOS). Segmental SNR: mean over frames of 20 ms that are not silent, each
 * limited to -10 .. 35 dB.
 */
public final class SpeechScore {
    private static final int TAPS = 16;
    private static final int FRAME = 256;
    private static final int HOP = 128;
    private static final int FFT = 512;
    private static final int BANDS = 15;
    private static final int SEGMENT = 30;
    private static final double RANGE_DB = 40;
    private static final double CLIP = Math.pow(10, 15 / 20.0);

    private SpeechScore() {
    }

    /**
     * Returns the intelligibility, about 0 to 1, over the frames where the original is not silent; at least half a second of them.
     */
    public static double intelligibility(short[] clean, short[] degraded) {
        double[][] signals = active(to10k(clean), to10k(degraded));
        double[][] x = bands(signals[0]);
        double[][] y = bands(signals[1]);
        double sum = 0;
        int count = 0;
        for (int end = SEGMENT; end <= x.length; end++) {
            for (int band = 0; band < BANDS; band++) {
                sum += correlation(x, y, end - SEGMENT, band);
                count++;
            }
        }
        return sum / count;
    }

    private static double correlation(double[][] x, double[][] y, int from, int band) {
        double energyX = 0;
        double energyY = 0;
        for (int i = from; i < from + SEGMENT; i++) {
            energyX += x[i][band] * x[i][band];
            energyY += y[i][band] * y[i][band];
        }
        double scale = Math.sqrt(energyX / (energyY + 1e-12));
        double[] clipped = new double[SEGMENT];
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < SEGMENT; i++) {
            double original = x[from + i][band];
            clipped[i] = Math.min(y[from + i][band] * scale, original * (1 + CLIP));
            meanX += original / SEGMENT;
            meanY += clipped[i] / SEGMENT;
        }
        double product = 0;
        double first = 1e-12;
        double second = 1e-12;
        for (int i = 0; i < SEGMENT; i++) {
            double a = x[from + i][band] - meanX;
            double b = clipped[i] - meanY;
            product += a * b;
            first += a * a;
            second += b * b;
        }
        return product / Math.sqrt(first * second);
    }

    /** Five samples for four, by windowed sines of which the band ends at 4 kHz. */
    private static double[] to10k(short[] pcm) {
        double[] out = new double[pcm.length * 5 / 4];
        for (int i = 0; i < out.length; i++) {
            double centre = i * 0.8;
            int first = (int) centre - TAPS + 1;
            double sum = 0;
            for (int k = Math.max(0, first); k < Math.min(pcm.length, first + 2 * TAPS); k++) {
                double x = Math.PI * (k - centre);
                double sine = Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x;
                sum += pcm[k] * sine * (0.5 + 0.5 * Math.cos(x / TAPS));
            }
            out[i] = sum;
        }
        return out;
    }

    private static double window(int i) {
        return 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 1) / (FRAME + 1));
    }

    /** Leaves out the frames where the original is silent. */
    private static double[][] active(double[] clean, double[] degraded) {
        int frames = (Math.min(clean.length, degraded.length) - FRAME) / HOP;
        double[] energy = new double[frames];
        double most = 0;
        for (int f = 0; f < frames; f++) {
            for (int i = 0; i < FRAME; i++) {
                double value = clean[f * HOP + i] * window(i);
                energy[f] += value * value;
            }
            most = Math.max(most, energy[f]);
        }
        double[][] out = new double[2][frames * HOP + FRAME];
        int kept = 0;
        for (int f = 0; f < frames; f++) {
            if (energy[f] > most * Math.pow(10, -RANGE_DB / 10)) {
                for (int i = 0; i < FRAME; i++) {
                    out[0][kept * HOP + i] += clean[f * HOP + i] * window(i);
                    out[1][kept * HOP + i] += degraded[f * HOP + i] * window(i);
                }
                kept++;
            }
        }
        return new double[][] {Arrays.copyOf(out[0], kept * HOP), Arrays.copyOf(out[1], kept * HOP)};
    }

    private static double[][] bands(double[] signal) {
        Spectrum spectrum = new Spectrum(FFT);
        int frames = (signal.length - FRAME) / HOP;
        double[][] out = new double[frames][BANDS];
        double[] windowed = new double[FRAME];
        double[] power = new double[FFT / 2 + 1];
        for (int f = 0; f < frames; f++) {
            for (int i = 0; i < FRAME; i++) {
                windowed[i] = signal[f * HOP + i] * window(i);
            }
            spectrum.power(windowed, power);
            for (int band = 0; band < BANDS; band++) {
                double centre = 150 * Math.pow(2, band / 3.0);
                int low = (int) Math.round(centre * Math.pow(2, -1 / 6.0) * FFT / 10_000);
                int high = (int) Math.round(centre * Math.pow(2, 1 / 6.0) * FFT / 10_000);
                double sum = 0;
                for (int k = low; k < high; k++) {
                    sum += power[k];
                }
                out[f][band] = Math.sqrt(sum);
            }
        }
        return out;
    }

    /** Returns the segmental signal-to-noise ratio in decibels, -10 to 35. */
    public static double segmentalSnr(short[] clean, short[] degraded) {
        double sum = 0;
        int count = 0;
        for (int from = 0; from + 160 <= clean.length; from += 160) {
            double signal = 0;
            double noise = 1;
            for (int i = from; i < from + 160; i++) {
                signal += (double) clean[i] * clean[i];
                noise += Math.pow(clean[i] - degraded[i], 2);
            }
            if (signal > 160 * 200 * 200.0) {
                sum += Math.max(-10, Math.min(35, 10 * Math.log10(signal / noise)));
                count++;
            }
        }
        return sum / Math.max(1, count);
    }

    /** Power spectra by a plain transform of precomputed turns. */
    private static final class Spectrum {
        private final double[] cosine;
        private final double[] re;
        private final double[] im;
        private final int size;

        Spectrum(int size) {
            this.size = size;
            cosine = new double[size];
            for (int i = 0; i < size; i++) {
                cosine[i] = Math.cos(2 * Math.PI * i / size);
            }
            re = new double[size];
            im = new double[size];
        }

        void power(double[] in, double[] out) {
            int bits = Integer.numberOfTrailingZeros(size);
            for (int i = 0; i < size; i++) {
                int from = Integer.reverse(i) >>> 32 - bits;
                re[i] = from < in.length ? in[from] : 0;
                im[i] = 0;
            }
            for (int half = 1; half < size; half *= 2) {
                for (int start = 0; start < size; start += 2 * half) {
                    for (int k = 0; k < half; k++) {
                        int turn = k * (size / (2 * half));
                        double c = cosine[turn];
                        double s = -cosine[(turn + size * 3 / 4) % size];
                        int a = start + k;
                        int b = a + half;
                        double r = re[b] * c - im[b] * s;
                        double i = re[b] * s + im[b] * c;
                        re[b] = re[a] - r;
                        im[b] = im[a] - i;
                        re[a] += r;
                        im[a] += i;
                    }
                }
            }
            for (int k = 0; k < out.length; k++) {
                out[k] = re[k] * re[k] + im[k] * im[k];
            }
        }
    }
}
