package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.lAdd;
import static io.earshot.codec.g729.FixedMath.lMac;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.round;
import static io.earshot.codec.g729.FixedMath.scale;

/** Second-order high-pass filter with double precision memory, G.729 §3.1 and §4.2.5. */
final class HighPassFilter {
    private final int[] zeros;
    private final int[] poles;
    private final int shift;
    private final int gain;
    /** Whether no sum of words times these coefficients can leave an accumulator. */
    private final boolean plain;
    private int y1;
    private int y2;
    private int x1;
    private int x2;

    private HighPassFilter(int[] zeros, int[] poles, int shift, int gain) {
        this.zeros = zeros;
        this.poles = poles;
        this.shift = shift;
        this.gain = gain;
        int largest = Math.abs(poles[1]) + Math.abs(poles[2]);
        for (int zero : zeros) {
            largest += Math.abs(zero);
        }
        plain = largest < 0x8000;
    }

    /** Returns the encoder's filter at 140 Hz, which also halves. */
    static HighPassFilter before() {
        return new HighPassFilter(FilterTables.PRE_ZEROS, FilterTables.PRE_POLES, 3, 0);
    }

    /** Returns the decoder's filter at 100 Hz, which also doubles. */
    static HighPassFilter after() {
        return new HighPassFilter(FilterTables.POST_ZEROS, FilterTables.POST_POLES, 2, 1);
    }

    void reset() {
        y1 = 0;
        y2 = 0;
        x1 = 0;
        x2 = 0;
    }

    /** Filters one sample. */
    int filter(int x) {
        int sum = lShl(plain ? plainSum(x) : checkedSum(x), shift);
        x2 = x1;
        x1 = x;
        y2 = y1;
        y1 = sum;
        return round(lShl(sum, gain));
    }

    private int plainSum(int x) {
        return scale(y1, poles[1]) + scale(y2, poles[2]) + (x * zeros[0] + x1 * zeros[1] + x2 * zeros[2] << 1);
    }

    private int checkedSum(int x) {
        int sum = lAdd(scale(y1, poles[1]), scale(y2, poles[2]));
        sum = lMac(sum, x, zeros[0]);
        sum = lMac(sum, x1, zeros[1]);
        return lMac(sum, x2, zeros[2]);
    }
}
