package io.earshot.codec.ilbc;

/** Replaces a block by the weighted mean of its neighbouring pitch cycles, within a limit for the change (RFC 3951 §4.6.4, §4.6.5). */
final class CycleMixer {
    /** How much energy the difference may have, relative to the block. */
    private static final float LIMIT = 0.05f;

    private final int length;
    private final int middle;
    private final float[] weights;
    private final float[] cycles;
    private final float[] around;

    CycleMixer(int length, int each) {
        this.length = length;
        middle = each * length;
        weights = new float[2 * each + 1];
        cycles = new float[weights.length * length];
        around = new float[length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i == each ? 0 : (float) (0.5 * (1 - Math.cos(2 * Math.PI * (i + 1) / (2 * each + 2))));
        }
    }

    /** Returns where to put the cycles, in order of time; the block itself is the one in the middle. */
    float[] cycles() {
        return cycles;
    }

    void mix(float[] out, int at) {
        for (int i = 0; i < length; i++) {
            float sum = 0;
            for (int k = 0; k < weights.length; k++) {
                sum += weights[k] * cycles[k * length + i];
            }
            around[i] = sum;
        }
        float own = Filters.dot(cycles, middle, cycles, middle, length);
        float other = Math.max(1, Filters.dot(around, 0, around, 0, length));
        float scale = (float) Math.sqrt(own / other);
        float change = 0;
        for (int i = 0; i < length; i++) {
            float difference = cycles[middle + i] - scale * around[i];
            change += difference * difference;
        }
        float fromAround = scale;
        float fromOwn = 0;
        if (change > LIMIT * own) {
            float least = Math.max(1, own);
            float cross = Filters.dot(around, 0, cycles, middle, length);
            float apart = (other * least - cross * cross) / (least * least);
            fromAround = apart > 0.0001f ? (float) Math.sqrt((LIMIT - LIMIT * LIMIT / 4) / apart) : 0;
            fromOwn = apart > 0.0001f ? 1 - LIMIT / 2 - fromAround * cross / least : 1;
        }
        for (int i = 0; i < length; i++) {
            out[at + i] = fromAround * around[i] + fromOwn * cycles[middle + i];
        }
    }
}
