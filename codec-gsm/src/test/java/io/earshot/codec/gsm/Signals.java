package io.earshot.codec.gsm;

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
            int syllable = i / 1_600;
            int pitch = 40 + syllable * 7 % 60;
            int breath = (seed >> 22) * (syllable % 3);
            int buzz = i % pitch == 0 ? 30_000 : 0;
            int level = syllable % 5 == 4 ? 0 : 1 + syllable % 7;
            long y = ((20_000 + syllable * 911 % 9_000) * y1 - 15_200 * y2) / 16_384 + (long) (buzz + breath) * level / 5;
            y = Math.max(-60_000, Math.min(60_000, y));
            y2 = y1;
            y1 = y;
            pcm[i] = (short) Math.max(-32_768, Math.min(32_767, y));
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
