package io.earshot.dsp.voice;

import io.earshot.dsp.kernel.Fft;
import java.util.Arrays;

/**
 * The way from loudspeaker to microphone as a partitioned filter in the frequency domain, learnt by a Kalman filter (Enzner and Vary 2006;
 * Kuech, Mabande and Enzner 2014): the uncertainty of each coefficient sets how fast it learns, so that double talk slows it down without
 * being detected. Blocks of 10 ms, no delay. Allocates nothing after construction.
 */
final class EchoFilter {
    private static final double KEEP = 0.9998;
    private static final double NEAR_SMOOTHING = 0.85;
    private static final int CONSTRAINED_PER_BLOCK = 4;
    /** One loud block must not make it sure of a room it has hardly heard: bins and partitions are not as independent as assumed. */
    private static final double SUREST = 0.8;
    private static final double FIRST_UNCERTAINTY = 0.5;

    final int block;
    private final int size;
    private final int bins;
    private final int stride;
    private final int partitions;
    private final int reach;
    private final Fft fft;
    private final double[][] farReal;
    private final double[][] farImaginary;
    private final double[][] real;
    private final double[][] imaginary;
    private final double[][] uncertainty;
    private final double[] near;
    private final double[] spread;
    private final double[] input;
    private final double[] workReal;
    private final double[] workImaginary;
    private final double[] estimate;
    private int newest;
    private int lag;
    private int constrain;

    /**
     * Makes a filter that has learnt nothing.
     *
     * @param tailMillis how long an echo may be
     * @param mostLag how many blocks the filter may be moved into the past
     */
    EchoFilter(int sampleRate, int tailMillis, int mostLag) {
        block = sampleRate / 100;
        size = Integer.highestOneBit(2 * block - 1) * 2;
        bins = size / 2 + 1;
        stride = (size - block + 1) / block;
        partitions = (tailMillis / 10 + stride - 1) / stride;
        reach = mostLag + partitions * stride;
        fft = new Fft(size);
        farReal = new double[reach][bins];
        farImaginary = new double[reach][bins];
        real = new double[partitions][bins];
        imaginary = new double[partitions][bins];
        uncertainty = new double[partitions][bins];
        near = new double[bins];
        spread = new double[bins];
        input = new double[size];
        workReal = new double[size];
        workImaginary = new double[size];
        estimate = new double[block];
        forget();
    }

    /** Unlearns. */
    void forget() {
        for (int p = 0; p < partitions; p++) {
            Arrays.fill(real[p], 0);
            Arrays.fill(imaginary[p], 0);
        }
        doubt();
    }

    /** Keeps what was learnt, but is ready to learn as fast as in the beginning. */
    void doubt() {
        for (int p = 0; p < partitions; p++) {
            Arrays.fill(uncertainty[p], FIRST_UNCERTAINTY * Math.pow(0.6, p));
        }
        Arrays.fill(near, 1);
    }

    /** Looks so many blocks further back. */
    void moveTo(int blocks) {
        lag = blocks;
    }

    /** Takes what the loudspeaker plays. */
    void playback(short[] pcm, int offset) {
        System.arraycopy(input, block, input, 0, size - block);
        for (int i = 0; i < block; i++) {
            input[size - block + i] = pcm[offset + i];
        }
        System.arraycopy(input, 0, workReal, 0, size);
        Arrays.fill(workImaginary, 0);
        fft.forward(workReal, workImaginary);
        newest = newest == 0 ? reach - 1 : newest - 1;
        System.arraycopy(workReal, 0, farReal[newest], 0, bins);
        System.arraycopy(workImaginary, 0, farImaginary[newest], 0, bins);
    }

    /** Returns the echo that this block of the microphone has: the filter's own array. */
    double[] estimate() {
        Arrays.fill(workReal, 0);
        Arrays.fill(workImaginary, 0);
        for (int p = 0; p < partitions; p++) {
            double[] xr = farReal[place(p)];
            double[] xi = farImaginary[place(p)];
            double[] wr = real[p];
            double[] wi = imaginary[p];
            for (int k = 0; k < bins; k++) {
                workReal[k] += xr[k] * wr[k] - xi[k] * wi[k];
                workImaginary[k] += xr[k] * wi[k] + xi[k] * wr[k];
            }
        }
        mirror();
        fft.inverse(workReal, workImaginary);
        System.arraycopy(workReal, size - block, estimate, 0, block);
        return estimate;
    }

    /** Learns from what the estimate left of the microphone. */
    void learn(double[] error) {
        Arrays.fill(workReal, 0);
        Arrays.fill(workImaginary, 0);
        System.arraycopy(error, 0, workReal, size - block, block);
        fft.forward(workReal, workImaginary);
        double share = (double) block / size;
        Arrays.fill(spread, 0);
        for (int p = 0; p < partitions; p++) {
            double[] xr = farReal[place(p)];
            double[] xi = farImaginary[place(p)];
            for (int k = 0; k < bins; k++) {
                spread[k] += uncertainty[p][k] * (xr[k] * xr[k] + xi[k] * xi[k]);
            }
        }
        for (int k = 0; k < bins; k++) {
            double power = workReal[k] * workReal[k] + workImaginary[k] * workImaginary[k];
            near[k] = NEAR_SMOOTHING * near[k] + (1 - NEAR_SMOOTHING) * power;
            spread[k] = 1 / (share * spread[k] + near[k] + 1e-3);
        }
        for (int p = 0; p < partitions; p++) {
            update(p, share);
        }
        for (int i = 0; i < CONSTRAINED_PER_BLOCK && i < partitions; i++) {
            constrain = constrain + 1 >= partitions ? 0 : constrain + 1;
            keepCausal(constrain);
        }
    }

    private void update(int p, double share) {
        double[] xr = farReal[place(p)];
        double[] xi = farImaginary[place(p)];
        double[] wr = real[p];
        double[] wi = imaginary[p];
        double[] doubt = uncertainty[p];
        for (int k = 0; k < bins; k++) {
            double gain = doubt[k] * spread[k];
            wr[k] += gain * (xr[k] * workReal[k] + xi[k] * workImaginary[k]);
            wi[k] += gain * (xr[k] * workImaginary[k] - xi[k] * workReal[k]);
            double left = Math.max(SUREST, 1 - share * gain * (xr[k] * xr[k] + xi[k] * xi[k]));
            doubt[k] = KEEP * KEEP * left * doubt[k] + (1 - KEEP * KEEP) * (wr[k] * wr[k] + wi[k] * wi[k]);
        }
    }

    /** Cuts a partition to the length that does not wrap around. */
    private void keepCausal(int p) {
        Arrays.fill(workReal, 0);
        Arrays.fill(workImaginary, 0);
        System.arraycopy(real[p], 0, workReal, 0, bins);
        System.arraycopy(imaginary[p], 0, workImaginary, 0, bins);
        mirror();
        fft.inverse(workReal, workImaginary);
        Arrays.fill(workReal, stride * block, size, 0);
        Arrays.fill(workImaginary, 0);
        fft.forward(workReal, workImaginary);
        System.arraycopy(workReal, 0, real[p], 0, bins);
        System.arraycopy(workImaginary, 0, imaginary[p], 0, bins);
    }

    private void mirror() {
        for (int k = 1; k < size / 2; k++) {
            workReal[size - k] = workReal[k];
            workImaginary[size - k] = -workImaginary[k];
        }
        workImaginary[0] = 0;
        workImaginary[size / 2] = 0;
    }

    private int place(int partition) {
        int place = newest + lag + partition * stride;
        return place >= reach ? place - reach : place;
    }
}
