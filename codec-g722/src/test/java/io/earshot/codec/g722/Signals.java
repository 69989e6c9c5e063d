package io.earshot.codec.g722;

/** Signals made of integers only, so that they are the same on every machine. */
final class Signals {
    private Signals() {
    }

    /** Something like speech: a buzz of wandering pitch through a wandering resonance, with pauses, breath and now and then an overload. */
    static short[] babble(int samples) {
        short[] pcm = new short[samples];
        int seed = 1;
        long y1 = 0;
        long y2 = 0;
        for (int i = 0; i < samples; i++) {
            seed = seed * 1_103_515_245 + 12_345;
            int syllable = i / 3_200;
            int pitch = 80 + syllable * 7 % 120;
            int breath = (seed >> 22) * (syllable % 3);
            int buzz = i % pitch == 0 ? 30_000 : 0;
            int level = syllable % 5 == 4 ? 0 : 1 + syllable % 7;
            long y = ((25_000 + syllable * 911 % 6_000) * y1 - 15_500 * y2) / 16_384 + (long) (buzz + breath) * level / 9;
            y = Math.max(-60_000, Math.min(60_000, y));
            y2 = y1;
            y1 = y;
            pcm[i] = (short) Math.max(-32_768, Math.min(32_767, y));
        }
        return pcm;
    }

    /** A steady vowel of 125 Hz with a resonance near 1 kHz, soft enough to overload nothing. */
    static short[] vowel(int samples) {
        short[] pcm = new short[samples];
        long y1 = 0;
        long y2 = 0;
        for (int i = 0; i < samples; i++) {
            long y = (29_500 * y1 - 15_500 * y2) / 16_384 + (i % 128 == 0 ? 4_000 : 0);
            y2 = y1;
            y1 = y;
            pcm[i] = (short) y;
        }
        return pcm;
    }

    /** The mean of the squares. */
    static double power(short[] pcm, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += pcm[i] * (double) pcm[i];
        }
        return sum / (to - from);
    }
}
