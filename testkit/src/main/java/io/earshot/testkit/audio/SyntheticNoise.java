package io.earshot.testkit.audio;

import java.util.Random;

/** Noise of several kinds at a level of one's choice; repeatable from its seed. Confined to one thread. */
public final class SyntheticNoise {
    private static final int TALKERS = 8;
    private static final int MEASURED_SECONDS = 10;

    /** What makes the noise. */
    public enum Kind {
        /** The same power at every frequency. */
        WHITE,
        /** Power that falls by 3 dB an octave. */
        PINK,
        /** A car's inside: power that falls by 6 dB an octave from 40 Hz on and by 12 from 140 Hz on, and a little air. */
        CAR,
        /** Eight talkers at once. */
        BABBLE
    }

    private final Kind kind;
    private final Random random;
    private final SyntheticSpeech[] talkers = new SyntheticSpeech[TALKERS];
    private final short[] said = new short[1];
    private final double[] state = new double[3];
    private final double factor;
    private final double rumble;
    private final double body;

    /**
     * Makes a source.
     *
     * @param sampleRate 8000 to 48000
     * @param rms root of the mean square of its samples over a long time
     */
    public SyntheticNoise(Kind kind, int sampleRate, double rms, long seed) {
        this.kind = kind;
        random = new Random(seed);
        rumble = Math.exp(-2 * Math.PI * 40 / sampleRate);
        body = Math.exp(-2 * Math.PI * 140 / sampleRate);
        for (int i = 0; i < TALKERS; i++) {
            talkers[i] = new SyntheticSpeech(sampleRate, 7919 * seed + i);
        }
        double power = 0;
        int measured = MEASURED_SECONDS * sampleRate;
        for (int i = 0; i < measured; i++) {
            double sample = sample();
            power += sample * sample / measured;
        }
        factor = rms / Math.sqrt(power);
    }

    /** Returns the next sample. */
    public double next() {
        return factor * sample();
    }

    private double sample() {
        return switch (kind) {
            case WHITE -> random.nextGaussian();
            case PINK -> pink(random.nextGaussian());
            case CAR -> car(random.nextGaussian());
            case BABBLE -> babble();
        };
    }

    /** Three poles and three zeros a decade apart: within half a decibel over three decades. */
    private double pink(double white) {
        state[0] = 0.99765 * state[0] + 0.0990460 * white;
        state[1] = 0.96300 * state[1] + 0.2965164 * white;
        state[2] = 0.57000 * state[2] + 1.0526913 * white;
        return state[0] + state[1] + state[2] + 0.1848 * white;
    }

    private double car(double white) {
        state[0] = rumble * state[0] + white;
        state[1] = body * state[1] + (1 - body) * state[0];
        return state[1] + 0.05 * white;
    }

    private double babble() {
        double sum = 0;
        for (SyntheticSpeech talker : talkers) {
            talker.read(said, 0, 1);
            sum += said[0];
        }
        return sum;
    }
}
