package io.earshot.testkit.audio;

import io.earshot.api.codec.spi.CodecDescriptor;
import java.util.SplittableRandom;

/** Input for the tests of speech codecs, and measures of what comes back. */
public final class CodecSignals {
    private CodecSignals() {
    }

    /**
     * Returns pulses at a wandering pitch through two resonances, in bursts, with a little noise: hard enough for a speech codec.
     *
     * @param codec gives the rate and the channels, which are all the same
     * @param millis how much
     * @return the samples, always the same
     */
    public static short[] speechLike(CodecDescriptor codec, int millis) {
        SplittableRandom random = new SplittableRandom(42);
        int perMilli = codec.sampleRate() / 1000;
        short[] pcm = new short[codec.samplesIn(millis)];
        double[] low = new double[2];
        double[] high = new double[2];
        double phase = 0;
        for (int i = 0; i < millis * perMilli; i++) {
            double seconds = i / (double) codec.sampleRate();
            phase += (110 + 30 * Math.sin(2 * Math.PI * 0.7 * seconds)) / codec.sampleRate();
            double loud = Math.max(0.02, Math.sin(2 * Math.PI * 1.7 * seconds));
            double excitation = (random.nextDouble() - 0.5) * 0.1;
            if (phase >= 1) {
                phase -= 1;
                excitation += 1;
            }
            double sound = resonate(low, excitation, 600, 120, codec) + 0.6 * resonate(high, excitation, 1_900, 200, codec);
            short sample = (short) Math.max(-32_000, Math.min(32_000, 60_000 * loud * sound * 8_000 / codec.sampleRate()));
            for (int channel = 0; channel < codec.channels(); channel++) {
                pcm[i * codec.channels() + channel] = sample;
            }
        }
        return pcm;
    }

    private static double resonate(double[] memory, double in, double hertz, double width, CodecDescriptor codec) {
        double radius = Math.exp(-Math.PI * width / codec.sampleRate());
        double out = in + 2 * radius * Math.cos(2 * Math.PI * hertz / codec.sampleRate()) * memory[0] - radius * radius * memory[1];
        memory[1] = memory[0];
        memory[0] = out;
        return out;
    }

    /**
     * Returns the signal to noise ratio in decibels of the same stretch of two signals.
     *
     * @param reference what should be
     * @param other what is
     * @param from the first sample
     * @param to the sample behind the last
     * @return decibels
     */
    public static double ratio(short[] reference, short[] other, int from, int to) {
        double signal = 1e-9;
        double noise = 1e-9;
        for (int i = from; i < to; i++) {
            double difference = reference[i] - other[i];
            signal += (double) reference[i] * reference[i];
            noise += difference * difference;
        }
        return 10 * Math.log10(signal / noise);
    }

    /**
     * Returns the mean of the squares of a stretch.
     *
     * @param pcm the signal
     * @param from the first sample
     * @param to the sample behind the last
     * @return the power of a sample
     */
    public static double energy(short[] pcm, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) pcm[i] * pcm[i];
        }
        return sum / (to - from);
    }
}
