package io.earshot.dsp.voice;

import io.earshot.dsp.kernel.Fft;

/**
 * Frames of 10 ms to overlapping spectra and back: windows of 20 ms (square root of Hann, on both ways), padded to a power of two. What
 * goes in comes out a frame later, unchanged if the spectrum was not changed. Allocates nothing after construction.
 */
final class Spectrum {
    final int hop;
    final int size;
    final int bins;
    final double[] real;
    final double[] imaginary;
    private final Fft fft;
    private final double[] window;
    private final double[] before;
    private final double[] overlap;

    Spectrum(int sampleRate) {
        hop = sampleRate / 100;
        size = Integer.highestOneBit(2 * hop - 1) * 2;
        bins = size / 2 + 1;
        fft = new Fft(size);
        real = new double[size];
        imaginary = new double[size];
        window = new double[2 * hop];
        for (int i = 0; i < window.length; i++) {
            window[i] = Math.sin(Math.PI * (i + 0.5) / window.length);
        }
        before = new double[hop];
        overlap = new double[hop];
    }

    void analyse(short[] pcm, int offset) {
        for (int i = 0; i < size; i++) {
            imaginary[i] = 0;
            if (i < hop) {
                real[i] = before[i] * window[i];
            } else {
                real[i] = i < 2 * hop ? pcm[offset + i - hop] * window[i] : 0;
            }
        }
        for (int i = 0; i < hop; i++) {
            before[i] = pcm[offset + i];
        }
        fft.forward(real, imaginary);
    }

    void power(double[] power) {
        for (int k = 0; k < bins; k++) {
            power[k] = real[k] * real[k] + imaginary[k] * imaginary[k];
        }
    }

    /** Multiplies by real gains and writes the frame before this one. */
    void synthesise(double[] gains, short[] pcm, int offset) {
        for (int k = 0; k < size; k++) {
            double gain = gains[k < bins ? k : size - k];
            real[k] *= gain;
            imaginary[k] *= gain;
        }
        fft.inverse(real, imaginary);
        for (int i = 0; i < hop; i++) {
            double value = overlap[i] + real[i] * window[i];
            pcm[offset + i] = (short) Math.max(-32768, Math.min(32767, Math.rint(value)));
            overlap[i] = real[i + hop] * window[i + hop];
        }
    }
}
