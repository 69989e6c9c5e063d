package io.earshot.dsp.webrtc;

/** Mean and peak level of samples. */
final class HeardLevel {
    private static final double SILENCE = -120;

    private double energy;
    private long count;
    private int peak;

    void add(short[] pcm, int offset, int samples) {
        for (int i = offset; i < offset + samples; i++) {
            energy += (double) pcm[i] * pcm[i];
            peak = Math.max(peak, Math.abs((int) pcm[i]));
        }
        count += samples;
    }

    double averageDbfs() {
        return count == 0 ? SILENCE : decibels(Math.sqrt(energy / count));
    }

    double peakDbfs() {
        return decibels(peak);
    }

    void reset() {
        energy = 0;
        count = 0;
        peak = 0;
    }

    private static double decibels(double amplitude) {
        return amplitude <= 0 ? SILENCE : Math.max(SILENCE, 20 * Math.log10(amplitude / 32_768));
    }
}
