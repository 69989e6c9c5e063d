package io.earshot.dsp.voice;

import static java.util.Objects.checkFromIndexSize;

import io.earshot.dsp.kernel.Fft;
import io.earshot.dsp.kernel.Samples;

/**
 * Stops acoustic feedback: a lone frequency that holds most of the power and grows for a while, or is as loud as can be, is notched out
 * for some seconds. Frames of 10 ms, in place, no delay. Single-threaded; processing allocates nothing.
 */
public final class HowlingGuard {
    private static final int NOTCHES = 8;
    private static final int HOLD_FRAMES = 1500;
    private static final int PERSISTENT_FRAMES = 17;
    private static final double SHARE = 0.65;
    private static final double LOUD = 2000.0 * 2000;
    private static final double GROWTH = 3;
    private static final double SATURATED = 14_000.0 * 14_000;
    private static final double LOWEST_HZ = 120;

    private final int sampleRate;
    private final int hop;
    private final int size;
    private final Fft fft;
    private final float[] past;
    private final double[] window;
    private final double[] real;
    private final double[] imaginary;
    private final Notch[] notches = new Notch[NOTCHES];
    private int next;
    private int persistent;
    private double lastHz;
    private double lastPower;
    private double firstPower;

    /** Makes a guard. */
    public HowlingGuard(int sampleRate) {
        if (sampleRate < 8000 || sampleRate > 48_000 || sampleRate % 100 != 0) {
            throw new IllegalArgumentException("sample rate " + sampleRate);
        }
        this.sampleRate = sampleRate;
        hop = sampleRate / 100;
        size = Integer.highestOneBit(3 * hop) * 2;
        fft = new Fft(size);
        past = new float[size];
        window = new double[size];
        for (int i = 0; i < size; i++) {
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / size);
        }
        real = new double[size];
        imaginary = new double[size];
        for (int i = 0; i < NOTCHES; i++) {
            notches[i] = new Notch();
        }
    }

    /** Returns how many frequencies are notched out now. */
    public int activeNotches() {
        int active = 0;
        for (Notch notch : notches) {
            active += notch.framesLeft > 0 ? 1 : 0;
        }
        return active;
    }

    /** Processes a frame in place. */
    public void process(short[] pcm, int offset) {
        checkFromIndexSize(offset, hop, pcm.length);
        System.arraycopy(past, hop, past, 0, size - hop);
        for (int i = 0; i < hop; i++) {
            past[size - hop + i] = pcm[offset + i];
        }
        detect();
        for (Notch notch : notches) {
            if (notch.framesLeft > 0) {
                notch.framesLeft--;
                for (int i = offset; i < offset + hop; i++) {
                    pcm[i] = Samples.saturate((float) notch.filter(pcm[i]));
                }
            }
        }
    }

    private void detect() {
        for (int i = 0; i < size; i++) {
            real[i] = past[i] * window[i];
            imaginary[i] = 0;
        }
        fft.forward(real, imaginary);
        int peak = 1;
        double total = 1e-9;
        for (int k = 1; k < size / 2; k++) {
            double power = power(k);
            total += power;
            peak = power > power(peak) ? k : peak;
        }
        double lobe = 0;
        double moment = 0;
        for (int k = Math.max(1, peak - 2); k <= Math.min(size / 2 - 1, peak + 2); k++) {
            lobe += power(k);
            moment += k * power(k);
        }
        double hz = moment / Math.max(lobe, 1e-9) * sampleRate / size;
        double mean = lobe / size / size * 5.3; // of the squared samples that the lobe stands for
        boolean lone = lobe > SHARE * total && mean > LOUD && hz > LOWEST_HZ;
        boolean same = Math.abs(hz - lastHz) < 0.15 * sampleRate / size && mean > 0.8 * lastPower;
        if (!lone || !same) {
            persistent = 0;
            firstPower = mean;
        }
        persistent += lone ? 1 : 0;
        lastHz = hz;
        lastPower = mean;
        if (persistent >= PERSISTENT_FRAMES && (mean > GROWTH * firstPower || mean > SATURATED)) {
            persistent = 0;
            notch(hz);
        }
    }

    private double power(int k) {
        return real[k] * real[k] + imaginary[k] * imaginary[k];
    }

    private void notch(double hz) {
        for (Notch notch : notches) {
            if (notch.framesLeft > 0 && Math.abs(notch.hz - hz) < 25) { // heard on through the notch's own edge
                notch.tune(sampleRate, (notch.hz + hz) / 2, 120, HOLD_FRAMES);
                return;
            }
        }
        notches[next].tune(sampleRate, hz, 60, HOLD_FRAMES);
        next = (next + 1) % NOTCHES;
    }
}
