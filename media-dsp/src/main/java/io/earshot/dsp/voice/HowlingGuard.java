package io.earshot.dsp.voice;

import static java.util.Objects.checkFromIndexSize;

import io.earshot.dsp.kernel.Fft;
import io.earshot.dsp.kernel.Samples;

/**
 * Stops acoustic feedback: a lone frequency that holds most of the power and grows for a while, or is as loud as can be, is notched out
 * for some seconds; where feedback comes at ever more frequencies, all of them are lowered, and raised again slowly once it is quiet.
 * Frames of 10 ms, in place, no delay. Single-threaded; processing allocates nothing.
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
    /** So many notches at once tell of a loop that notches alone do not save. */
    private static final int MANY_NOTCHES = 3;
    private static final double STEP = Math.pow(10, -3 / 20.0);
    private static final double LEAST_GAIN = Math.pow(10, -18 / 20.0);
    private static final int QUIET_FRAMES = 1000;
    /** A quarter of a decibel a second. */
    private static final double RECOVERY = Math.pow(10, 0.25 / 20 / 100);

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
    private double gain = 1;
    private double wantedGain = 1;
    private int quietFrames;

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

    /** Returns by how many decibels everything is lowered, 0 when nothing is. */
    public double attenuationDb() {
        return -20 * Math.log10(wantedGain);
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
        lower(pcm, offset);
    }

    private void lower(short[] pcm, int offset) {
        quietFrames++;
        if (quietFrames > QUIET_FRAMES) {
            wantedGain = Math.min(1, wantedGain * RECOVERY);
        }
        if (gain == 1 && wantedGain == 1) {
            return;
        }
        double step = (wantedGain - gain) / hop; // over one frame, lest it clicks
        for (int i = offset; i < offset + hop; i++) {
            gain += step;
            pcm[i] = Samples.saturate((float) (gain * pcm[i]));
        }
        gain = wantedGain;
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
        quietFrames = 0;
        if (activeNotches() >= MANY_NOTCHES) {
            wantedGain = Math.max(LEAST_GAIN, wantedGain * STEP);
        }
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
