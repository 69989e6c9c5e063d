package io.earshot.codec.speex;

/**
 * Combs the excitation, so that noise between the harmonics of a voice is heard less; half a frame at a time. Two delays can fit equally
 * well, so every sum is rounded as in the reference implementation; another order takes another delay once in a thousand frames.
 */
final class Enhancement {
    private static final int HALF = 2 * NarrowDecoder.SUBFRAME;
    /** Delays looked at around the pitch, and a filter for each fraction of a sample. */
    private static final int AROUND = 7;
    private static final float[][] FRACTIONS = {
        {-0.011915f, 0.046995f, -0.152373f, 0.614108f, 0.614108f, -0.152373f, 0.046995f},
        {-0.0324855f, 0.0859768f, -0.2042986f, 0.9640297f, 0.2086420f, -0.0302054f, -0.0063646f},
        {-0.0063646f, -0.0302054f, 0.2086420f, 0.9640297f, -0.2042986f, 0.0859768f, -0.0324855f}};
    /** Longer pitches are combed with the one before the last, shorter with the one to come. */
    private static final int LONG = 40;

    private final float[] one = new float[HALF];
    private final float[] other = new float[HALF];
    private final float[] whole = new float[AROUND];

    void comb(float[] excitation, int at, float[] out, int outAt, int pitch, float strength) {
        copy(excitation, at, pitch, one);
        copy(excitation, at, pitch > LONG ? 2 * pitch : -pitch, other);
        float level = magnitude(excitation, at, 1);
        float oneLevel = magnitude(one, 0, 1_000);
        float otherLevel = magnitude(other, 0, 1_000);
        float least = (float) (.4 * strength + .07);
        float slope = (float) (.5 + 1.72 * (least - .07));
        double share = pitch > LONG ? .7 : .6;
        double otherShare = pitch > LONG ? .3 : .6;
        float oneGain = (float) (share * (gain(least, slope, likeness(one, excitation, at, oneLevel, level)) * (level / oneLevel)));
        float otherGain =
            (float) (otherShare * (gain(least, slope, likeness(other, excitation, at, otherLevel, level)) * (level / otherLevel)));
        for (int i = 0; i < HALF; i++) {
            out[outAt + i] = excitation[at + i] + (oneGain * one[i] + otherGain * other[i]);
        }
        float now = Math.max(1, Filters.rms(out, outAt, HALF));
        float before = Math.min(now, Math.max(1, Filters.rms(excitation, at, HALF)));
        float scale = before / now;
        for (int i = 0; i < HALF; i++) {
            out[outAt + i] *= scale;
        }
    }

    private static float gain(float least, float slope, float likeness) {
        return least / Math.max(least, 1 - slope * likeness * likeness);
    }

    private static float magnitude(float[] x, int at, float floor) {
        return (float) Math.sqrt(floor + Filters.dot(x, at, x, at, HALF));
    }

    private static float likeness(float[] copy, float[] excitation, int at, float copyLevel, float level) {
        float product = Math.max(0, Filters.dot(copy, 0, excitation, at, HALF));
        return product > copyLevel * level ? 1 : product / level / copyLevel;
    }

    /** Copies from about that delay: from where it is most like what is there. */
    private void copy(float[] excitation, int at, int delay, float[] out) {
        for (int i = 0; i < AROUND; i++) {
            whole[i] = Filters.dot(excitation, at, excitation, at - delay - 3 + i, HALF);
        }
        int fraction = -1;
        int best = 0;
        float most = whole[0];
        for (int i = 1; i < AROUND; i++) {
            if (whole[i] > most) {
                most = whole[i];
                best = i;
            }
        }
        for (int f = 0; f < FRACTIONS.length; f++) {
            for (int i = 0; i < AROUND; i++) {
                float product = 0;
                for (int k = Math.max(0, 3 - i); k < Math.min(AROUND, 10 - i); k++) {
                    product += FRACTIONS[f][k] * whole[i + k - 3];
                }
                if (product > most) {
                    most = product;
                    fraction = f;
                    best = i;
                }
            }
        }
        int from = at - delay + best - 3;
        if (fraction < 0) {
            System.arraycopy(excitation, from, out, 0, HALF);
            return;
        }
        java.util.Arrays.fill(out, 0);
        for (int k = 0; k < AROUND; k++) {
            Filters.add(FRACTIONS[fraction][k], excitation, from + k - 3, out, 0, HALF);
        }
    }
}
