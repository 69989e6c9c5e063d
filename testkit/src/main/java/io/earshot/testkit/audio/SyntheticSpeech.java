package io.earshot.testkit.audio;

import java.util.Random;

/**
 * Something that looks like speech to signal processing: voices of several pitches that glide through vowels, fricatives, plosives and
 * pauses, at the rate of syllables and breath of a talker. A source and filter synthesiser with four formants; repeatable from its seed.
 * Not for ears to understand. It knows where it speaks, so that detectors of voice can be scored. Confined to one thread.
 */
public final class SyntheticSpeech {
    /** Formants in Hz of an adult talker's vowels. */
    private static final double[][] VOWELS = {
        {730, 1090, 2440, 3400}, {270, 2290, 3010, 3500}, {300, 870, 2240, 3300}, {530, 1840, 2480, 3400}, {570, 840, 2410, 3300},
        {440, 1020, 2240, 3300}, {490, 1350, 1690, 3200}, {640, 1190, 2390, 3400}, {660, 1720, 2410, 3450}, {390, 1990, 2550, 3500},
        {250, 1300, 2200, 3200}, {280, 1100, 2600, 3300}};
    private static final double[] WIDTHS = {70, 90, 130, 180};
    private static final double[] WEIGHTS = {1, 0.63, 0.35, 0.18};

    private enum Sound { VOWEL, FRICATIVE, CLOSURE, PAUSE }

    private final int sampleRate;
    private final Random random;
    private final Resonator[] tract = new Resonator[4];
    private final Resonator friction = new Resonator();
    private final double[] formants = VOWELS[0].clone();
    private double[] target = VOWELS[0];
    private Sound sound = Sound.PAUSE;
    private int left;
    private int length = 1;
    private int syllables;
    private double pitch = 120;
    private double pitchTarget = 120;
    private double phase;
    private double loudness = 1;
    private double envelope;
    private double scale = 1;
    private double glottis;
    private double carry;

    /**
     * Makes a talker.
     *
     * @param sampleRate 8000 to 48000
     */
    public SyntheticSpeech(int sampleRate, long seed) {
        this.sampleRate = sampleRate;
        random = new Random(seed);
        for (int i = 0; i < tract.length; i++) {
            tract[i] = new Resonator();
        }
        left = sampleRate / 10;
    }

    /** Writes so many samples, louder at higher rates: while speaking at about -29 dBFS at 8 kHz, -23 at 16 kHz, -13 at 48 kHz. */
    public void read(short[] pcm, int offset, int samples) {
        read(pcm, new boolean[0], offset, samples);
    }

    /**
     * Writes so many samples, and where it speaks.
     *
     * @param speaking the truth, sample by sample: false only in pauses between phrases; may be empty
     */
    public void read(short[] pcm, boolean[] speaking, int offset, int samples) {
        for (int i = offset; i < offset + samples; i++) {
            if (left == 0) {
                turn();
            }
            pcm[i] = (short) Math.max(-32768, Math.min(32767, Math.round(sample())));
            if (speaking.length > 0) {
                speaking[i] = sound != Sound.PAUSE;
            }
            left--;
        }
    }

    private void turn() {
        if (sound == Sound.PAUSE) {
            syllables = 3 + random.nextInt(12);
            loudness = Math.pow(10, (random.nextDouble() * 6 - 3) / 20);
            if (random.nextInt(3) == 0) { // another voice takes over
                pitch = 85 + random.nextDouble() * 165;
                scale = 0.92 + 0.25 * (pitch - 85) / 165;
            }
            pitchTarget = pitch * (1 + 0.2 * random.nextDouble());
        }
        if (sound != Sound.VOWEL && syllables == 0) {
            start(Sound.PAUSE, 250 + random.nextInt(1200));
            return;
        }
        int choice = random.nextInt(10);
        if (sound != Sound.VOWEL && choice < 3) {
            friction.tune(2200 + random.nextInt(1600), 900, sampleRate);
            start(Sound.FRICATIVE, 50 + random.nextInt(90));
        } else if (sound == Sound.VOWEL && choice < 4) {
            start(Sound.CLOSURE, 30 + random.nextInt(60));
        } else {
            target = VOWELS[random.nextInt(VOWELS.length)];
            pitchTarget = Math.max(75, Math.min(320, pitchTarget * (0.88 + 0.2 * random.nextDouble())));
            start(Sound.VOWEL, 60 + random.nextInt(190));
            syllables = Math.max(0, syllables - 1);
            if (syllables == 0) {
                sound = Sound.VOWEL;
            }
        }
        if (syllables == 0 && sound != Sound.VOWEL) {
            start(Sound.PAUSE, 250 + random.nextInt(1200));
        }
    }

    private void start(Sound next, int millis) {
        sound = next;
        length = millis * sampleRate / 1000;
        left = length;
    }

    private double sample() {
        double wanted = switch (sound) {
            case VOWEL -> 1;
            case FRICATIVE -> 0.25;
            case CLOSURE -> 0.03;
            default -> 0;
        };
        envelope += (wanted - envelope) * 120 / sampleRate;
        pitch += (pitchTarget - pitch) * 8 / sampleRate;
        if (left % 32 == 0) {
            for (int i = 0; i < tract.length; i++) {
                formants[i] += (target[i] - formants[i]) * 32 * 25 / sampleRate;
                tract[i].tune(Math.min(formants[i] * scale, sampleRate * 0.47), WIDTHS[i], sampleRate);
            }
        }
        double noise = random.nextGaussian();
        if (sound == Sound.FRICATIVE) {
            return envelope * loudness * 9000 * friction.filter(noise * 0.25);
        }
        if (envelope < 1e-4) {
            return 0;
        }
        double source = pulse() + 0.02 * noise;
        double sum = 0;
        for (int i = 0; i < tract.length; i++) {
            sum += (i % 2 == 0 ? 1 : -1) * WEIGHTS[i] * tract[i].filter(source);
        }
        return envelope * loudness * 9000 * sum;
    }

    /** The flow through the vocal folds, differentiated: opens softly, closes hard, with a little jitter. */
    private double pulse() {
        phase += pitch / sampleRate + carry;
        carry = 0;
        if (phase >= 1) {
            phase -= 1;
            carry = (random.nextDouble() - 0.5) * 0.01;
        }
        double closing = phase < 0.56 ? Math.cos(Math.PI / 2 * (phase - 0.4) / 0.16) : 0;
        double flow = phase < 0.4 ? 0.5 - 0.5 * Math.cos(Math.PI * phase / 0.4) : closing;
        double slope = (flow - glottis) * sampleRate / 8000;
        glottis = flow;
        return slope;
    }

    /** Two poles. */
    private static final class Resonator {
        private double a;
        private double b;
        private double gain;
        private double y1;
        private double y2;

        void tune(double hz, double width, int sampleRate) {
            double radius = Math.exp(-Math.PI * width / sampleRate);
            a = 2 * radius * Math.cos(2 * Math.PI * hz / sampleRate);
            b = -radius * radius;
            gain = (1 - radius) * 4;
        }

        double filter(double x) {
            double y = gain * x + a * y1 + b * y2;
            y2 = y1;
            y1 = y;
            return y;
        }
    }
}
