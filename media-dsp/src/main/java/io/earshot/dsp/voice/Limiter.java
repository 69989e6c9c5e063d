package io.earshot.dsp.voice;

import static java.util.Objects.checkFromIndexSize;

import io.earshot.dsp.Decibels;

/**
 * Applies a gain and never lets a sample exceed a ceiling: it sees a millisecond ahead, so that it is down before the peak, and recovers
 * over some 100 ms. A millisecond late. Frames are multiples of a millisecond. Single-threaded; processing allocates nothing.
 */
final class Limiter {
    private static final double RELEASE = 0.02;

    private final int block;
    private final double ceiling;
    private final double[] waiting;
    private double waitingNeed = 1;
    private double gain = 1;

    Limiter(int sampleRate, double ceilingDbfs) {
        block = sampleRate / 1000;
        ceiling = 32767 * Decibels.toLinear(ceilingDbfs);
        waiting = new double[block];
    }

    /** Processes in place; {@code factor} slides from that of the call before. */
    void process(short[] pcm, int offset, int samples, double from, double to) {
        checkFromIndexSize(offset, samples, pcm.length);
        for (int start = 0; start < samples; start += block) {
            double first = from + (to - from) * start / samples;
            double slope = (to - from) / samples;
            double peak = 0;
            for (int i = 0; i < block; i++) {
                peak = Math.max(peak, Math.abs(pcm[offset + start + i] * (first + slope * i)));
            }
            double need = peak > ceiling ? ceiling / peak : 1;
            double released = gain + (1 - gain) * RELEASE;
            double next = Math.min(released, Math.min(need, waitingNeed));
            for (int i = 0; i < block; i++) {
                double current = gain + (next - gain) * (i + 1) / block;
                double out = waiting[i] * current;
                waiting[i] = pcm[offset + start + i] * (first + slope * i);
                pcm[offset + start + i] = (short) Math.rint(Math.max(-ceiling, Math.min(ceiling, out)));
            }
            gain = next;
            waitingNeed = need;
        }
    }
}
