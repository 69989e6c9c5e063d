package io.earshot.audio.javasound;

/**
 * Changes the sample rate of one channel by a bank of windowed sinc filters, one for each phase between input samples. Plug-ins see the
 * API only, so the engine's own resampler is out of reach. Confined to one thread; allocates nothing per block.
 */
final class RateConverter {
    /** Zero crossings on each side; the delay is as many input samples. */
    private static final int WING = 12;

    private final int up;
    private final int down;
    private final int taps;
    private final float[] filters;
    private final float[] history;
    /** Position of the next output sample: {@code phase / up} input samples behind the newest history. */
    private int phase;

    /** Makes a converter between two rates. */
    RateConverter(int from, int to) {
        int divisor = gcd(from, to);
        up = to / divisor;
        down = from / divisor;
        double cutoff = Math.min(1, (double) to / from) * 0.94;
        int wing = (int) Math.ceil(WING / Math.min(1, (double) to / from));
        taps = 2 * wing;
        history = new float[taps];
        filters = new float[up * taps];
        for (int p = 0; p < up; p++) {
            double sum = 0;
            for (int t = 0; t < taps; t++) {
                double x = t - wing + 1 - (double) p / up;
                double w = Math.abs(x) >= wing ? 0 : 0.42 + 0.5 * Math.cos(Math.PI * x / wing) + 0.08 * Math.cos(2 * Math.PI * x / wing);
                double value = w * (x == 0 ? cutoff : Math.sin(Math.PI * cutoff * x) / (Math.PI * x));
                filters[p * taps + t] = (float) value;
                sum += value;
            }
            for (int t = 0; t < taps; t++) {
                filters[p * taps + t] /= (float) sum;
            }
        }
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** Returns the most samples that come out for so many. */
    int maxOutput(int samples) {
        return (int) ((long) samples * up / down) + 1;
    }

    /** Converts a block and returns how many samples came out. */
    int process(short[] in, int samples, short[] out) {
        int made = 0;
        for (int i = 0; i < samples; i++) {
            System.arraycopy(history, 1, history, 0, taps - 1);
            history[taps - 1] = in[i];
            while (phase < up) {
                int base = phase * taps;
                float sum = 0;
                for (int t = 0; t < taps; t++) {
                    sum += history[t] * filters[base + t];
                }
                out[made++] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum)));
                phase += down;
            }
            phase -= up;
        }
        return made;
    }
}
